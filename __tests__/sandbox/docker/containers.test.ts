import { type DockerHost, DockerHosts } from './docker-host';

let hosts: DockerHosts;
let host: DockerHost;
beforeEach(() => {
  hosts = new DockerHosts();
  host = hosts.host();
});
afterEach(() => hosts.remove());

const CHECK = [{ test: ['CMD', 'false'], interval: '1s', retries: 1 }];

it('keeps the engines of several hosts apart', async () => {
  const other = hosts.host('ssh://root@10.0.2.31:20022');
  const ports = [{ internal: 80, external: 8080 }];
  const first = await host.container('web', { ports });
  const second = await other.container('web', { ports });
  expect(first.id).not.toBe(second.id);
  expect([host.names('container'), other.names('container')]).toEqual([['web'], ['web']]);
  expect(other.read('container', first)).toBeNull();
});

it('refuses a name that is in use, with the id of the container that has it', async () => {
  const { id } = await host.container('web');
  expect(await host.refusedContainer({ name: 'web' })).toBe(
    `Unable to create container: Error response from daemon: Conflict. The container name "/web" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  );
});

it('gives another id to a container that is made anew', async () => {
  const first = await host.container('web');
  await host.remove('container', first);
  expect((await host.container('web')).id).not.toBe(first.id);
});

it('removes a container that ends at once, unless it need not run', async () => {
  expect(await host.refusedContainer({ command: ['true'] })).toBe('container exited immediately');
  expect(host.names('container')).toEqual([]);
  const job = await host.container('job', { command: ['sh', '-c', 'exit 3'], must_run: false });
  expect(job.exit_code).toBe(3);
  const again = await host.container('again', { command: ['true'], restart: 'always' });
  expect(again.exit_code).toBeNull();
});

it('leaves a container that is not healthy in time running and tainted', async () => {
  const given = { name: 'web', image: 'box:1', wait: true, wait_timeout: 5 };
  const unhealthy = await host.change('container', null, { ...given, healthcheck: CHECK });
  expect(unhealthy.refused).toBe('container failed to be in healthy state');
  expect(unhealthy.state?.id).toMatch(/^[0-9a-f]{64}$/);
  const unchecked = await host.change('container', null, { ...given, name: 'other' });
  expect(unchecked.refused).toContain('the container does not have a healthcheck defined');
  expect(host.names('container')).toEqual(['web', 'other']);
  expect(host.read('container', unhealthy.state ?? {})?.name).toBe('web');
});

it('takes no health check for one that the image has, where it is NONE', async () => {
  expect(await host.refusedContainer({ wait: true, healthcheck: [{ test: ['NONE'] }] })).toContain(
    'the container does not have a healthcheck defined',
  );
});

it.each([
  [
    'a name of one letter',
    { name: 'a' },
    'Invalid container name (a), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
  ],
  ['5 MB', { memory: 5 }, 'Minimum memory limit allowed is 6MB'],
  [
    'a limit of swap below the memory',
    { memory: 64, memory_swap: 63 },
    'Minimum memoryswap limit should be larger than memory limit, see usage',
  ],
  [
    'retries of a container that is always restarted',
    { restart: 'always', max_retry_count: 1 },
    "maximum retry count cannot be used with restart policy 'always'",
  ],
  [
    'a bind without source',
    { mounts: [{ type: 'bind', target: '/a' }] },
    'invalid mount config for type "bind": field Source must not be empty',
  ],
  [
    'a tmpfs with source',
    { mounts: [{ type: 'tmpfs', target: '/a', source: '/b' }] },
    'invalid mount config for type "tmpfs": field Source must not be specified',
  ],
  [
    'a volume and a mount at one place',
    {
      mounts: [{ type: 'tmpfs', target: '/a' }],
      volumes: [{ container_path: '/a', volume_name: 'data' }],
    },
    'Duplicate mount point: /a',
  ],
])('refuses %s', async (_, given, message) => {
  expect(await host.refusedContainer(given)).toBe(
    `Unable to create container: Error response from daemon: ${message}`,
  );
  expect(host.names('container')).toEqual([]);
});

it.each([
  [{ memory: 6 }],
  [{ memory: 64, memory_swap: 64 }],
  [{ restart: 'on-failure', max_retry_count: 1 }],
  [{ name: 'ab' }],
])('takes the neighbours of what it refuses: %j', async (given) => {
  expect(await host.refusedContainer(given)).toBe('');
});

it('refuses what the provider itself refuses, and names the argument that ends the real provider', async () => {
  expect(await host.refusedContainer({ cgroupns_mode: 'x' })).toBe(
    "cgroupns_mode: invalid CGROUP mode, must be either 'private', 'host' or empty",
  );
  expect(await host.refusedContainer({ volumes: [{ container_path: '/a', from_container: 'b' }] })).toBe(
    'Unable to parse volumes: both a container and a path specified in a volume entry',
  );
  expect(await host.refusedContainer({ cpus: '0.5' })).toContain('the argument cpus ends the provider');
});

it('waits in vain for the end of a container that goes on', async () => {
  expect(await host.refusedContainer({ attach: true })).toBe(
    'Unable to wait container end of execution: context deadline exceeded',
  );
});

it('raises memory only up to the limit of swap', async () => {
  const web = await host.container('web', { memory: 64, memory_swap: 128 });
  const given = { name: 'web', image: String(web.image), memory_swap: 128 };
  expect((await host.change('container', web, { ...given, memory: 128 })).refused).toBe('');
  const unset = await host.container('unset', { memory: 64 });
  const read = host.read('container', unset) ?? {};
  expect(
    (await host.change('container', read, { name: 'unset', image: String(web.image), memory: 129 })).refused,
  ).toBe(
    `Unable to update a container: Error response from daemon: Cannot update container ${unset.id}: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time`,
  );
});

it.each([
  ['memory for a container without limits', { memory: 64 }, /update the memoryswap at the same time$/],
  [
    '5 MB',
    { memory: 5, memory_swap: 10 },
    /Error response from daemon: Minimum memory limit allowed is 6MB$/,
  ],
  ['a limit of swap alone', { memory_swap: 64 }, /runc did not terminate successfully/],
])('refuses %s in place, though the state has it until the next refresh', async (_, given, message) => {
  const web = await host.container('web');
  const changed = await host.change('container', web, { name: 'web', image: String(web.image), ...given });
  expect(changed.refused).toMatch(message);
  expect(changed.state).toMatchObject(given);
  expect(host.read('container', changed.state ?? {})).toMatchObject({ memory: 0, memory_swap: 0 });
});

it('sets memory and swap of a container without limits together', async () => {
  const web = await host.container('web');
  const given = { memory: 64, memory_swap: 128 };
  expect(
    (await host.change('container', web, { name: 'web', image: String(web.image), ...given })).refused,
  ).toBe('');
  expect(host.read('container', web)).toMatchObject(given);
});

it('does not lift a limit that the configuration no longer has', async () => {
  const web = await host.container('web', { memory: 64, memory_swap: 128, cpu_shares: 256 });
  const changed = await host.change('container', web, {
    name: 'web',
    image: String(web.image),
    restart: 'always',
  });
  expect(changed.state).toMatchObject({ memory: 0, cpu_shares: 0, restart: 'always' });
  expect(host.read('container', changed.state ?? {})).toMatchObject({ memory: 64, cpu_shares: 256 });
});

it('does not remove a container whose state has rm, and the engine has not', async () => {
  const web = await host.container('web');
  expect(await host.remove('container', { ...web, rm: true })).toBe(
    `Error deleting container ${web.id}: Error response from daemon: Conflict, cannot remove the default link name of the container`,
  );
  expect(await host.remove('container', web)).toBe('');
  expect(await host.remove('container', web)).toBe(
    `Error stopping container ${web.id}: Error response from daemon: No such container: ${web.id}`,
  );
});

it.each([
  ['0.0.0.0', '0.0.0.0', /Bind for 0\.0\.0\.0:80 failed: port is already allocated$/],
  ['0.0.0.0', '10.0.2.1', /listen tcp4 10\.0\.2\.1:80: bind: address already in use$/],
  ['10.0.2.1', '0.0.0.0', /listen tcp4 0\.0\.0\.0:80: bind: address already in use$/],
])('publishes a port once: on %s, then on %s', async (first, second, message) => {
  await host.container('first', { ports: [{ internal: 80, external: 80, ip: first }] });
  expect(await host.refusedContainer({ ports: [{ internal: 80, external: 80, ip: second }] })).toMatch(
    message,
  );
});

it('publishes a port on two addresses, and by two protocols', async () => {
  const port = { internal: 80, external: 80 };
  await host.container('first', { ports: [{ ...port, ip: '10.0.2.1' }] });
  expect(await host.refusedContainer({ ports: [{ ...port, ip: '10.0.2.2' }] })).toBe('');
  expect(await host.refusedContainer({ name: 'third', ports: [{ ...port, protocol: 'udp' }] })).toBe('');
});

it('chooses free ports itself, and gives those of removed containers again', async () => {
  const chosen = (state: unknown) => (state as { ports: readonly { external: number }[] }).ports[0]?.external;
  const first = await host.container('first', { ports: [{ internal: 80 }] });
  const second = await host.container('second', { ports: [{ internal: 80 }] });
  expect([chosen(first), chosen(second)]).toEqual([49153, 49154]);
  await host.remove('container', first);
  expect(chosen(await host.container('third', { ports: [{ internal: 80 }] }))).toBe(49153);
});
