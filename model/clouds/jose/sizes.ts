import { nearest } from '../../../base/text/nearest';
import { ValueError } from '../../value-error';

/** A size of virtual machine that JOSE gives (JOSE's guide for users, "Resources"). */
export interface JoseSize {
  /** A storage VM has a large disk and can be reached from the Internet; a compute VM has neither. */
  readonly kind: 'storage-vm' | 'compute-vm';
  readonly cores: number;
  /** Hardware threads. Absent where the guide gives none. */
  readonly threads?: number;
  readonly memoryGb: number;
}

/** The sizes by flavor name. */
export const JOSE_SIZES: Readonly<Record<string, JoseSize>> = {
  'jose-storage-default': { kind: 'storage-vm', cores: 1, memoryGb: 8 },
  'jose-storage-2x4': { kind: 'storage-vm', cores: 2, threads: 4, memoryGb: 16 },
  'jose-compute-1x1': { kind: 'compute-vm', cores: 1, threads: 1, memoryGb: 4 },
  'jose-compute-1x2': { kind: 'compute-vm', cores: 1, threads: 2, memoryGb: 8 },
  'jose-compute-2x4': { kind: 'compute-vm', cores: 2, threads: 4, memoryGb: 16 },
  'jose-compute-4x8': { kind: 'compute-vm', cores: 4, threads: 8, memoryGb: 32 },
  'jose-compute-7x14': { kind: 'compute-vm', cores: 7, threads: 14, memoryGb: 56 },
};

/** What an applicant gets who names no size. */
export const JOSE_DEFAULTS: Readonly<Record<JoseSize['kind'], string>> = {
  'storage-vm': 'jose-storage-default',
  'compute-vm': 'jose-compute-2x4',
};

/** The size of a flavor, of the kind of machine that it is for. @throws {@link ValueError} */
export function joseSizeNamed(kind: JoseSize['kind'], name: string): JoseSize {
  const size = Object.hasOwn(JOSE_SIZES, name) ? JOSE_SIZES[name] : undefined;
  if (size?.kind === kind) return size;
  const names = Object.keys(JOSE_SIZES).filter((other) => JOSE_SIZES[other]?.kind === kind);
  throw new ValueError(`one of ${names.join(', ')}`, name, { suggestion: nearest(name, names) });
}
