import { daemonCapabilities } from '../../model/gateway/capabilities';
import { type GatewayConnection, type GatewayHost, interfaceKindOf } from '../../model/gateway/host';
import { incompatibilities, incompatibilityText } from '../../model/gateway/incompatibilities';
import type { Address } from '../../model/net/address';
import { Cidr } from '../../model/net/cidr';

/** The files of a host can't be rendered. The message has a line for each problem. */
export class GatewayError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'GatewayError';
  }
}

/**
 * Checks that both ends can do what is asked and that nothing clashes between the connections of the host.
 *
 * @throws {@link GatewayError}
 */
export function checkHost(host: GatewayHost<Address>): void {
  const problems = [
    ...host.connections.flatMap((connection) =>
      incompatibilities(
        connection.description,
        { cloud: connection.cloud, gateway: host.site.gateway },
        connection.siteNetworks,
      ).map((problem) => `${where(connection)}: ${incompatibilityText(problem)}`),
    ),
    ...kindProblems(host),
    ...host.connections.flatMap((connection) => asnProblems(host, connection)),
    ...clashes(host, 'interface number', ({ interfaces }) => Object.values(interfaces).map(String)),
    ...clashes(host, 'inside CIDR', ({ description }) => Object.keys(description.tunnels)),
    ...clashes(host, 'outside address', ({ description }) =>
      Object.values(description.tunnels).flatMap(({ outside_address: address }) =>
        typeof address === 'string' ? [address] : [],
      ),
    ),
    ...insideOverlaps(host.connections),
    ...overlaps(host.connections),
  ];
  if (problems.length > 0) throw new GatewayError(problems);
}

function where({ environment, network }: GatewayConnection<Address>): string {
  return `${environment}/${network}`;
}

function kindProblems(host: GatewayHost<Address>): string[] {
  const { daemon, version } = host.site.gateway;
  const kinds = daemonCapabilities(daemon, version)?.interfaceKinds;
  const kind = interfaceKindOf(host);
  if (!kinds || kinds.includes(kind)) return [];
  return [`gateway: ${daemon} ${version} is rendered with ${kinds.join(' or ')} interfaces, got ${kind}`];
}

function asnProblems({ site }: GatewayHost<Address>, connection: GatewayConnection<Address>): string[] {
  const { cloud_asn, routing } = connection.description;
  if (routing !== 'bgp' || cloud_asn !== site.asn) return [];
  return [`${where(connection)}: the site's ASN and the cloud's must differ, got ${site.asn} on both sides`];
}

function clashes(
  { connections }: GatewayHost<Address>,
  what: string,
  valuesOf: (connection: GatewayConnection<Address>) => readonly string[],
): string[] {
  const owners = new Map<string, string>();
  const problems: string[] = [];
  for (const connection of connections) {
    for (const value of valuesOf(connection)) {
      const owner = owners.get(value);
      if (owner !== undefined) problems.push(`${where(connection)}: ${what} ${value} is ${owner}'s already`);
      owners.set(value, owner ?? where(connection));
    }
  }
  return problems;
}

/** Inside CIDRs of different lengths can overlap without being equal; so can those of connections with several tunnels. */
function insideOverlaps(connections: readonly GatewayConnection<Address>[]): string[] {
  const pairs = overlapping(connections, ({ cloud, description }) => {
    const keys = Object.keys(description.tunnels).map((key) => Cidr.parse(key));
    return [...new Set(keys.map((key) => cloud.insideCidrOf(key).toString()))];
  });
  return pairs
    .filter(({ one, other }) => !(one.cidr.equals(other.cidr) && hasTunnel(one) && hasTunnel(other)))
    .map(({ one, other }) => `${where(other.connection)}: inside CIDR ${overlapText(one, other)}`);
}

function overlaps(connections: readonly GatewayConnection<Address>[]): string[] {
  const pairs = overlapping(connections, ({ description }) => description.networks);
  return pairs.map(({ one, other }) => `${where(other.connection)}: ${overlapText(one, other)}`);
}

/** Whether a tunnel has the CIDR for a key: then it is told as a clash of the two. */
function hasTunnel({ connection, cidr }: OwnedCidr): boolean {
  return connection.description.tunnels[cidr.toString()] !== undefined;
}

interface OwnedCidr {
  readonly connection: GatewayConnection<Address>;
  readonly cidr: Cidr;
}

function overlapText(one: OwnedCidr, other: OwnedCidr): string {
  return `${other.cidr} overlaps ${one.cidr} of ${where(one.connection)}`;
}

/** The pairs of CIDRs of different connections that overlap. */
function overlapping(
  connections: readonly GatewayConnection<Address>[],
  cidrsOf: (connection: GatewayConnection<Address>) => readonly string[],
): readonly { readonly one: OwnedCidr; readonly other: OwnedCidr }[] {
  const all = connections.flatMap((connection) =>
    cidrsOf(connection).map((text): OwnedCidr => ({ connection, cidr: Cidr.parse(text) })),
  );
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => one.connection !== other.connection && one.cidr.overlaps(other.cidr))
      .map((other) => ({ one, other })),
  );
}
