import { Failure } from '../../../base/errors';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { interfaceNumbers } from '../../../gateway/host/interface-numbers';
import type { GatewayConnection } from '../../../model/gateway/host';
import { presharedKeyCidr } from '../../../model/gateway/preshared-key-cidr';
import {
  connectionKey,
  connectionParts,
  keyPath,
  type SiteGateway,
} from '../../../model/gateway/site-gateway';
import type { NetworkTunnels } from '../../../model/tunnel/description';
import { tunnelsOf } from '../../kinds/registry';
import type { KindTunnels } from '../../kinds/tunnels';
import { isUnapplied, readOutput } from '../../session/outputs';
import { keyFolder } from './keys/folder';
import { tunnelKeys } from './keys/source';
import type { HostEnvironment } from './neighbours';

type Network = Loaded['catalog']['networks'][number];

export interface ConnectionOptions {
  /** `vault://secret/vpn` or `file:///etc/kakehashi/keys`: the files name the keys instead of holding them. */
  readonly reference?: string;
  /** New keys, by `<environment>/<network>/<inside CIDR>`, in place of those that are applied. A rotation has one. */
  readonly replaced?: ReadonlyMap<string, string>;
}

/** The networks of an environment that have a VPN. */
export interface FoundConnections {
  readonly connections: readonly GatewayConnection[];
  /** `dev/aws/default`: those that are not applied yet. */
  readonly missing: readonly string[];
}

/**
 * The connections of one environment to the gateway with a public address, from the outputs of what it has applied.
 *
 * @throws {@link Failure}
 */
export async function connectionsOf(
  environment: HostEnvironment,
  publicIp: string,
  options: ConnectionOptions,
): Promise<FoundConnections> {
  const { session, loaded } = environment;
  const connections: GatewayConnection[] = [];
  const missing: string[] = [];
  const gateway = loaded.catalog.site?.gateways.find((one) => one.publicIp === publicIp);
  if (gateway === undefined) return { connections, missing };
  for (const network of loaded.catalog.networks) {
    if (network.vpn === undefined) continue;
    const { stack, kind } = stackOf(environment, network);
    const tunnels = isUnapplied(session, stack) ? undefined : await outputOf(environment, stack, 'tunnels');
    const key = connectionKey(network.key, gateway);
    const description = descriptionOf(key, tunnels as Outputs | undefined);
    if (description === undefined || Object.keys(description.tunnels).length === 0) {
      missing.push(`${session.environment}/${key}`);
    } else {
      connections.push(
        await connectionOf(environment, { stack, kind, network, gateway, description }, options),
      );
    }
  }
  return { connections, missing };
}

type Outputs = Readonly<Record<string, NetworkTunnels>>;

/** The tunnels of a connection. Before a rename is applied, the output has the network's old key: it is the stack's only one at the gateway. */
function descriptionOf(key: string, tunnels: Outputs | undefined): NetworkTunnels | undefined {
  const { gateway } = connectionParts(key);
  const atGateway = Object.entries(tunnels ?? {}).filter(([one]) => connectionParts(one).gateway === gateway);
  const [only, ...others] = atGateway.map(([, description]) => description);
  return tunnels?.[key] ?? (others.length === 0 ? only : undefined);
}

interface AppliedNetwork {
  readonly stack: Stack;
  readonly kind: KindTunnels;
  readonly network: Network;
  readonly gateway: SiteGateway;
  readonly description: NetworkTunnels;
}

async function connectionOf(
  environment: HostEnvironment,
  { stack, kind, network: { key, identity, vpn }, gateway, description }: AppliedNetwork,
  options: ConnectionOptions,
): Promise<GatewayConnection> {
  const { session, loaded } = environment;
  const connection = connectionKey(key, gateway);
  const allocation = loaded.allocations.get(connection);
  if (vpn === undefined || allocation === undefined)
    throw new Failure(`${session.environment}/${connection}: has no inside CIDRs in its lock file`);
  const named = gateway.keyReference;
  const reference = options.reference ?? (named === undefined ? undefined : keyFolder(loaded, named));
  const output = reference === undefined ? await outputOf(environment, stack, 'tunnel_keys') : undefined;
  const keys = await tunnelKeys(session, {
    loaded,
    kind,
    network: keyPath(identity, gateway.name),
    description,
    output: withReplaced(output, kind, `${session.environment}/${identity}`, description, options.replaced),
    ...(reference === undefined ? {} : { reference }),
  });
  return {
    environment: session.environment,
    network: identity,
    ...(identity === key ? {} : { entry: key }),
    ...(gateway.name === undefined ? {} : { gateway: gateway.name }),
    cloud: kind.cloud,
    crypto: vpn.crypto,
    description,
    siteNetworks: vpn.remoteNetworks,
    interfaces: interfaceNumbers(kind.cloud, allocation, Object.keys(description.tunnels)),
    keys,
  };
}

function withReplaced(
  output: unknown,
  { cloud }: KindTunnels,
  connection: string,
  { tunnels }: NetworkTunnels,
  replaced: ConnectionOptions['replaced'],
): unknown {
  if (replaced === undefined) return output;
  const own = Object.keys(tunnels).flatMap((tunnel) => {
    const key = replaced.get(`${connection}/${tunnel}`);
    return key === undefined ? [] : [[presharedKeyCidr(cloud, tunnel), key] as const];
  });
  return { ...(output as object | undefined), ...Object.fromEntries(own) };
}

function stackOf(
  { loaded, session }: HostEnvironment,
  { key }: Network,
): { readonly stack: Stack; readonly kind: KindTunnels } {
  const stack = loaded.stacks.find((candidate) => candidate.members.includes(key));
  const kind = stack && tunnelsOf(stack);
  if (stack === undefined || kind === undefined)
    throw new Failure(`${session.environment}/${key}: is in no stack that has tunnels`);
  return { stack, kind };
}

function outputOf(
  { session, initializer }: HostEnvironment,
  stack: Stack,
  name: 'tunnels' | 'tunnel_keys',
): Promise<unknown> {
  return readOutput(session, initializer, stack, name);
}
