import { type Attributes, objects, text } from '../provider/attributes';
import { parseNetwork } from '../provider/cidr';
import { EngineError } from './docker-error';
import type { Engine, EngineObject } from './engine';
import { freeAddress, hasAddress } from './network-pools';
import { BRIDGE, endpointsOf, findNetwork, requireNetwork } from './networks';

/** The networks of the engine that give their containers no address. */
const WITHOUT_ADDRESSES = ['host', 'none'];

/** Names of the engine's own networks, to which no alias and no chosen address belongs. */
const PREDEFINED = [BRIDGE, 'default', ...WITHOUT_ADDRESSES];

/** A container's place in a network, before the container runs: `network_id` is empty for a network that is not there. */
function endpointOf(engine: Engine, asked: Attributes): Attributes {
  const name = text(asked, 'name') === 'default' ? BRIDGE : text(asked, 'name');
  const network = findNetwork(engine, name);
  return {
    network_id: network?.id ?? '',
    network_name: network === undefined ? name : text(network.attributes, 'name'),
    aliases: asked.aliases ?? [],
    asked_address: text(asked, 'ipv4_address'),
    asked_ipv6_address: text(asked, 'ipv6_address'),
    ip_address: '',
    ip_prefix_length: 0,
    gateway: '',
    mac_address: '',
  };
}

/** The endpoint that a container's `network_mode` means; none where it has the network of another container. */
export function endpointsOfMode(engine: Engine, mode: string): readonly Attributes[] {
  return mode.startsWith('container:') ? [] : [endpointOf(engine, { name: mode || BRIDGE })];
}

/**
 * Puts a container that does not run yet into a network. Whether there is such a network, and whether an address is free in it, shows
 * when the container starts.
 *
 * @throws {@link EngineError} for an address in a network that gives its addresses itself
 */
export function connect(engine: Engine, container: EngineObject, asked: Attributes): EngineObject {
  const network = findNetwork(engine, text(asked, 'name'));
  if (text(asked, 'ipv4_address') !== '' && network?.attributes.has_own_pools === false)
    throw new EngineError(
      'user specified IP address is supported only when connecting to networks with user configured subnets',
    );
  const endpoint = endpointOf(engine, asked);
  const others = objects(container.attributes, 'endpoints').filter(
    ({ network_id }) => network_id !== endpoint.network_id,
  );
  return engine.put('docker_container', container.id, {
    ...container.attributes,
    endpoints: [...others, endpoint],
  });
}

/** Takes a container that does not run yet out of the engine's own bridge. */
export function disconnectFromBridge(engine: Engine, container: EngineObject): EngineObject {
  return engine.put('docker_container', container.id, {
    ...container.attributes,
    endpoints: objects(container.attributes, 'endpoints').filter(
      ({ network_name }) => network_name !== BRIDGE,
    ),
  });
}

/** The addresses of a network that are in use. */
function takenIn(engine: Engine, network: EngineObject): ReadonlySet<string> {
  const pools = objects(network.attributes, 'ipam_config');
  const gateways = pools.map((pool) => text(pool, 'gateway') || firstAddress(pool));
  const auxiliary = pools.flatMap((pool) => Object.values(pool.aux_address ?? {}));
  const used = endpointsOf(engine, network).flatMap(({ attributes }) =>
    objects(attributes, 'endpoints')
      .filter(({ network_id }) => network_id === network.id)
      .map((endpoint) => text(endpoint, 'ip_address')),
  );
  return new Set([...gateways, ...auxiliary, ...used].map(String));
}

function firstAddress(pool: Attributes): string {
  return freeAddress({ subnet: pool.subnet ?? null, ip_range: '' }, new Set()).replace(/\.2$/, '.1');
}

/** The address that a container gets in a network. @throws {@link EngineError} for one that it can't have */
function addressIn(engine: Engine, network: EngineObject, asked: string): string {
  const pools = objects(network.attributes, 'ipam_config');
  const pool = pools.find((one) => parseNetwork(text(one, 'subnet')) !== undefined);
  if (pool === undefined) return '';
  const taken = takenIn(engine, network);
  if (asked === '') return freeAddress(pool, taken);
  if (!pools.some((one) => hasAddress(one, asked)))
    throw new EngineError(`Invalid address ${asked}: It does not belong to any of this network's subnets`);
  if (taken.has(asked)) throw new EngineError('Address already in use');
  return asked;
}

/** The hardware address that an engine makes of an IPv4 address. */
function hardwareAddress(address: string): string {
  const octets = address.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'));
  return ['02', '42', ...octets].join(':');
}

/** A container's place in a network while it runs. @throws {@link EngineError} if the network is gone, or has no such address */
export function started(engine: Engine, endpoint: Attributes): Attributes {
  const name = text(endpoint, 'network_name');
  const network = requireNetwork(engine, text(endpoint, 'network_id') || name);
  const asked = text(endpoint, 'asked_address');
  if (asked !== '' && PREDEFINED.includes(name))
    throw new EngineError('user specified IP address is supported on user defined networks only');
  if (WITHOUT_ADDRESSES.includes(name)) return { ...endpoint, network_id: network.id };
  const address = addressIn(engine, network, asked);
  const [pool = {}] = objects(network.attributes, 'ipam_config');
  return {
    ...endpoint,
    network_id: network.id,
    ip_address: address,
    ip_prefix_length: parseNetwork(text(pool, 'subnet'))?.prefix ?? 0,
    gateway: text(pool, 'gateway') || firstAddress(pool),
    mac_address: hardwareAddress(address),
  };
}
