import { Failure } from '../../base/errors';
import type { GatewayHost } from '../../model/gateway/host';
import type { Address } from '../../model/net/address';
import { ValueError } from '../../model/value-error';
import { GatewayError } from '../host/host-check';
import type { HostFile, PlannedFile } from '../host/host-file';
import { renderGateway, renderPlannedGateway } from '../render/host-files';

/** The first line of every file that comes out of the sandbox. */
const SIMULATED = 'simulated by the kakehashi sandbox: nothing in here exists';

/**
 * The files of a gateway host. Those of the sandbox are marked as simulated.
 *
 * @throws {@link Failure} naming everything that one of the ends can't do, or that clashes between environments
 */
export function renderedFiles(host: GatewayHost, isSimulated: boolean): readonly HostFile[] {
  try {
    const files = renderGateway(host);
    return isSimulated ? files.map(marked) : files;
  } catch (error) {
    throw refused(host, error);
  }
}

/**
 * The same as a plan will leave them, to be shown and not to be written.
 *
 * @throws {@link Failure}
 */
export function plannedFiles(host: GatewayHost<Address>, isSimulated: boolean): readonly PlannedFile[] {
  try {
    const files = renderPlannedGateway(host);
    return isSimulated ? files.map(marked) : files;
  } catch (error) {
    throw refused(host, error);
  }
}

function refused({ site }: GatewayHost<Address>, error: unknown): unknown {
  if (!(error instanceof GatewayError || error instanceof ValueError)) return error;
  return new Failure(`gateway ${site.publicIp}: not rendered\n${error.message}`);
}

/** The mark comes after a program's `#!` line, which works as the first line only. */
function marked<F extends Pick<HostFile, 'path' | 'text'>>(file: F): F {
  const [first = '', ...rest] = file.text.split('\n');
  const line = file.path.endsWith('.md') ? `*${SIMULATED}*` : `# ${SIMULATED}`;
  const lines = first.startsWith('#!')
    ? [first, line, ...rest]
    : [line, ...(line.startsWith('*') ? [''] : []), first, ...rest];
  return { ...file, text: lines.join('\n') };
}
