import type { ObjectValue } from '../../../sandbox/protocol/values';
import { objects } from '../../../sandbox/provider/attributes';
import { AzureCloud } from './azure-cloud';
import { GROUP, idOf, makeNetwork, nodes } from './azure-network';
import { idIn, SCALE_SET, scaleSet } from './azure-nodes';

let cloud: AzureCloud;
beforeEach(async () => {
  cloud = await AzureCloud.start();
  await makeNetwork(cloud.azure);
});
afterEach(() => cloud.stop());

async function resources(type: string): Promise<readonly ObjectValue[]> {
  const { state } = await cloud.azure.client.readData('azurerm_resources', {
    resource_group_name: 'lab',
    type,
    name: null,
    required_tags: null,
    timeouts: null,
  });
  return objects(state ?? {}, 'resources');
}

it('makes its instances as machines of its group, with addresses of its subnet', async () => {
  const set = await cloud.azure.make(
    'orchestrated_virtual_machine_scale_set',
    scaleSet(2, { tags: { a: 'b' } }),
  );
  expect(set.instances).toBe(2);
  const machines = await resources('Microsoft.Compute/virtualMachines');
  expect(machines.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^workers_[0-9a-f]{8}$/),
    expect.stringMatching(/^workers_[0-9a-f]{8}$/),
  ]);
  expect(machines.map(({ tags }) => tags)).toEqual([{ a: 'b' }, { a: 'b' }]);
  const addresses = await Promise.all(
    machines.map(
      async ({ id }) => (await cloud.azure.read('linux_virtual_machine', String(id)))?.private_ip_address,
    ),
  );
  expect(addresses).toEqual(['10.1.1.4', '10.1.1.5']);
});

it('ends its youngest instances first, with their disks and interfaces, and gives a new one a new name', async () => {
  const set = await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(3));
  const [first, second, third] = cloud.names('linux_virtual_machine');
  const one = await cloud.azure.update('orchestrated_virtual_machine_scale_set', set, scaleSet(1));
  expect(one.refused).toBe('');
  expect(cloud.names('linux_virtual_machine')).toEqual([first]);
  expect([cloud.names('network_interface').length, cloud.names('managed_disk').length]).toEqual([1, 1]);
  await cloud.azure.update('orchestrated_virtual_machine_scale_set', one.state, scaleSet(2));
  const [, again] = cloud.names('linux_virtual_machine');
  expect([second, third]).not.toContain(again);
});

it('changes its model without touching the instances that it has', async () => {
  const set = await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(2));
  const before = cloud.names('linux_virtual_machine');
  const changed = await cloud.azure.update(
    'orchestrated_virtual_machine_scale_set',
    set,
    scaleSet(2, { sku_name: 'Standard_D4s_v5' }),
  );
  expect(changed.state?.sku_name).toBe('Standard_D4s_v5');
  expect(cloud.names('linux_virtual_machine')).toEqual(before);
});

it('spreads its instances over its zones', async () => {
  await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(3, { zones: ['1', '2'] }));
  const machines = await resources('Microsoft.Compute/virtualMachines');
  const zones = await Promise.all(
    machines.map(async ({ id }) => (await cloud.azure.read('linux_virtual_machine', String(id)))?.zone),
  );
  expect(zones).toEqual(['1', '2', '1']);
});

it('counts the instances that are there, whoever ended the others', async () => {
  await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(2));
  const [name] = cloud.names('linux_virtual_machine');
  const id = idIn('Compute', 'virtualMachines', String(name));
  const instance = await cloud.azure.read('linux_virtual_machine', id);
  expect(await cloud.azure.delete('linux_virtual_machine', instance)).toBe('');
  const set = await cloud.azure.read('orchestrated_virtual_machine_scale_set', SCALE_SET);
  expect(set?.instances).toBe(1);
});

it('leaves nothing of itself, neither when it is deleted nor when it cannot be made', async () => {
  const set = await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(2));
  expect(await cloud.azure.delete('orchestrated_virtual_machine_scale_set', set)).toBe('');
  expect(await resources('Microsoft.Compute/virtualMachines')).toEqual([]);
  await cloud.azure.make('subnet', { ...nodes, name: 'small', address_prefixes: ['10.1.9.0/29'] });
  const subnet_id = idOf('virtualNetworks', 'net', 'subnets', 'small');
  const ip_configuration = [{ name: 'one', primary: true, subnet_id }];
  const network_interface = [{ name: 'nic', primary: true, ip_configuration }];
  const tooMany = await cloud.azure.create(
    'orchestrated_virtual_machine_scale_set',
    scaleSet(4, { network_interface }),
  );
  expect(tooMany.refused).toContain('error: SubnetIsFull: ');
  expect([...cloud.names('linux_virtual_machine'), ...cloud.names('network_interface')]).toEqual([]);
  const group = await cloud.azure.read('resource_group', GROUP);
  expect(await cloud.azure.delete('resource_group', group)).not.toContain('Microsoft.Compute');
});
