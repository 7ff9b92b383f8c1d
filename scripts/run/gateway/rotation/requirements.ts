import { Failure, UsageError } from '../../../../base/errors';
import { type Loaded, networkOf } from '../../../../catalog/environment/catalog';
import { complete } from '../../../../catalog/ground/complete';
import type { Stack } from '../../../../catalog/kinds/registry';
import type { GatewayConnection } from '../../../../model/gateway/host';
import { presharedKeyCidr } from '../../../../model/gateway/preshared-key-cidr';
import { connectionKey, type SiteGateway } from '../../../../model/gateway/site-gateway';
import { Cidr } from '../../../../model/net/cidr';
import { cloudKeepsKeys } from '../../../../model/tunnel/description';
import { tunnelsOf } from '../../../kinds/registry';

/** A tunnel whose key is to be rotated. */
export interface RotatedTunnel {
  readonly environment: string;
  /** Its key in the catalog: `aws/default`. */
  readonly network: string;
  /** The key that it had when it was made. */
  readonly identity: string;
  readonly insideCidr: string;
}

/** The stack of a network that has a VPN. @throws {@link UsageError} for any other network */
export function rotatedStack({ catalog, stacks }: Loaded, network: string | undefined): Stack {
  const known = catalog.networks.filter(({ vpn }) => vpn !== undefined).map(({ key }) => key);
  const stack = stacks.find((candidate) => network !== undefined && candidate.network === network);
  if (network !== undefined && known.includes(network) && stack !== undefined) return stack;
  throw new UsageError(
    `gateway rotate: must name a network with a VPN, got "${network ?? ''}"; there are: ${known.join(', ') || 'none'}`,
  );
}

/** The network of such a stack. */
export function rotatedNetwork(loaded: Loaded, stack: Stack): Loaded['catalog']['networks'][number] {
  return complete(networkOf(loaded, stack));
}

/** The new key must get to the gateway: in its files, or through Vault. @throws {@link Failure} */
export function checkKeyFolder(
  { catalog: { kinds } }: Loaded,
  { name, keyReference: named }: SiteGateway,
): void {
  if (named === undefined || named === kinds.vault?.presharedKeys?.toString()) return;
  throw new Failure(
    `${name === undefined ? 'site.gateway' : `site.gateways.${name}`}.key_reference: the gateway reads its keys at ${named}, where kakehashi stores none; to rotate, name the same folder as vault.preshared_keys, or let the files hold the keys`,
  );
}

/**
 * The applied connection that has the tunnel.
 *
 * @throws {@link Failure} where the network is not applied or the cloud keeps its keys; {@link UsageError} for an unknown tunnel
 */
export function rotatedConnection(
  { environment, network, identity, insideCidr }: RotatedTunnel,
  stack: Stack,
  connections: readonly GatewayConnection[],
): GatewayConnection {
  const connection = connections.find(
    (candidate) => candidate.environment === environment && candidate.network === identity,
  );
  if (connection === undefined)
    throw new Failure(`${environment}/${network}: not applied yet: there is no key to rotate`);
  const { description, interfaces } = connection;
  if (tunnelsWithKey(connection, insideCidr).length === 0) {
    const known = Object.entries(description.tunnels)
      .sort(([a], [b]) => (interfaces[a] ?? 0) - (interfaces[b] ?? 0))
      .map(([cidr, { outside_address }]) => `${cidr} (${outside_address})`);
    throw new UsageError(
      `gateway rotate: ${network} has no tunnel ${insideCidr}; its tunnels: ${known.join(', ')}`,
    );
  }
  const keySource = tunnelsOf(stack)?.keySource;
  if (cloudKeepsKeys(description) && keySource !== undefined)
    throw new Failure(`${environment}/${network}: ${keySource.rotation(environment)}`);
  return connection;
}

/**
 * The tunnels that have the key of one of them: that tunnel alone, or all of its connection where they share a key.
 *
 * @param insideCidr - the tunnel, or the inside CIDR that names its key; none for one that the connection does not have
 */
export function tunnelsWithKey(
  { cloud, description }: Pick<GatewayConnection, 'cloud' | 'description'>,
  insideCidr: string,
): readonly string[] {
  const keyed = Object.keys(description.tunnels).map(
    (tunnel) => [tunnel, presharedKeyCidr(cloud, tunnel)] as const,
  );
  const named = keyed.find(([tunnel, cidr]) => tunnel === insideCidr || cidr === insideCidr);
  return keyed.filter(([, cidr]) => cidr === named?.[1]).map(([tunnel]) => tunnel);
}

/**
 * The gateway at which the tunnel ends, as the lock file has it.
 *
 * @throws {@link Failure} where the catalog has no site; {@link UsageError} for a tunnel of no gateway
 */
export function rotatedGateway({ catalog, allocations }: Loaded, tunnel: RotatedTunnel): SiteGateway {
  const { network, insideCidr, environment } = tunnel;
  const { site } = catalog;
  if (site === undefined) throw new Failure(`${environment}: has no site, so nothing ends at a gateway`);
  // With one gateway the applied connection says which tunnels there are.
  if (site.gateways.length === 1) return site.gateways[0];
  const held = site.gateways.map((gateway) => ({
    gateway,
    cidrs: allocations.get(connectionKey(network, gateway))?.insideCidrs ?? [],
  }));
  // A tunnel is named by its own block, or by its address in that of its connection.
  const named = Cidr.parse(insideCidr);
  const found = held.find(({ cidrs }) => cidrs.some((cidr) => cidr.contains(named)));
  if (found !== undefined) return found.gateway;
  const known = held.flatMap(({ gateway, cidrs }) => cidrs.map((cidr) => `${cidr} (${gateway.name})`));
  throw new UsageError(
    `gateway rotate: ${network} has no tunnel ${insideCidr}; its tunnels: ${known.join(', ')}`,
  );
}
