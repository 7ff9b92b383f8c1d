import { inParallel } from '../../../base/pool';
import { compareTexts } from '../../../base/text/compare-texts';
import type { GatewayConnection, GatewayHost } from '../../../model/gateway/host';
import { type SiteGateway, siteAt } from '../../../model/gateway/site-gateway';
import { type Cidr, compareCidrs } from '../../../model/net/cidr';
import { type ConnectionOptions, connectionsOf } from './connections';
import { type HostEnvironment, neighboursAtGateway } from './neighbours';

/** A gateway host as it is applied now, and which networks of the catalogs are not. */
export interface AppliedHost {
  readonly host: GatewayHost;
  /** `dev/aws/default`: networks with a VPN that are in a catalog and not applied yet. */
  readonly missing: readonly string[];
}

/**
 * Everything that ends at a gateway of an environment's site, of all environments that have applied anything there.
 *
 * @returns undefined where the catalog has no site, or no network with a tunnel is applied
 * @throws Failure where an environment of the host can't be read
 */
export async function appliedHost(
  own: HostEnvironment,
  gateway: SiteGateway,
  options: ConnectionOptions = {},
): Promise<AppliedHost | undefined> {
  const { site } = own.loaded.catalog;
  if (site === undefined) return undefined;
  const held: (() => void)[] = [];
  try {
    const environments = [own, ...(await neighboursAtGateway(own, (free) => held.push(free)))];
    const found = await inParallel(environments, 1, (environment) =>
      connectionsOf(environment, gateway.publicIp, options),
    );
    const connections = found
      .flatMap((part) => part.connections)
      .sort((a, b) => compareTexts(nameOf(a), nameOf(b)));
    if (connections.length === 0) return undefined;
    const { interface: interfaceKind } = gateway;
    return {
      host: {
        site: { ...siteAt(site, gateway), subnets: subnetsOf(environments, connections) },
        ...(interfaceKind === undefined ? {} : { interfaceKind }),
        connections,
      },
      missing: found.flatMap((part) => part.missing).sort(compareTexts),
    };
  } finally {
    for (const free of held) free();
  }
}

/** The site's networks of all environments that have tunnels here, so that the files are the same whichever is named. */
function subnetsOf(
  environments: readonly HostEnvironment[],
  connections: readonly GatewayConnection[],
): readonly Cidr[] {
  const present = environments.filter(({ session }) =>
    connections.some(({ environment }) => environment === session.environment),
  );
  const subnets = present.flatMap(({ loaded }) => loaded.catalog.site?.subnets ?? []);
  return [...new Map(subnets.map((cidr) => [cidr.toString(), cidr])).values()].sort(compareCidrs);
}

function nameOf({ environment, network }: GatewayConnection): string {
  return `${environment}/${network}`;
}
