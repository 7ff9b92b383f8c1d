import type { ObjectValue } from '../../sandbox/protocol/values';
import type { Made, ScenarioObject } from './states';

/** A container of the image `box:1`, whose name is made of the label's part after the colon. */
function container(label: string, given: ObjectValue = {}, changed?: ObjectValue): ScenarioObject {
  const name = label.replace(/^container(: )?/, 'c-').replaceAll(/\W+/g, '-');
  return {
    label,
    type: 'docker_container',
    configuration: () => ({ name, image: 'box:1', ...given }),
    asksKept: label === 'container',
    ...(changed === undefined ? {} : { changed }),
  };
}

/** A container whose configuration depends on what was made before. */
function dependent(label: string, given: (made: Made) => ObjectValue): ScenarioObject {
  const { configuration, ...rest } = container(label);
  return { ...rest, configuration: (made) => ({ ...configuration(made), ...given(made) }) };
}

const MB = 64;

const PLAIN: readonly ScenarioObject[] = [
  container('container', {}, { destroy_grace_seconds: 5 }),
  dependent('container: image by id', ({ image }) => ({ image: image?.image_id ?? null })),
  container('container: rich image', { image: 'rich:1' }),
  container('container: command', { command: ['sleep', '50000'], entrypoint: ['/bin/busybox'] }),
  container('container: user', { user: 'app', working_dir: '/tmp', hostname: 'web', domainname: 'lab' }),
  container('container: environment', { env: ['A=1', 'B=2'], labels: [{ label: 'x', value: 'y' }] }),
  container('container: rich environment', { image: 'rich:1', env: ['B=2'] }),
  container('container: restart', { restart: 'always' }, { restart: 'unless-stopped' }),
  container('container: retries', { restart: 'on-failure', max_retry_count: 3 }),
  container('container: memory', { memory: MB }, { memory: 2 * MB }),
  container('container: memory and swap', { memory: MB, memory_swap: 2 * MB }, { cpu_shares: 512 }),
  container('container: memory without limit of swap', { memory: MB, memory_swap: -1, shm_size: MB }),
  container('container: processors', {
    cpu_set: '0',
    cpu_shares: 256,
    cpu_period: 100_000,
    cpu_quota: 50_000,
  }),
  container('container: init', { init: true, tmpfs: { '/run': 'size=1m' } }, { init: false, tmpfs: null }),
  container('container: removed at its end', { rm: true }),
  container(
    'container: health check',
    { healthcheck: [{ test: ['CMD', 'true'], interval: '1s', retries: 2 }], wait: true },
    { healthcheck: [{ test: ['CMD', 'true'], interval: '5s' }] },
  ),
  container('container: health check of the image', { image: 'rich:1', wait: true }),
  container('container: stop', { stop_signal: 'SIGINT', stop_timeout: 20, destroy_grace_seconds: 1 }),
  container('container: names', {
    dns: ['10.0.0.53'],
    dns_search: ['lab'],
    dns_opts: ['ndots:2'],
    host: [{ host: 'db', ip: '10.0.0.1' }],
  }),
  container('container: limits', {
    ulimit: [{ name: 'nofile', soft: 1024, hard: 2048 }],
    capabilities: [{ add: ['CAP_NET_ADMIN'], drop: ['CAP_CHOWN'] }],
    group_add: ['10'],
    read_only: true,
    security_opts: ['no-new-privileges'],
  }),
  container('container: logs', { log_driver: 'json-file', log_opts: { 'max-size': '1m' } }),
  container('container: whole device', {
    devices: [{ host_path: '/dev/null', container_path: '/dev/nothing', permissions: 'r' }],
  }),
  container('container: devices', { devices: [{ host_path: '/dev/null' }], ipc_mode: 'private' }),
  container('container: terminal', { tty: true, stdin_open: true, pid_mode: 'host' }),
  container('container: upload', { upload: [{ file: '/tmp/a', content: 'x' }] }),
];

const MOUNTED: readonly ScenarioObject[] = [
  container(
    'container: volume mounted',
    { mounts: [{ target: '/v', source: 'mounted', type: 'volume' }] },
    { mounts: [{ target: '/w', source: 'mounted', type: 'volume' }] },
  ),
  container('container: mounts', {
    mounts: [
      { target: '/t', type: 'tmpfs', tmpfs_options: [{ size_bytes: 1_048_576 }] },
      { target: '/b', source: '/tmp', type: 'bind', read_only: true },
    ],
  }),
  container('container: volumes', {
    volumes: [
      { container_path: '/v', volume_name: 'named' },
      { container_path: '/b', host_path: '/tmp', read_only: true },
      { container_path: '/n' },
    ],
  }),
];

