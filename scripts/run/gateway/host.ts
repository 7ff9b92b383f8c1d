import { Failure } from '../../../base/errors';
import { inParallel } from '../../../base/pool';
import type { AwsNetwork } from '../../../catalog/ground/catalog';
import { compareTexts } from '../../../catalog/ground/problem-list';
import type { Stack } from '../../../catalog/ground/stacks';
import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import type { GatewayConnection, GatewayHost } from '../../../model/gateway/host';
import { type Cidr, compareCidrs } from '../../../model/net/cidr';
import type { NetworkTunnels } from '../../../model/tunnel/description';
import { isUnapplied, readOutput } from '../../session/outputs';
import { keyFolder } from './keys/folder';
import { tunnelKeys } from './keys/source';
import { type HostEnvironment, neighboursAtGateway } from './neighbours';

/** A gateway host as it is applied now, and what of the catalogs is not. */
export interface AppliedHost {
  readonly host: GatewayHost;
  /** `dev/aws/default`: networks with a VPN that are in a catalog and not applied yet. */
  readonly missing: readonly string[];
}

export interface HostOptions {
  /** See {@link tunnelKeys}. */
  readonly reference?: string;
  /** Keys that take the place of those that are applied, by environment, network and inside CIDR: a rotation's. */
  readonly replaced?: ReadonlyMap<string, string>;
}

/**
 * Everything that ends at the gateway of an environment's site, of all environments that have applied anything there.
 *
 * @returns undefined where the catalog has no site, or nothing with a tunnel is applied
 * @throws {@link Failure} where an environment of the host can't be read
 */
export async function appliedHost(
  own: HostEnvironment,
  options: HostOptions = {},
): Promise<AppliedHost | undefined> {
  const { site } = own.loaded.catalog;
  if (site === undefined) return undefined;
  const held: (() => void)[] = [];
  try {
    const environments = [own, ...(await neighboursAtGateway(own, (free) => held.push(free)))];
    const found = await inParallel(environments, 1, (environment) => connectionsOf(environment, options));
    const connections = found
      .flatMap((part) => part.connections)
      .sort((a, b) => compareTexts(nameOf(a), nameOf(b)));
    if (connections.length === 0) return undefined;
    const { interface: interfaceKind, keyReference: _, ...gateway } = site.gateway;
    return {
      host: {
        site: { ...site, subnets: subnetsOf(environments, connections), gateway },
        ...(interfaceKind === undefined ? {} : { interfaceKind }),
        connections,
      },
      missing: found.flatMap((part) => part.missing).sort(compareTexts),
    };
  } finally {
    for (const free of held) free();
  }
}

/** The site's networks as all environments that have tunnels here know them: whichever is named, the same. */
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

interface Found {
  readonly connections: readonly GatewayConnection[];
  readonly missing: readonly string[];
}

async function connectionsOf(environment: HostEnvironment, options: HostOptions): Promise<Found> {
  const { session, loaded } = environment;
  const connections: GatewayConnection[] = [];
  const missing: string[] = [];
  for (const network of loaded.catalog.networks) {
    if (network.vpn === undefined) continue;
    const stack = stackOf(environment, network);
    const tunnels = isUnapplied(session, stack) ? undefined : await outputOf(environment, stack, 'tunnels');
    const description = (tunnels as Readonly<Record<string, NetworkTunnels>> | undefined)?.[network.key];
    if (description === undefined || Object.keys(description.tunnels).length === 0) {
      missing.push(`${session.environment}/${network.key}`);
    } else {
      connections.push(await connectionOf(environment, stack, network, description, options));
    }
  }
  return { connections, missing };
}

async function connectionOf(
  environment: HostEnvironment,
  stack: Stack,
  network: AwsNetwork,
  description: NetworkTunnels,
  options: HostOptions,
): Promise<GatewayConnection> {
  const { session, loaded } = environment;
  const { vpn, key, region } = network;
  const allocation = loaded.allocations.get(key);
  if (vpn === undefined || allocation === undefined)
    throw new Failure(`${session.environment}/${key}: has no inside CIDRs in its lock file`);
  const { replaced } = options;
  const named = loaded.catalog.site?.gateway.keyReference;
  const reference = options.reference ?? (named === undefined ? undefined : keyFolder(loaded, named));
  const output = reference === undefined ? await outputOf(environment, stack, 'tunnel_keys') : undefined;
  const keys = await tunnelKeys({
    session,
    network: key,
    region,
    loaded,
    description,
    output: withReplaced(output, `${session.environment}/${key}`, description, replaced),
    ...(reference === undefined ? {} : { reference }),
  });
  return {
    environment: session.environment,
    network: key,
    cloud: AWS_VPN,
    crypto: vpn.crypto,
    description,
    siteNetworks: vpn.remoteNetworks,
    interfaces: interfacesOf(allocation.insideCidrs.map(String), allocation.interfaces, description),
    keys,
  };
}

function withReplaced(
  output: unknown,
  connection: string,
  { tunnels }: NetworkTunnels,
  replaced: HostOptions['replaced'],
): unknown {
  if (replaced === undefined) return output;
  const own = Object.keys(tunnels).flatMap((cidr) => {
    const key = replaced.get(`${connection}/${cidr}`);
    return key === undefined ? [] : [[cidr, key] as const];
  });
  return { ...(output as object | undefined), ...Object.fromEntries(own) };
}

/**
 * The interface number of each tunnel. An applied tunnel whose inside CIDR the catalog has changed since has the number that
 * is left: numbers never move.
 */
function interfacesOf(
  allocated: readonly string[],
  numbers: readonly number[],
  { tunnels }: NetworkTunnels,
): Readonly<Record<string, number>> {
  const applied = Object.keys(tunnels);
  const left = allocated.flatMap((cidr, index) => (applied.includes(cidr) ? [] : [numbers[index] ?? 0]));
  return Object.fromEntries(
    applied.map((cidr) => {
      const index = allocated.indexOf(cidr);
      return [cidr, (index < 0 ? left.shift() : numbers[index]) ?? 0];
    }),
  );
}

function stackOf({ loaded, session }: HostEnvironment, network: AwsNetwork): Stack {
  const stack = loaded.stacks.find((candidate) => candidate.members.includes(network.key));
  if (stack === undefined) throw new Failure(`${session.environment}/${network.key}: is no stack`);
  return stack;
}

function outputOf(
  { session, initializer }: HostEnvironment,
  stack: Stack,
  name: 'tunnels' | 'tunnel_keys',
): Promise<unknown> {
  return readOutput(session, initializer, stack, name);
}
