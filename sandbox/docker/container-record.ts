import type { Value } from '../protocol/values';
import { type Attributes, number, objects, text, texts } from '../provider/attributes';
import type { EngineObject } from './engine';

const SHORT_ID = 12;

/** What the engine calls its own machine: the name of a container in the host's network. */
const HOST_NAME = 'docker-host';

/** Arguments that the engine stores as they are asked for, with what it has where they are not set. */
const PLAIN: Readonly<Record<string, Value>> = {
  domainname: '',
  publish_all_ports: false,
  restart: 'no',
  max_retry_count: 0,
  rm: false,
  read_only: false,
  privileged: false,
  init: false,
  tty: false,
  stdin_open: false,
  runtime: 'runc',
  ipc_mode: 'private',
  pid_mode: '',
  userns_mode: '',
  log_driver: 'json-file',
  network_mode: 'bridge',
  stop_timeout: 0,
  memory: 0,
  cpu_shares: 0,
  cpu_set: '',
  shm_size: 64,
  dns: [],
  dns_opts: [],
  dns_search: [],
  group_add: [],
  log_opts: {},
  storage_opts: {},
  sysctls: {},
  tmpfs: {},
  host: [],
  ulimit: [],
  capabilities: [],
};

function isSet(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 0;
}

/** The environment of an image, with the variables that a container sets. */
function environment(image: Attributes, asked: Attributes): readonly string[] {
  const own = texts(asked, 'env');
  const nameOf = (variable: string) => variable.split('=')[0];
  const names = own.map(nameOf);
  return [...texts(image, 'env').filter((variable) => !names.includes(nameOf(variable))), ...own];
}

/** The command and entry point: with an entry point of its own, a container does not take the image's command. */
function program(image: Attributes, asked: Attributes): Attributes {
  const [command, entrypoint] = [texts(asked, 'command'), texts(asked, 'entrypoint')];
  if (entrypoint.length > 0) return { command, entrypoint };
  return {
    command: command.length > 0 ? command : texts(image, 'command'),
    entrypoint: texts(image, 'entrypoint'),
  };
}

/** The limit of memory and swap, in MB. Without one of its own, the engine takes twice the memory. */
function swapOf(asked: Attributes): number {
  const swap = number(asked, 'memory_swap') ?? 0;
  return swap === 0 ? 2 * (number(asked, 'memory') ?? 0) : swap;
}

/** The security options of a container. One that sees processes of the host gets one more, unless it has its own. */
function securityOptions(asked: Attributes): readonly string[] {
  const own = texts(asked, 'security_opts');
  const isOpen = asked.pid_mode === 'host' || asked.ipc_mode === 'host' || asked.privileged === true;
  return own.length === 0 && isOpen ? ['label=disable'] : own;
}

function device(asked: Attributes): Attributes {
  const path = text(asked, 'host_path');
  return {
    host_path: path,
    container_path: text(asked, 'container_path') || path,
    permissions: text(asked, 'permissions') || 'rwm',
  };
}

function hostName(id: string, asked: Attributes): string {
  if (text(asked, 'hostname') !== '') return text(asked, 'hostname');
  return asked.network_mode === 'host' ? HOST_NAME : id.slice(0, SHORT_ID);
}

/** What the engine knows of a new container: what is asked for, with what its image and the engine add. */
export function recordOf(id: string, image: EngineObject, asked: Attributes): Attributes {
  const own = image.attributes;
  const plain = Object.entries(PLAIN).map(
    ([name, value]) => [name, isSet(asked[name]) ? (asked[name] ?? value) : value] as const,
  );
  const [check = null] = objects(asked, 'healthcheck');
  return {
    ...Object.fromEntries(plain),
    ...program(own, asked),
    name: text(asked, 'name'),
    image: text(asked, 'image'),
    image_id: image.id,
    hostname: hostName(id, asked),
    user: text(asked, 'user') || text(own, 'user'),
    working_dir: text(asked, 'working_dir') || text(own, 'working_dir'),
    env: environment(own, asked),
    exposed_ports: own.exposed_ports ?? [],
    stop_signal: text(asked, 'stop_signal') || text(own, 'stop_signal'),
    healthcheck: check ?? own.healthcheck ?? null,
    memory_swap: swapOf(asked),
    security_opts: securityOptions(asked),
    devices: objects(asked, 'devices').map(device),
    mounts: objects(asked, 'mounts'),
    labels: objects(asked, 'labels'),
    gpus: text(asked, 'gpus') === '' ? '' : 'all',
    asked_ports: objects(asked, 'ports'),
    published: [],
    volume_names: [],
    unnamed_volumes: [],
    endpoints: [],
    status: 'created',
    exit_code: 0,
  };
}
