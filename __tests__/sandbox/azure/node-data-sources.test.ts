import { AZURE_FILES } from '../../../sandbox/azure/files';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import { objects } from '../../../sandbox/provider/attributes';
import { completed } from '../../../sandbox/provider/normalize';
import { AzureCloud } from './azure-cloud';
import { GROUP, idOf, makeNetwork, SUBSCRIPTION } from './azure-network';
import { disk, identity, idIn, MACHINE, makeNode, nic, role, scaleSet, UBUNTU } from './azure-nodes';

let cloud: AzureCloud;
beforeEach(async () => {
  cloud = await AzureCloud.start();
  await makeNetwork(cloud.azure);
});
afterEach(() => cloud.stop());

/** Reads a data source. @returns its state, or the error */
async function read(type: string, given: ObjectValue): Promise<{ state: ObjectValue; refused: string }> {
  const { block } = AZURE_FILES.schema.data_source_schemas[`azurerm_${type}`] ?? { block: {} };
  const answer = await cloud.azure.client.readData(`azurerm_${type}`, completed(block, given));
  return { state: answer.state ?? {}, refused: answer.diagnostics.map(({ summary }) => summary).join() };
}

const BY_NAME = { resource_group_name: 'lab', name: 'n1' };

it('finds a machine with its state and addresses, and an instance of a scale set like one', async () => {
  await makeNode(cloud.azure, 'n1', { identity: [{ type: 'SystemAssigned' }] });
  await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(1));
  const { state } = await read('virtual_machine', BY_NAME);
  expect(state).toMatchObject({
    id: MACHINE,
    power_state: 'running',
    private_ip_address: '10.1.1.4',
    private_ip_addresses: ['10.1.1.4'],
  });
  expect(objects(state, 'identity')).toMatchObject([{ type: 'SystemAssigned' }]);
  const instance = String(cloud.names('linux_virtual_machine')[1]);
  const found = await read('virtual_machine', { resource_group_name: 'lab', name: instance });
  expect(found.state.private_ip_address).toBe('10.1.1.5');
  const none = await read('virtual_machine', { resource_group_name: 'lab', name: 'none' });
  expect(none.refused).toBe(
    `Virtual Machine (Subscription: "${SUBSCRIPTION}"\nResource Group Name: "lab"\nVirtual Machine Name: "none") was not found`,
  );
});

it('lists resources by name, type, group and tags', async () => {
  await makeNode(cloud.azure, 'n1', { tags: { group: 'workers', node: 'n1' } });
  await makeNode(cloud.azure, 'n2', { tags: { group: 'other' } });
  const list = async (given: ObjectValue) =>
    objects((await read('resources', given)).state, 'resources').map(({ type, name }) => `${type} ${name}`);
  expect(await list({ name: 'n1' })).toEqual([
    'Microsoft.Network/networkInterfaces n1',
    'Microsoft.Compute/virtualMachines n1',
  ]);
  expect(
    await list({ type: 'Microsoft.Compute/virtualMachines', required_tags: { group: 'other' } }),
  ).toEqual(['Microsoft.Compute/virtualMachines n2']);
  expect((await list({ resource_group_name: 'LAB', type: 'microsoft.compute/disks' })).length).toBe(2);
  expect((await read('resources', {})).refused).toBe(
    'at least one of `name`, `resource_group_name` or `type` must be specified',
  );
  expect((await read('resources', { resource_group_name: 'none' })).refused).toContain(
    "ResourceGroupNotFound: Resource group 'none' could not be found.",
  );
});

it('knows images of the marketplace, and no others', async () => {
  const found = await read('platform_image', { ...UBUNTU, version: null, location: 'japaneast' });
  expect(found.state).toMatchObject({
    version: '1.0.0',
    id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/japaneast/publishers/Canonical/artifactTypes/vmImage/offers/ubuntu-24_04-lts/skus/server/versions/1.0.0`,
  });
  const none = await read('platform_image', {
    ...UBUNTU,
    version: null,
    sku: '24_04',
    location: 'japaneast',
  });
  expect(none.refused).toContain('PlatformImageNotFound');
  expect((await read('image', BY_NAME)).refused).toContain('"n1" in resource group "lab" was not found');
});

it('finds roles that are built in, and those of the subscription', async () => {
  const made = await cloud.azure.make('role_definition', role);
  const builtIn = await read('role_definition', { name: 'Virtual Machine Contributor', scope: GROUP });
  expect(builtIn.state).toMatchObject({
    type: 'BuiltInRole',
    id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/9980e02c-c2be-4d73-94e8-173b1dc7cf3c`,
  });
  const own = await read('role_definition', { role_definition_id: made.role_definition_id ?? null });
  expect(own.state).toMatchObject({ type: 'CustomRole', name: 'dev end nodes', assignable_scopes: [GROUP] });
  expect((await read('role_definition', { name: 'Boss' })).refused).toBe(
    "loading Role Definition List: could not find role 'Boss'",
  );
});

it('gives an interface its security group, and a disk its zone', async () => {
  await cloud.azure.make('network_interface', nic('n1'));
  const group = { resource_group_name: 'lab', location: 'japaneast', name: 'nsg' };
  const { id = null } = await cloud.azure.make('network_security_group', group);
  await cloud.azure.make('network_interface_security_group_association', {
    network_interface_id: idOf('networkInterfaces', 'n1'),
    network_security_group_id: id,
  });
  expect((await read('network_interface', BY_NAME)).state.network_security_group_id).toBe(id);
  await cloud.azure.make('managed_disk', disk('n1', { zone: '2' }));
  expect((await read('managed_disk', BY_NAME)).state).toMatchObject({ zones: ['2'], disk_size_gb: 128 });
  const principal = (await cloud.azure.make('user_assigned_identity', { ...identity, name: 'n1' }))
    .principal_id;
  expect((await read('user_assigned_identity', BY_NAME)).state.principal_id).toBe(principal);
  expect((await read('managed_disk', { ...BY_NAME, name: 'none' })).refused).toContain('was not found');
  expect(idIn('Compute', 'disks', 'n1')).toBe((await read('managed_disk', BY_NAME)).state.id);
});
