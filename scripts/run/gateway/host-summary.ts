import { shownPath } from '../../../base/files';
import { beside } from '../../../base/screen';
import type { GatewayHost } from '../../../model/gateway/host';
import type { Session } from '../../session/session';
import type { RenderedHost } from './render';

const INDENT = '          ';

/** Shows where a gateway's files are, whose tunnels are in them, and what to do with them. */
export function showHost(session: Session, { host, folder, missing }: RenderedHost): void {
  const { report, simulated } = session;
  const { daemon, version } = host.site.gateway;
  const tunnels = host.connections.reduce(
    (sum, { description }) => sum + Object.keys(description.tunnels).length,
    0,
  );
  const sentences = [
    `${tunnels} tunnels for ${daemon} ${version} on the host ${host.site.controller.address}: ${connectionNames(host)}`,
    ...(missing.length > 0 ? [`not applied yet, so not in it: ${missing.join(', ')}`] : []),
    simulated
      ? 'INSTALL.md says what you would type on that host, and what you would see then'
      : 'INSTALL.md says what to type on that host, and what must be seen then',
  ];
  report.say(`\ngateway   ${shownPath(folder)}/`);
  report.say(beside(INDENT, sentences, report.screen.width));
}

function connectionNames({ connections }: GatewayHost): string {
  return connections.map(({ environment, network }) => `${environment}/${network}`).join(', ');
}
