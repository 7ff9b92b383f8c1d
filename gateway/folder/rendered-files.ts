import { Failure } from '../../base/errors';
import type { GatewayHost } from '../../model/gateway/host';
import { ValueError } from '../../model/value-error';
import { GatewayError } from '../host/host-check';
import type { HostFile } from '../host/host-file';
import { renderGateway } from '../render/host-files';

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
    if (error instanceof GatewayError || error instanceof ValueError)
      throw new Failure(`gateway ${host.site.publicIp}: not rendered\n${error.message}`);
    throw error;
  }
}

/** The mark comes after a program's `#!` line, which works as the first line only. */
function marked(file: HostFile): HostFile {
  const [first = '', ...rest] = file.text.split('\n');
  const line = file.path.endsWith('.md') ? `*${SIMULATED}*` : `# ${SIMULATED}`;
  const lines = first.startsWith('#!')
    ? [first, line, ...rest]
    : [line, ...(line.startsWith('*') ? [''] : []), first, ...rest];
  return { ...file, text: lines.join('\n') };
}
