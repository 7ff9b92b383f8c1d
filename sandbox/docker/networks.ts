import { type Attributes, flag, objects, text } from '../provider/attributes';
import { parseNetwork } from '../provider/cidr';
import { hex } from '../provider/derived';
import { EngineError } from './docker-error';
import type { Engine, EngineObject } from './engine';
import { checkPools, freePool } from './network-pools';

const NETWORK = 'docker_network';

/** Drivers of networks on an engine that is in no swarm. */
const DRIVERS = ['bridge', 'host', 'null', 'macvlan', 'ipvlan'];

const BRIDGE_OPTIONS = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
};

/** The network in which a container is that names none. */
export const BRIDGE = 'bridge';

const PREDEFINED: readonly Attributes[] = [
  {
    name: BRIDGE,
    driver: 'bridge',
    options: BRIDGE_OPTIONS,
    ipam_config: [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1' }],
  },
  { name: 'host', driver: 'host', options: {}, ipam_config: [] },
  { name: 'none', driver: 'null', options: {}, ipam_config: [] },
];

function isPredefined(name: string): boolean {
  return PREDEFINED.some((network) => network.name === name);
}

/** The networks that every engine has. They are not stored, since nothing can change them. */
function predefined({ host }: Engine): readonly EngineObject[] {
  return PREDEFINED.map((own) => {
    const id = hex(64, host, NETWORK, text(own, 'name'));
    const attributes = {
      id,
      internal: false,
      attachable: false,
      ingress: false,
      ipv6: false,
      ipam_driver: 'default',
      ipam_options: {},
      labels: [],
      scope: 'local',
      ...own,
    };
    return { type: NETWORK, id, region: host, attributes };
  });
}

/** All networks of an engine. */
export function networksOf(engine: Engine): readonly EngineObject[] {
  return [...predefined(engine), ...engine.all(NETWORK)];
}

/** The network of an id, a name, or the beginning of an id. */
export function findNetwork(engine: Engine, asked: string): EngineObject | undefined {
  const all = networksOf(engine);
  return (
    all.find(({ id }) => id === asked) ??
    all.find(({ attributes }) => attributes.name === asked) ??
    (asked === '' ? undefined : all.find(({ id }) => id.startsWith(asked)))
  );
}

/** @throws {@link EngineError} if there is none */
export function requireNetwork(engine: Engine, asked: string): EngineObject {
  const found = findNetwork(engine, asked);
  if (found === undefined) throw new EngineError(`network ${asked} not found`);
  return found;
}

function checkDriver(driver: string): void {
  if (driver === 'overlay')
    throw new EngineError(
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  if (!DRIVERS.includes(driver)) throw new EngineError(`plugin "${driver}" not found`);
}

/** Makes a network. @throws {@link EngineError} if its name or a part of its address range is taken, or it is wrong by itself */
export function createNetwork(engine: Engine, asked: Attributes): EngineObject {
  const name = text(asked, 'name');
  if (isPredefined(name)) throw new EngineError(`operation is not permitted on predefined ${name} network`);
  const others = networksOf(engine);
  if (others.some(({ attributes }) => attributes.name === name))
    throw new EngineError(`network with name ${name} already exists`);
  const driver = text(asked, 'driver') || 'bridge';
  checkDriver(driver);
  const configured = objects(asked, 'ipam_config');
  checkPools(configured, others, flag(asked, 'ipv6'));
  const hasOwn = configured.some((pool) => parseNetwork(text(pool, 'subnet')) !== undefined);
  const pools = hasOwn ? configured : [...configured, freePool(others)];
  return engine.put(NETWORK, engine.newId(NETWORK, name), {
    name,
    driver,
    options: asked.options ?? {},
    internal: flag(asked, 'internal'),
    attachable: flag(asked, 'attachable'),
    ingress: flag(asked, 'ingress'),
    ipv6: flag(asked, 'ipv6'),
    ipam_driver: text(asked, 'ipam_driver') || 'default',
    ipam_options: asked.ipam_options ?? {},
    ipam_config: pools,
    has_own_pools: hasOwn,
    labels: asked.labels ?? [],
    scope: 'local',
  });
}

/** The running containers in a network, oldest first. */
export function endpointsOf(engine: Engine, { id }: EngineObject): readonly EngineObject[] {
  return engine
    .all('docker_container')
    .filter(({ attributes }) =>
      objects(attributes, 'endpoints').some(
        (endpoint) => endpoint.network_id === id && attributes.status === 'running',
      ),
    );
}

/** Removes a network. @throws {@link EngineError} if a running container is in it, or it is one of the engine's own */
export function removeNetwork(engine: Engine, network: EngineObject): void {
  const name = text(network.attributes, 'name');
  if (isPredefined(name)) throw new EngineError(`${name} is a pre-defined network and cannot be removed`);
  if (endpointsOf(engine, network).length > 0)
    throw new EngineError(
      `error while removing network: network ${name} id ${network.id} has active endpoints`,
    );
  engine.remove(network);
}