const CONNECTED: readonly ScenarioObject[] = [
  container('container: ports', {
    ports: [
      { internal: 80, external: 18080 },
      { internal: 53, external: 10053, protocol: 'udp', ip: '127.0.0.1' },
    ],
  }),
  container('container: ports not in order', {
    ports: [
      { internal: 443, external: 18443 },
      { internal: 80, external: 18081 },
    ],
  }),
  container('container: port of the engine', { ports: [{ internal: 80 }] }),
  container('container: all ports', { image: 'rich:1', publish_all_ports: true }),
  container('container: port on two addresses', {
    ports: [
      { internal: 80, external: 18082, ip: '127.0.0.1' },
      { internal: 80, external: 18082, ip: '127.0.0.2' },
    ],
  }),
  container('container: network and another', {
    network_mode: 'plain',
    networks_advanced: [{ name: 'everything' }],
  }),
  container('container: network', { network_mode: 'plain' }),
  container('container: host network', { network_mode: 'host' }),
  container('container: no network', { network_mode: 'none' }),
  dependent('container: network by id', ({ network }) => ({
    networks_advanced: [{ name: network?.id ?? null }],
  })),
  container('container: address', {
    networks_advanced: [{ name: 'subnet', aliases: ['web'], ipv4_address: '10.90.0.10' }],
  }),
];

const STOPPED: readonly ScenarioObject[] = [
  container('container: may stop', { command: ['true'], must_run: false }),
  container('container: fails', { command: ['sh', '-c', 'exit 3'], must_run: false }),
  container('container: attached', { command: ['echo', 'hello'], must_run: false, attach: true, logs: true }),
  container('container: not started', { start: false, must_run: false }),
];

const REFUSED: readonly ScenarioObject[] = [
  container('container: name exists', { name: 'c-' }),
  container('container: wrong name', { name: 'a b' }),
  container('container: port taken', { ports: [{ internal: 80, external: 18080 }] }),
  container('container: port taken on all addresses', {
    ports: [{ internal: 80, external: 18080, ip: '127.0.0.1' }],
  }),
  container('container: ends at once', { command: ['true'] }),
  container('container: unknown network', { network_mode: 'nowhere' }),
  container('container: unknown advanced network', { networks_advanced: [{ name: 'nowhere' }] }),
  container('container: address taken', {
    networks_advanced: [{ name: 'subnet', ipv4_address: '10.90.0.10' }],
  }),
  container('container: address outside', {
    networks_advanced: [{ name: 'subnet', ipv4_address: '10.99.0.10' }],
  }),
  container('container: address in a network without subnet', {
    networks_advanced: [{ name: 'plain', ipv4_address: '172.18.0.99' }],
  }),
  container('container: little memory', { memory: 1 }),
  container('container: less swap than memory', { memory: MB, memory_swap: 32 }),
  container('container: wait without health check', { wait: true }),
  container('container: unhealthy', {
    healthcheck: [{ test: ['CMD', 'false'], interval: '1s', retries: 1 }],
    wait: true,
    wait_timeout: 4,
  }),
  container('container: empty command', { command: [''] }),
  container('container: volume without path', { volumes: [{ volume_name: 'v1' }] }),
  container('container: relative target', { mounts: [{ target: 'v', source: 'v1', type: 'volume' }] }),
  container('container: short name of a volume', { mounts: [{ target: '/v', source: 'v', type: 'volume' }] }),
  container('container: target twice', {
    mounts: [
      { target: '/v', source: 'v1', type: 'volume' },
      { target: '/v', source: 'v2', type: 'volume' },
    ],
  }),
  container('container: options of a volume', {
    mounts: [{ target: '/v', source: 'v1', type: 'volume', volume_options: [{ no_copy: true }] }],
  }),
  container('container: swap without memory', { memory_swap: 64 }),
  container('container: unknown log driver', { log_driver: 'foo' }),
  container('container: retries without failure', { restart: 'always', max_retry_count: 3 }),
  container('container: removed at its end and restarted', { rm: true, restart: 'always' }),
  container('container: upload of nothing', { upload: [{ file: '/tmp/a' }] }),
];

/** Containers in every way that the engine distinguishes. Each may need what the lists of other types make before. */
export const CONTAINERS: readonly ScenarioObject[] = [
  ...PLAIN,
  ...MOUNTED,
  ...CONNECTED,
  ...STOPPED,
  ...REFUSED,
];
