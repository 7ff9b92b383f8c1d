import type { GatewayHost } from '../../model/gateway-host';
import { shownPath } from '../files';
import type { Session } from '../run/session';
import type { RenderedHost } from './render';

/** Shows where a gateway's files are, whose tunnels are in them, and what to do with them. */
export function showHost(session: Session, { host, folder, missing }: RenderedHost): void {
  const { report } = session;
  const { daemon, version } = host.site.gateway;
  const tunnels = host.connections.reduce(
    (sum, { description }) => sum + Object.keys(description.tunnels).length,
    0,
  );
  report.say(`\ngateway   ${shownPath(folder)}/`);
  report.say(
    `          ${tunnels} tunnels for ${daemon} ${version} on the host ${host.site.controller.address}: ${connectionNames(host)}`,
  );
  report.say(
    session.simulated
      ? '          INSTALL.md   what you would type on that host, and what you would see then'
      : '          INSTALL.md   what to type on that host, and what must be seen then',
  );
  if (missing.length > 0) report.say(`          not applied yet, so not in it: ${missing.join(', ')}`);
}

function connectionNames({ connections }: GatewayHost): string {
  return connections.map(({ environment, network }) => `${environment}/${network}`).join(', ');
}
