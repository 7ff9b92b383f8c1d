import type { GatewayView } from '../../../gateway/status/gateway-view';
import { statusLines } from '../../../gateway/status/status-lines';
import type { TunnelStatus } from '../../../gateway/status/tunnel-telemetry';
import type { Event } from '../../report/events';
import type { Session } from '../../session/session';

/** Shows the tunnels as both ends report them, and writes an event for each. */
export function showStatus(session: Session, tunnels: readonly TunnelStatus[], view: GatewayView): void {
  const { report, environment } = session;
  for (const status of tunnels) report.event(statusEvent(environment, status, view));
  for (const line of statusLines(environment, tunnels, view)) report.say(line);
}

function statusEvent(environment: string, { network, cloud }: TunnelStatus, view: GatewayView): Event {
  const daemon = view.tunnels.get(`${network}/${cloud.insideCidr}`);
  return {
    type: 'tunnel_status',
    environment,
    network,
    tunnel: cloud.insideCidr,
    outside_address: cloud.outsideAddress,
    cloud: {
      status: cloud.status,
      message: cloud.message,
      ...(cloud.since === undefined ? {} : { since: cloud.since }),
      accepted_routes: cloud.acceptedRoutes,
    },
    ...(daemon === undefined
      ? {}
      : {
          gateway: {
            ike: daemon.ike,
            children: daemon.children,
            ...(daemon.bgp === undefined ? {} : { bgp: daemon.bgp.state }),
          },
        }),
  };
}
