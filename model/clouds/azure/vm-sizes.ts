import type { Architecture } from '../../nodes/architecture';

/** The form of a virtual machine size's name, `Standard_D4ps_v5` (learn.microsoft.com, "Azure virtual machine sizes naming conventions"). */
export const VM_SIZE_PATTERN = '^(Standard|Basic)_[A-Z]+[0-9]+(-[0-9]+)?[a-z]*(_[A-Za-z0-9]+)*$';

/** Letters of the family, number of processors, and letters for what the size has besides. */
const SIZE = /^[A-Za-z]+_([A-Z]+)[0-9]+(?:-[0-9]+)?([a-z]*)(_.*)?$/;

/** The architecture of a size: a `p` after the number of processors is an Arm one, and so is Grace (`_GB200`). */
export function sizeArchitecture(size: string): Architecture {
  const [, , letters = '', rest = ''] = SIZE.exec(size) ?? [];
  return letters.includes('p') || /_GB[0-9]+(_|$)/.test(rest) ? 'arm64' : 'x86_64';
}

/** Whether machines of the size have a GPU: the N-series, but for NP, which has programmable logic. */
export function hasGpu(size: string): boolean {
  const family = SIZE.exec(size)?.[1] ?? '';
  return family.startsWith('N') && !family.startsWith('NP');
}
