import type { Loaded } from '../../../catalog/environment/catalog';
import { interfaceNumbers } from '../../../gateway/host/interface-numbers';
import {
  type GatewayView,
  gatewayView,
  noGatewayView,
  type ViewedNetwork,
} from '../../../gateway/status/gateway-view';
import type { TunnelStatus } from '../../../gateway/status/tunnel-telemetry';
import { tunnelsOf } from '../../kinds/registry';
import type { Session } from '../../session/session';

/** The tunnels as the gateway's daemon sees them. The sandbox has no daemon to ask. */
export async function viewFromGateway(
  session: Session,
  loaded: Loaded,
  tunnels: readonly TunnelStatus[],
): Promise<GatewayView> {
  const { site } = loaded.catalog;
  if (session.simulated) return noGatewayView('the tunnels are simulated');
  if (site === undefined) return noGatewayView('the catalog has no site');
  const { daemon, version } = site.gateways[0];
  return gatewayView(
    {
      environment: session.environment,
      daemon,
      version,
      controllerAddress: site.controller.address,
      networks: networksOf(loaded, tunnels),
    },
    tunnels,
    session.processes,
  );
}

function networksOf(
  { catalog, allocations, stacks }: Loaded,
  tunnels: readonly TunnelStatus[],
): ReadonlyMap<string, ViewedNetwork> {
  return new Map(
    catalog.networks.flatMap(({ key, identity, vpn }) => {
      const allocation = allocations.get(key);
      const stack = stacks.find(({ members }) => members.includes(key));
      const cloud = stack && tunnelsOf(stack)?.cloud;
      if (vpn === undefined || allocation === undefined || cloud === undefined) return [];
      const applied = tunnels
        .filter(({ network }) => network === key)
        .map((tunnel) => tunnel.cloud.insideCidr);
      const interfaces = interfaceNumbers(cloud, allocation, applied);
      return [[key, { identity, routing: vpn.routing, interfaces }] as const];
    }),
  );
}
