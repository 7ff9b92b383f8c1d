import type { Loaded } from '../../../../catalog/load';
import { connectionName } from '../../../../gateway/host/gateway-tunnel';
import { type DaemonTunnel, daemonView } from '../../../../gateway/status/daemon-view';
import { parseInsideCidr } from '../../../../model/clouds/aws/inside-cidr';
import type { Session } from '../../../session/session';
import type { TunnelStatus } from './summary';

/** What the gateway's daemon says, where this is the gateway host. */
export interface GatewayView {
  /** Whether this is the gateway host, and its daemon answers. */
  readonly onGateway: boolean;
  /** Why there is nothing from the daemon, or not all. */
  readonly because?: string;
  /** By network and inside CIDR: `aws/default/169.254.100.0/30`. */
  readonly tunnels: ReadonlyMap<string, DaemonTunnel>;
}

/** Asks the daemon of this very machine about the tunnels. In the sandbox there is none to ask. */
export async function gatewayView(
  session: Session,
  loaded: Loaded,
  tunnels: readonly TunnelStatus[],
): Promise<GatewayView> {
  const { site, networks } = loaded.catalog;
  if (session.simulated)
    return { onGateway: false, because: 'the tunnels are simulated', tunnels: new Map() };
  if (site === undefined) return { onGateway: false, because: 'the catalog has no site', tunnels: new Map() };
  const asked = tunnels.flatMap(({ network, cloud }) => {
    const allocation = loaded.allocations.get(network);
    const index = allocation?.insideCidrs.findIndex((cidr) => cidr.toString() === cloud.insideCidr) ?? -1;
    const number = allocation?.interfaces[index as 0 | 1];
    if (number === undefined) return [];
    return [
      {
        id: `${network}/${cloud.insideCidr}`,
        connection: connectionName(session.environment, network, number),
        cloudInsideAddress: parseInsideCidr(cloud.insideCidr).address(1),
        outsideAddress: cloud.outsideAddress,
        routing: networks.find(({ key }) => key === network)?.vpn?.routing ?? ('static' as const),
      },
    ];
  });
  const { daemon, version } = site.gateway;
  const view = await daemonView(
    { daemon, version, controllerAddress: site.controller.address },
    asked,
    session.processes,
  );
  return {
    ...(view.because === undefined ? {} : { because: view.because }),
    onGateway: view.onGateway,
    tunnels: new Map(
      asked.flatMap(({ id, connection }) => {
        const found = view.tunnels.find((tunnel) => tunnel.connection === connection);
        return found === undefined ? [] : [[id, found] as const];
      }),
    ),
  };
}
