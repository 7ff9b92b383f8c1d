import { type DockerHost, DockerHosts } from './docker-host';

let hosts: DockerHosts;
let host: DockerHost;
beforeEach(() => {
  hosts = new DockerHosts();
  host = hosts.host();
});
afterEach(() => hosts.remove());

it('adopts a volume of the name, with the labels that it has', async () => {
  await host.make('volume', { name: 'data', labels: [{ label: 'a', value: '1' }] });
  const adopted = await host.make('volume', { name: 'data' });
  expect(host.names('volume')).toEqual(['data']);
  expect(adopted.labels).toEqual([]);
  expect(host.read('volume', adopted)?.labels).toEqual([{ label: 'a', value: '1' }]);
});

it('does not remove a volume that a container has, even a stopped one', async () => {
  const volume = await host.make('volume', { name: 'data' });
  const job = await host.container('job', {
    command: ['true'],
    must_run: false,
    volumes: [{ volume_name: 'data', container_path: '/data' }],
  });
  expect(await host.remove('volume', volume)).toBe(
    "timeout while waiting for state to become 'removed' (last state: 'in_use', timeout: 30s)",
  );
  await host.remove('container', job);
  expect(await host.remove('volume', volume)).toBe('');
});

it('leaves a volume with a name when its container goes, and takes one without', async () => {
  const web = await host.container('web', {
    volumes: [{ container_path: '/unnamed' }],
    mounts: [{ type: 'volume', source: 'named', target: '/named' }],
  });
  expect(host.names('volume')).toHaveLength(2);
  await host.remove('container', web);
  expect(host.names('volume')).toEqual(['named']);
});

it('leaves both where the volumes of a container are not to be removed', async () => {
  const web = await host.container('web', {
    remove_volumes: false,
    volumes: [{ container_path: '/unnamed' }],
  });
  await host.remove('container', web);
  expect(host.names('volume')).toHaveLength(1);
});

it.each([
  [{ name: 'a' }, 'create a: volume name is too short, names should be at least two alphanumeric characters'],
  [
    { name: 'data', driver: 'nfs' },
    'create data: error looking up volume plugin nfs: plugin "nfs" not found',
  ],
  [{ name: 'data', driver_opts: { kind: 'x' } }, 'create data: invalid option: "kind"'],
  [{ name: 'data', driver_opts: { type: 'tmpfs' } }, 'create data: missing required option: "device"'],
])('refuses %j', async (given, message) => {
  expect(await host.refusal('volume', given)).toBe(
    `Unable to create volume: Error response from daemon: ${message}`,
  );
});
