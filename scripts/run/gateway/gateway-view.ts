import type { Loaded } from '../../../catalog/environment/catalog';
import { interfaceNumbers } from '../../../gateway/host/interface-numbers';
import {
  type GatewayView,
  gatewayView,
  noGatewayView,
  type ViewedNetwork,
} from '../../../gateway/status/gateway-view';
import type { TunnelStatus } from '../../../gateway/status/tunnel-telemetry';
import { connectionKey, type SiteGateway } from '../../../model/gateway/site-gateway';
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
  let view = noGatewayView('the catalog has no site');
  for (const gateway of site.gateways) {
    const { daemon, version, address } = gateway;
    const own = networksOf(loaded, gateway, tunnels);
    view = await gatewayView(
      { environment: session.environment, daemon, version, controllerAddress: address, networks: own },
      tunnels.filter(({ network }) => own.has(network)),
      session.processes,
    );
    if (view.onGateway) return view;
  }
  return view;
}

/** The environment's connections to one gateway, by key. */
function networksOf(
  { catalog, allocations, stacks }: Loaded,
  gateway: SiteGateway,
  tunnels: readonly TunnelStatus[],
): ReadonlyMap<string, ViewedNetwork> {
  return new Map(
    catalog.networks.flatMap(({ key: network, identity, vpn }) => {
      const key = connectionKey(network, gateway);
      const allocation = allocations.get(key);
      const stack = stacks.find(({ members }) => members.includes(network));
      const cloud = stack && tunnelsOf(stack)?.cloud;
      if (vpn === undefined || allocation === undefined || cloud === undefined) return [];
      const applied = tunnels.flatMap((tunnel) => (tunnel.network === key ? [tunnel.cloud.insideCidr] : []));
      const interfaces = interfaceNumbers(cloud, allocation, applied);
      return [[key, { identity, routing: vpn.routing, interfaces }] as const];
    }),
  );
}
