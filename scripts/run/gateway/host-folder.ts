import { Failure } from '../../../base/errors';
import { shownPath } from '../../../base/files';
import type { HostFile } from '../../../gateway/host/host-file';
import type { GatewayHost } from '../../../model/gateway/host';
import { gatewayFolder } from '../../session/folders';
import type { Session } from '../../session/session';

/** Stands in the first line of everything that comes out of the sandbox. */
const SIMULATED = 'simulated by the kakehashi sandbox: nothing in here exists';

/**
 * The files of a gateway host; in the sandbox each says in its first line that it is simulated.
 *
 * @throws {@link Failure} naming everything that one of the ends can't do, or that clashes between environments
 */
export function hostFiles(session: Session, host: GatewayHost): readonly HostFile[] {
  const { renderGateway } =
    require('../../../gateway/render/host-files') as typeof import('../../../gateway/render/host-files');
  const { GatewayError } =
    require('../../../gateway/host/host-check') as typeof import('../../../gateway/host/host-check');
  const { ValueError } = require('../../../model/value-error') as typeof import('../../../model/value-error');
  try {
    const files = renderGateway(host);
    return session.simulated ? files.map(marked) : files;
  } catch (error) {
    if (error instanceof GatewayError || error instanceof ValueError)
      throw new Failure(`gateway ${host.site.publicIp}: not rendered\n${error.message}`);
    throw error;
  }
}

/** Writes the files of a gateway host into its folder, and tells of it. @returns the folder */
export function writeHost(session: Session, host: GatewayHost): string {
  const { writeFolder } =
    require('../../../gateway/folder/write') as typeof import('../../../gateway/folder/write');
  const folder = folderOf(session, host);
  const files = hostFiles(session, host);
  writeFolder(folder, files);
  session.report.event({
    type: 'gateway_written',
    folder: shownPath(folder),
    connections: host.connections.map(({ environment, network }) => `${environment}/${network}`),
    files: files.map(({ path }) => path),
  });
  return folder;
}

/** Where a gateway host's files lie. */
export function folderOf(session: Session, host: GatewayHost): string {
  return gatewayFolder(host.site.publicIp, session.simulated, session.folders.root);
}

/** A program's `#!` line stays the first, or it would be none. */
function marked(file: HostFile): HostFile {
  const [first = '', ...rest] = file.text.split('\n');
  const line = file.path.endsWith('.md') ? `*${SIMULATED}*` : `# ${SIMULATED}`;
  const lines = first.startsWith('#!')
    ? [first, line, ...rest]
    : [line, ...(line.startsWith('*') ? [''] : []), first, ...rest];
  return { ...file, text: lines.join('\n') };
}
