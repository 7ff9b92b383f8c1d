import { type Cidr, compareCidrs } from '../../model/net/cidr';
import type { Claims } from '../ground/claims';
import type { Site } from '../ground/site';

/** What the networks behind the gateway follow from. */
export interface Reachable {
  readonly site?: Site;
  readonly claims: Claims;
  readonly neighbours: readonly { readonly sharesGateway: boolean; readonly claims: Claims }[];
}

/** The networks behind the gateway that a network reaches, sorted: the site's, and with `site.mesh` all others that end there. */
export function remoteNetworks(key: string, reachable: Reachable): readonly Cidr[] {
  return distinctCidrs([...(reachable.site?.subnets ?? []), ...meshNetworks(key, reachable)]);
}

/** With `site.mesh`, all other networks whose tunnels end at the same gateway; else none. */
export function meshNetworks(key: string, { site, claims, neighbours }: Reachable): readonly Cidr[] {
  if (!site?.mesh) return [];
  const own = claims.networks.filter((network) => network.key !== key);
  const others = neighbours.filter(({ sharesGateway }) => sharesGateway);
  const all = [...own, ...others.flatMap((other) => other.claims.networks)];
  return distinctCidrs(all.filter(({ connected }) => connected).map(({ cidr }) => cidr));
}

function distinctCidrs(cidrs: readonly Cidr[]): readonly Cidr[] {
  return [...new Map(cidrs.map((cidr) => [cidr.toString(), cidr])).values()].sort(compareCidrs);
}
