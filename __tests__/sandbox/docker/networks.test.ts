import type { ObjectValue } from '../../../sandbox/protocol/values';
import { type DockerHost, DockerHosts } from './docker-host';

let hosts: DockerHosts;
let host: DockerHost;
beforeEach(() => {
  hosts = new DockerHosts();
  host = hosts.host();
});
afterEach(() => hosts.remove());

function pool(subnet: string, more: ObjectValue = {}): ObjectValue {
  return { name: 'lab', ipam_config: [{ subnet, ...more }] };
}

/** The addresses of a container, by network. */
function addresses(state: ObjectValue): Readonly<Record<string, unknown>> {
  const data = state.network_data as readonly ObjectValue[];
  return Object.fromEntries(data.map(({ network_name, ip_address }) => [network_name, ip_address]));
}

it.each([
  ['a name twice', { name: 'first' }, 'network with name first already exists'],
  ['a name of the engine', { name: 'host' }, 'operation is not permitted on predefined host network'],
  ['an unknown driver', { name: 'lab', driver: 'weave' }, 'plugin "weave" not found'],
  ['a subnet over another', pool('10.90.0.0/16'), 'Pool overlaps with other one on this address space'],
  [
    "a subnet over that of the engine's own bridge",
    pool('172.17.4.0/24'),
    'Pool overlaps with other one on this address space',
  ],
  ['an address as subnet', pool('10.1.0.1'), 'Invalid subnet 10.1.0.1 : invalid CIDR address: 10.1.0.1'],
  [
    'a gateway elsewhere',
    pool('10.1.0.0/24', { gateway: '10.2.0.1' }),
    'failed to allocate gateway (10.2.0.1): Requested address is out of range',
  ],
])('refuses %s', async (_, given, message) => {
  await host.make('network', { name: 'first', ipam_config: [{ subnet: '10.90.1.0/24' }] });
  expect(await host.refusal('network', given)).toBe(
    `Unable to create network: Error response from daemon: ${message}`,
  );
  expect(host.names('network')).toEqual(['first']);
});

it('hands out the next free pool, past those in use', async () => {
  const subnetOf = async (name: string) =>
    ((await host.make('network', { name })).ipam_config as readonly ObjectValue[])[0]?.subnet;
  expect(await subnetOf('one')).toBe('172.18.0.0/16');
  await host.make('network', pool('172.19.5.0/24'));
  expect(await subnetOf('two')).toBe('172.20.0.0/16');
});

it('gives containers the next free addresses of a network, past its gateway and what is kept free', async () => {
  await host.make(
    'network',
    pool('10.90.0.0/24', { gateway: '10.90.0.2', aux_address: { printer: '10.90.0.3' } }),
  );
  const inside = (more: ObjectValue = {}) => ({ networks_advanced: [{ name: 'lab', ...more }] });
  const first = await host.container('first', inside());
  expect(addresses(first)).toEqual({ lab: '10.90.0.4' });
  expect(addresses(await host.container('second', inside({ ipv4_address: '10.90.0.5' })))).toEqual({
    lab: '10.90.0.5',
  });
  expect(addresses(await host.container('third', inside()))).toEqual({ lab: '10.90.0.6' });
  await host.remove('container', first);
  expect(addresses(await host.container('fourth', inside()))).toEqual({ lab: '10.90.0.4' });
});

it('takes a container out of the bridge that names networks, and puts it into all of them', async () => {
  await host.make('network', { name: 'one' });
  const { id } = await host.make('network', { name: 'two' });
  const state = await host.container('web', {
    networks_advanced: [{ name: 'one' }, { name: id ?? null }],
  });
  expect(addresses(state)).toEqual({ one: '172.18.0.2', two: '172.19.0.2' });
  expect(addresses(await host.container('plain'))).toEqual({ bridge: '172.17.0.2' });
});

it('does not remove a network with a running container, and says so after no time', async () => {
  const network = await host.make('network', { name: 'lab' });
  const web = await host.container('web', { network_mode: 'lab' });
  expect(await host.remove('network', network)).toBe(
    "timeout while waiting for state to become 'removed' (last state: 'pending', timeout: 30s)",
  );
  await host.remove('container', web);
  expect(await host.remove('network', network)).toBe('');
  expect(await host.remove('network', network)).toBe('');
});

it("does not remove the engine's own networks, which can be imported by name", async () => {
  const imported = host.read('network', { id: 'bridge' });
  expect(imported).toMatchObject({ id: 'bridge', name: 'bridge', driver: 'bridge' });
  expect(await host.remove('network', imported ?? {})).toBe(
    'Error response from daemon: bridge is a pre-defined network and cannot be removed',
  );
});

it('cannot start a container whose network is gone', async () => {
  expect(await host.refusedContainer({ network_mode: 'nowhere' })).toBe(
    'Unable to start container: Error response from daemon: network nowhere not found',
  );
});
