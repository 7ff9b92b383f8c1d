import type { Processes } from '../../base/process';
import type { GatewayDaemon } from '../../model/gateway/host';
import { connectionName } from '../host/gateway-tunnel';
import { type DaemonTunnel, daemonView } from './daemon-view';
import type { TunnelStatus } from './tunnel-telemetry';

/** The tunnels as the daemon of the gateway host sees them. */
export interface GatewayView {
  /** Whether this machine is the gateway host and its daemon answers. */
  readonly onGateway: boolean;
  /** Why there is nothing from the daemon, or not everything. */
  readonly because?: string;
  /** By network and inside CIDR: `aws/default/169.254.100.0/30`. */
  readonly tunnels: ReadonlyMap<string, DaemonTunnel>;
}

/** A gateway and those of its tunnels that one environment has. */
export interface ViewedGateway {
  readonly environment: string;
  readonly daemon: GatewayDaemon;
  readonly version: number;
  readonly controllerAddress: string;
  /** The environment's networks, by key: `aws/default`. */
  readonly networks: ReadonlyMap<string, ViewedNetwork>;
}

export interface ViewedNetwork {
  /** The key that it had when it was made: its connections are named by it. */
  readonly identity: string;
  readonly routing: 'static' | 'bgp';
  /** The interface numbers of its tunnels, by inside CIDR. */
  readonly interfaces: Readonly<Record<string, number>>;
}

/** The view from a machine that has no gateway to ask. */
export function noGatewayView(because: string): GatewayView {
  return { onGateway: false, because, tunnels: new Map() };
}

/** Asks the daemon of this very machine about the tunnels, if it is the gateway host. Changes nothing. */
export async function gatewayView(
  { environment, daemon, version, controllerAddress, networks }: ViewedGateway,
  tunnels: readonly TunnelStatus[],
  processes: Processes,
): Promise<GatewayView> {
  const asked = tunnels.flatMap(({ network, cloud }) => {
    const found = networks.get(network);
    const number = found?.interfaces[cloud.insideCidr];
    if (found === undefined || number === undefined) return [];
    return [
      {
        id: `${network}/${cloud.insideCidr}`,
        connection: connectionName(environment, found.identity, number),
        cloudInsideAddress: cloud.cloudInsideAddress,
        outsideAddress: cloud.outsideAddress,
        routing: found.routing,
      },
    ];
  });
  const view = await daemonView({ daemon, version, controllerAddress }, asked, processes);
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
