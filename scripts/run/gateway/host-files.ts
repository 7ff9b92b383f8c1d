import { shownPath } from '../../../base/files';
import type { HostFile } from '../../../gateway/host/host-file';
import type { GatewayHost } from '../../../model/gateway/host';
import { gatewayFolder } from '../../session/folders';
import type { Session } from '../../session/session';

/**
 * The files of a gateway host; in the sandbox each says that it is simulated.
 *
 * @throws Failure naming everything that one of the ends can't do, or that clashes between environments
 */
export function hostFiles({ simulated }: Session, host: GatewayHost): readonly HostFile[] {
  const { renderedFiles } =
    require('../../../gateway/folder/rendered-files') as typeof import('../../../gateway/folder/rendered-files');
  return renderedFiles(host, simulated);
}

/** Writes the files of a gateway host into its folder, with an event that lists them. @returns the folder */
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

/** The folder of a gateway host's files. */
export function folderOf(session: Session, host: GatewayHost): string {
  return gatewayFolder(host.site.publicIp, session.simulated, session.folders.root);
}
