import { AzureCloud } from './azure-cloud';
import { idOf, makeNetwork, SUBSCRIPTION } from './azure-network';
import { attachment, disk, idIn, machine, makeNode, nic, PUBLIC_KEY } from './azure-nodes';

let cloud: AzureCloud;
beforeEach(async () => {
  cloud = await AzureCloud.start();
  await makeNetwork(cloud.azure);
});
afterEach(() => cloud.stop());

const OTHER_KEY = `${PUBLIC_KEY.slice(0, -2)}Ag`;

it('is deleted with its OS disk, and gives its interface and its data disks free', async () => {
  const node = await makeNode(cloud.azure, 'n1');
  const data = await cloud.azure.make('managed_disk', disk('data'));
  await cloud.azure.make('virtual_machine_data_disk_attachment', attachment('data'));
  expect(
    (await cloud.azure.read('network_interface', idOf('networkInterfaces', 'n1')))?.virtual_machine_id,
  ).toBe(node.id);
  expect(await cloud.azure.delete('linux_virtual_machine', node)).toBe('');
  expect(cloud.names('managed_disk')).toEqual(['data']);
  expect(
    (await cloud.azure.read('network_interface', idOf('networkInterfaces', 'n1')))?.virtual_machine_id,
  ).toBe('');
  expect(await cloud.azure.delete('managed_disk', data)).toBe('');
});

it('leaves its OS disk where the features say so, which no machine of the name can then have', async () => {
  const azure = await cloud.restart({
    subscription_id: SUBSCRIPTION,
    features: [{ virtual_machine: [{ delete_os_disk_on_deletion: false }] }],
  });
  await azure.make('network_interface', nic('n1'));
  const node = await azure.make('linux_virtual_machine', machine('n1', {}, { name: 'n1-root' }));
  expect(await azure.delete('linux_virtual_machine', node)).toBe('');
  expect(cloud.names('managed_disk')).toEqual(['n1-root']);
  const again = await azure.create('linux_virtual_machine', machine('n1', {}, { name: 'n1-root' }));
  expect(again.refused).toContain(
    'error: ConflictingUserInput: Disk n1-root already exists in resource group LAB. Only CreateOption.Attach is supported.',
  );
});

it('grows its OS disk in place, and never shrinks it', async () => {
  await cloud.azure.make('network_interface', nic('n1'));
  const node = await cloud.azure.make('linux_virtual_machine', machine('n1', {}, { disk_size_gb: 40 }));
  const grown = await cloud.azure.update(
    'linux_virtual_machine',
    node,
    machine('n1', {}, { disk_size_gb: 64 }),
  );
  expect(grown.refused).toBe('');
  const shrunk = await cloud.azure.update(
    'linux_virtual_machine',
    grown.state,
    machine('n1', {}, { disk_size_gb: 63 }),
  );
  expect(shrunk.refused).toContain(
    'error: ResizeDiskError: Disk size reduction is not supported. Current size is 68719476736 bytes, requested size is 67645734912 bytes.',
  );
});

it('starts from the image of its size, with what Azure fills in', async () => {
  const node = await makeNode(cloud.azure, 'n1');
  expect(node).toMatchObject({
    allow_extension_operations: true,
    computer_name: 'n1',
    disable_password_authentication: true,
    os_disk: [{ disk_size_gb: 30 }],
    patch_mode: 'ImageDefault',
    private_ip_address: '10.1.1.4',
    provision_vm_agent: true,
    public_ip_address: '',
  });
  expect(node.os_managed_disk_id).toMatch(new RegExp(`^${idIn('Compute', 'disks', 'n1_OsDisk_1_')}`));
});

it.each([
  ['another key', { admin_ssh_key: [{ username: 'ubuntu', public_key: OTHER_KEY }] }, ['admin_ssh_key']],
  [
    'a second key',
    { admin_ssh_key: [PUBLIC_KEY, OTHER_KEY].map((public_key) => ({ username: 'ubuntu', public_key })) },
    ['admin_ssh_key'],
  ],
  ['the same keys', {}, []],
  ['another size', { size: 'Standard_D4s_v5' }, []],
  ['other custom data', { custom_data: 'IyEvYmluL3NoCg==' }, ['custom_data']],
])('is replaced for %s as the provider does', async (_what, more, replaced) => {
  const node = await makeNode(cloud.azure, 'n1');
  const config = { ...node, ...more };
  const plan = await cloud.azure.client.plan('azurerm_linux_virtual_machine', node, config, config);
  expect(plan.replaces).toEqual(replaced);
});
