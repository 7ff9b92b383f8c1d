import { Route } from '@cdktf/provider-aws/lib/route';
import { VpnConnectionRoute } from '@cdktf/provider-aws/lib/vpn-connection-route';
import { VpnGatewayRoutePropagation } from '@cdktf/provider-aws/lib/vpn-gateway-route-propagation';
import type { Construct } from 'constructs';
import { claimName } from './names';
import type { RemoteNetwork } from './remote-networks';

/** Ids of route tables, by a key that never changes. */
type RouteTableIds = Readonly<Record<string, string>>;

/** Lets the gateway write what the site announces over BGP into the tables. @throws {@link PropsError} */
export function propagateRoutes(vpn: Construct, vpnGatewayId: string, tables: RouteTableIds): void {
  for (const [key, routeTableId] of Object.entries(tables)) {
    claimName(vpn, {
      prop: `privateRouteTableIds.${key}`,
      things: 'route tables that a VPN gateway propagates into',
      name: routeTableId,
      within: vpnGatewayId,
      fix: 'a gateway propagates the routes of all its VPNs; give privateRouteTableIds: {} to this one',
    });
    new VpnGatewayRoutePropagation(vpn, `Propagation-${key}`, { vpnGatewayId, routeTableId });
  }
}

/** A route to each network in the connection and in every table. @throws {@link PropsError} */
export function staticRoutes(
  vpn: Construct,
  vpnConnectionId: string,
  gatewayId: string,
  tables: RouteTableIds,
  networks: readonly RemoteNetwork[],
): void {
  for (const { key: network, text: destinationCidrBlock } of networks) {
    const id = `To-${network}`;
    new VpnConnectionRoute(vpn, id, { vpnConnectionId, destinationCidrBlock });
    for (const [key, routeTableId] of Object.entries(tables)) {
      claimName(vpn, {
        prop: 'remoteNetworks',
        things: `destinations of route table ${key}`,
        name: destinationCidrBlock,
        within: routeTableId,
      });
      new Route(vpn, `${id}-${key}`, { routeTableId, destinationCidrBlock, gatewayId });
    }
  }
}
