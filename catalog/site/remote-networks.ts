import { type Cidr, compareCidrs } from '../../model/net/cidr';
import type { Claims } from '../ground/claims';
import type { Site } from '../ground/site';
import { attachmentsOf, type HubSurroundings, hubOf, routeTableOf } from './hubs';

/** What the networks behind the gateway follow from. */
export interface Reachable extends HubSurroundings {
  readonly site?: Site;
  readonly neighbours: readonly {
    readonly environment: string;
    readonly sharesGateway: boolean;
    readonly claims: Claims;
  }[];
}

/**
 * The networks behind the gateway that a network, or a hub, reaches, sorted: the site's, and with `site.mesh` all others that end
 * there.
 */
export function remoteNetworks(key: string, reachable: Reachable): readonly Cidr[] {
  return distinctCidrs([...(reachable.site?.subnets ?? []), ...meshNetworks(key, reachable)]);
}

/** With `site.mesh`, all other networks whose tunnels end at the same gateway; else none. */
export function meshNetworks(key: string, reachable: Reachable): readonly Cidr[] {
  const { site, environment, claims, neighbours } = reachable;
  if (!site?.mesh) return [];
  const apart = apartFrom(key, reachable);
  const all = [{ environment, claims }, ...neighbours.filter(({ sharesGateway }) => sharesGateway)].flatMap(
    (one) =>
      one.claims.networks
        .filter((network) => network.connected && !apart.has(`${one.environment}/${network.key}`))
        .map(({ cidr }) => cidr),
  );
  return distinctCidrs(all);
}

/**
 * What is not behind the gateway for a network: itself, and what its hub keeps apart from it; for a hub, the networks on it. By
 * `dev/aws/default`.
 */
function apartFrom(key: string, reachable: Reachable): ReadonlySet<string> {
  const { environment, claims } = reachable;
  const itself = `${environment}/${key}`;
  const own = claims.attachments.find((attachment) => attachment.key === key);
  const name = own?.hub ?? key.match(/^hub\/(.*)$/)?.[1];
  const hub = name === undefined ? undefined : hubOf(name, reachable);
  if (hub === undefined) return new Set([itself]);
  const table = own && routeTableOf(own, hub, environment);
  const apart = attachmentsOf(hub.name, hub.of, reachable).filter(
    (other) => own === undefined || routeTableOf(other, hub, other.environment) !== table,
  );
  return new Set([itself, ...apart.map((other) => `${other.environment}/${other.key}`)]);
}

function distinctCidrs(cidrs: readonly Cidr[]): readonly Cidr[] {
  return [...new Map(cidrs.map((cidr) => [cidr.toString(), cidr])).values()].sort(compareCidrs);
}
