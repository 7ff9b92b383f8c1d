import { type Claims, type HubClaim, NO_CLAIMS } from '../../ground/claims';
import { asnClaim, type ConnectionDraft, connectionClaim } from '../aws/connection-claim';
import type { HubDraft, HubVpnDraft } from './draft';

/** What a hub claims for itself. */
export function claimsOf(hub: HubDraft): Claims {
  const { vpn, place } = hub;
  const connection = vpn && connectionOf(hub, vpn);
  return {
    ...NO_CLAIMS,
    hubs: [hubClaim(hub)],
    asns: connection ? [asnClaim(connection, place.at('create', 'amazon_side_asn'))] : [],
    gateways: connection ? [connectionClaim(connection)] : [],
  };
}

function hubClaim({ name, draft, region, routeTables, isBuilt }: HubDraft): HubClaim {
  const { environment } = draft;
  const { awsTransitGatewayId: gateway, awsTransitGatewayRouteTableId: routeTable } = draft;
  return {
    name,
    ...(environment === undefined ? {} : { environment }),
    ...(region === undefined ? {} : { region }),
    routeTables,
    ...(gateway === undefined || routeTable === undefined ? {} : { ids: { gateway, routeTable } }),
    isBuilt,
  };
}

function connectionOf(
  { key, draft }: HubDraft,
  { place, keys, ecmp, tunnels }: HubVpnDraft,
): ConnectionDraft {
  return {
    key,
    place,
    mode: 'route-based',
    routing: keys.routing,
    cloudAsn: draft.create?.amazonSideAsn ?? 0,
    multipath: ecmp && keys.routing === 'bgp',
    tunnels,
    networks: [],
  };
}
