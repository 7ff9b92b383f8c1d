import '../../../stacks/fast-tokens';
import { TerraformOutput } from 'cdktf';
import type { FixedNodesProps } from '../../../constructs/azure/fixed-nodes';
import { Lease } from '../../../constructs/lease';
import { only, plainAddresses, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { fixedIn, KEY } from './node-lab';

const build = (props: Partial<FixedNodesProps> = {}): Synthesized =>
  synthesizedAzure((stack) => {
    const nodes = fixedIn(stack, props);
    new TerraformOutput(stack, 'nodes', { value: nodes.output });
  });

const machine = (props: Partial<FixedNodesProps> = {}) => only(build(props), 'azurerm_linux_virtual_machine');
const network = (props: Partial<FixedNodesProps> = {}) => only(build(props), 'azurerm_network_interface');

const EACH = /^\$\{local\.Nodes_Each_[0-9A-F]{8}\}$/;

it('makes one element of each resource for a node, so that the others stay when one comes or goes', () => {
  const two = build();
  const three = build({
    nodes: { n1: { name: 'lab-workers-n1' }, n2: { name: 'lab-workers-n2' }, n3: { name: 'lab-workers-n3' } },
  });
  expect(plainAddresses(two)).toEqual([
    'azurerm_linux_virtual_machine.Nodes',
    'azurerm_network_interface.Nodes_Interface',
    'azurerm_network_interface_security_group_association.Nodes_SecurityGroup',
    'azurerm_resource_group.Group',
  ]);
  expect(three.resource).toEqual(two.resource);
  const each = (synth: Synthesized) => Object.values(synth.locals as Record<string, unknown>)[0];
  expect(each(two)).toEqual({
    n1: { name: 'lab-workers-n1', host: 'lab-workers-n1' },
    n2: { name: 'lab-workers-n2', host: 'lab-workers-n2' },
  });
  expect(each(three)).toEqual(expect.objectContaining(each(two) as object));
});

it('makes a machine without a public address and without a password', () => {
  expect(machine()).toEqual({
    admin_ssh_key: [{ public_key: KEY, username: 'ubuntu' }],
    admin_username: 'ubuntu',
    computer_name: '${each.value.host}',
    custom_data: 'IyEvYmluL3NoCg==',
    disable_password_authentication: true,
    for_each: expect.stringMatching(EACH),
    lifecycle: { ignore_changes: ['source_image_reference', 'source_image_id'] },
    location: 'japaneast',
    name: '${each.value.name}',
    network_interface_ids: [
      expect.stringMatching(
        /^\$\{azurerm_network_interface\.Nodes_Interface_[0-9A-F]{8}\[each\.key\]\.id\}$/,
      ),
    ],
    os_disk: { caching: 'ReadWrite', disk_size_gb: 40, storage_account_type: 'StandardSSD_LRS' },
    resource_group_name: expect.stringMatching(/^\$\{azurerm_resource_group\.Group_[0-9A-F]{8}\.name\}$/),
    size: 'Standard_B2s_v2',
    source_image_reference: {
      offer: 'ubuntu-24_04-lts',
      publisher: 'Canonical',
      sku: 'server',
      version: 'latest',
    },
    tags: { Name: '${each.value.name}' },
  });
  expect(network()).toMatchObject({
    ip_configuration: [
      {
        name: 'internal',
        private_ip_address_allocation: 'Dynamic',
        subnet_id: expect.stringMatching(/^\$\{data\.azurerm_subnet\.Place_Subnet_[0-9A-F]{8}\.id\}$/),
      },
    ],
  });
});

it('gives each node the address that it asks for', () => {
  const nodes = {
    '172.21.1.10': { name: 'lab-workers-172.21.1.10', privateAddress: '172.21.1.10' },
    '172.21.1.11': { name: 'lab-workers-172.21.1.11', privateAddress: '172.21.1.11' },
  };
  expect(network({ nodes })).toMatchObject({
    ip_configuration: [
      { private_ip_address_allocation: 'Static', private_ip_address: '${each.value.address}' },
    ],
  });
  expect(Object.values(build({ nodes }).locals as Record<string, unknown>)[0]).toMatchObject({
    '172.21.1.10': { address: '172.21.1.10', host: 'lab-workers-172-21-1-10' },
  });
});

it('has the machines that its condition is true for, and keeps the interfaces of the others', () => {
  const synth = synthesizedAzure((stack) => {
    Lease.nowVariable(stack);
    const lease = new Lease(stack, 'Lease', { seconds: 3000 });
    fixedIn(stack, { isThere: lease.liveExpression });
  });
  expect(only(synth, 'azurerm_linux_virtual_machine').for_each).toMatch(
    /^\$\{\{ for key, node in local\.Nodes_Each_[0-9A-F]{8} : key => node if timecmp\(timeadd\(terraform_data\.Lease_[0-9A-F]{8}\.input, "3000s"\), coalesce\(var\.now, plantimestamp\(\)\)\) > 0 \}\}$/,
  );
  expect(only(synth, 'azurerm_network_interface').for_each).toMatch(EACH);
  expect(only(synth, 'azurerm_network_interface_security_group_association').for_each).toMatch(EACH);
});

it('tells address and name of each machine that there is', () => {
  expect(build().output).toEqual({
    nodes: {
      value: expect.stringMatching(
        /^\$\{\{ for key, machine in azurerm_linux_virtual_machine\.Nodes_[0-9A-F]{8} : key => \{ address = machine\.private_ip_address, instance_id = machine\.name \} \}\}$/,
      ),
    },
  });
});

it('makes spot machines that are deleted when Azure takes them back', () => {
  expect(machine({ spot: {} })).toMatchObject({ priority: 'Spot', eviction_policy: 'Delete' });
  expect(machine({ spot: {} })).not.toHaveProperty('max_bid_price');
  expect(machine({ spot: { maxPrice: 0.05 } })).toMatchObject({ max_bid_price: 0.05 });
  expect(machine()).not.toHaveProperty('priority');
  expect(machine()).not.toHaveProperty('eviction_policy');
});

it('passes on what else is asked for', () => {
  const id = '/subscriptions/x/resourceGroups/y/providers/Microsoft.Compute/galleries/z';
  expect(
    machine({
      trustedLaunch: true,
      zone: '2',
      proximityPlacementGroupId: 'ppg',
      identityIds: ['identity'],
      image: { id },
      osDisk: { sizeGb: 4095, type: 'Premium_LRS', encryptionSetId: 'des' },
      keyTag: 'kakehashi:node',
      tags: { owner: 'team' },
    }),
  ).toMatchObject({
    secure_boot_enabled: true,
    vtpm_enabled: true,
    zone: '2',
    proximity_placement_group_id: 'ppg',
    identity: { type: 'UserAssigned', identity_ids: ['identity'] },
    source_image_id: id,
    os_disk: { disk_size_gb: 4095, storage_account_type: 'Premium_LRS', disk_encryption_set_id: 'des' },
    tags: { owner: 'team', Name: '${each.value.name}', 'kakehashi:node': '${each.key}' },
  });
});

const NAME_64 = `lab-${'n'.repeat(60)}`;

it.each<[string, Partial<FixedNodesProps>]>([
  ['nodes: must hold at least one, got none', { nodes: {} }],
  [
    `nodes.n1.name: must have at most 64 characters, got ${NAME_64}n`,
    { nodes: { n1: { name: `${NAME_64}n` } } },
  ],
  [
    'nodes.n1.name: must be of letters, digits, . and -, and begin and end with a letter or digit, got lab_n1',
    { nodes: { n1: { name: 'lab_n1' } } },
  ],
  [
    'nodes: must all have privateAddress, or none, got 1 of 2 with it',
    { nodes: { a: { name: 'a', privateAddress: '172.21.1.4' }, b: { name: 'b' } } },
  ],
  ['adminUsername: must be none that Azure refuses, got admin', { adminUsername: 'admin' }],
  ['sshPublicKeys: must hold at least one key, got none; there are no passwords', { sshPublicKeys: [] }],
  [
    'sshPublicKeys: must be keys of ssh-rsa or ssh-ed25519, got ecdsa-sha2-nistp256',
    { sshPublicKeys: ['ecdsa-sha2-nistp256 AAAA'] },
  ],
  ['osDisk.sizeGb: must be from 30 to 4095, got 29', { osDisk: { sizeGb: 29, type: 'Standard_LRS' } }],
  ['osDisk.sizeGb: must be from 30 to 4095, got 4096', { osDisk: { sizeGb: 4096, type: 'Standard_LRS' } }],
])('refuses %s', (message, props) => {
  expect(() => build(props)).toThrow(`stack/Nodes: ${message}`);
});

it('takes the longest name', () => {
  expect(() => build({ nodes: { n1: { name: NAME_64 } } })).not.toThrow();
});
