import type { ObjectValue } from '../../protocol/values';
import { type Attributes, number, objects, text } from '../../provider/attributes';
import type { EngineObject } from '../engine';

/** What the provider reads of a container as the engine has it. */
const PLAIN = [
  'name',
  'rm',
  'read_only',
  'hostname',
  'domainname',
  'command',
  'entrypoint',
  'user',
  'dns',
  'dns_opts',
  'security_opts',
  'dns_search',
  'publish_all_ports',
  'restart',
  'max_retry_count',
  'init',
  'working_dir',
  'runtime',
  'tmpfs',
  'host',
  'ulimit',
  'privileged',
  'devices',
  'memory',
  'memory_swap',
  'shm_size',
  'cpu_shares',
  'cpu_set',
  'log_driver',
  'log_opts',
  'storage_opts',
  'network_mode',
  'pid_mode',
  'userns_mode',
  'sysctls',
  'ipc_mode',
  'group_add',
  'tty',
  'stdin_open',
  'stop_signal',
  'stop_timeout',
] as const;

function networkData(endpoint: Attributes): ObjectValue {
  return {
    network_name: text(endpoint, 'network_name'),
    ip_address: text(endpoint, 'ip_address'),
    ip_prefix_length: number(endpoint, 'ip_prefix_length') ?? 0,
    gateway: text(endpoint, 'gateway'),
    global_ipv6_address: '',
    global_ipv6_prefix_length: 0,
    ipv6_gateway: '',
    mac_address: text(endpoint, 'mac_address'),
  };
}

/** An endpoint of a container that does not run, which has no address. */
function withoutAddress({ network_name }: Attributes): Attributes {
  return { network_name: network_name ?? '' };
}

function healthCheck(check: Attributes): ObjectValue {
  return {
    test: check.test ?? [],
    interval: text(check, 'interval') || '0s',
    timeout: text(check, 'timeout') || '0s',
    start_period: text(check, 'start_period') || '0s',
    start_interval: text(check, 'start_interval') || '0s',
    retries: number(check, 'retries') ?? 0,
  };
}

/** Attributes that the provider sets only where the engine has something. */
function occasional({ attributes }: EngineObject, isRunning: boolean): ObjectValue {
  const check = objects({ all: [attributes.healthcheck ?? null] }, 'all').map(healthCheck);
  const capabilities = objects(attributes, 'capabilities');
  return {
    ...(isRunning ? {} : { exit_code: attributes.exit_code ?? 0 }),
    ...(check.length === 0 ? {} : { healthcheck: check }),
    ...(capabilities.length === 0 ? {} : { capabilities }),
    ...(text(attributes, 'gpus') === '' ? {} : { gpus: 'all' }),
  };
}

export function isRunning({ attributes }: EngineObject): boolean {
  return attributes.status === 'running';
}

/**
 * The attributes that the provider reads of a container. Environment, labels and volumes are not among them: it leaves those as they
 * are in the state.
 *
 * @param image the image of the state, which decides whether the provider shows the image's id
 */
export function readContainer(container: EngineObject, image: string): Attributes {
  const { attributes } = container;
  const runs = isRunning(container);
  const endpoints = objects(attributes, 'endpoints').map((one) => (runs ? one : withoutAddress(one)));
  return {
    ...Object.fromEntries(PLAIN.map((name) => [name, attributes[name] ?? null])),
    ...occasional(container, runs),
    bridge: '',
    image: image.startsWith('sha256:') ? text(attributes, 'image_id') : text(attributes, 'image'),
    mounts: objects(attributes, 'mounts'),
    ports: runs ? objects(attributes, 'published') : [],
    network_data: endpoints
      .map(networkData)
      .sort((one, other) => (text(one, 'network_name') < text(other, 'network_name') ? -1 : 1)),
  };
}
