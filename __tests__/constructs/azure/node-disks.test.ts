import '../../../stacks/fast-tokens';
import type { TerraformStack } from 'cdktf';
import { ExistingNodeDisk, NodeDisk, type NodeDiskProps } from '../../../constructs/azure/node-disks';
import { Lease } from '../../../constructs/lease';
import { at, only, plainAddresses, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { fixedIn } from './node-lab';

const leasedNodes = (stack: TerraformStack) => {
  Lease.nowVariable(stack);
  const lease = new Lease(stack, 'Lease', { seconds: 3000 });
  return fixedIn(stack, {
    isThere: lease.liveExpression,
    zone: '1',
    osDisk: { sizeGb: 40, type: 'Standard_LRS', encryptionSetId: 'des' },
    keyTag: 'kakehashi:node',
    tags: { owner: 'team' },
  });
};

const build = (props: Partial<NodeDiskProps> = {}): Synthesized =>
  synthesizedAzure((stack) => {
    const nodes = leasedNodes(stack);
    new NodeDisk(stack, 'Disk-data', {
      nodes,
      name: 'data',
      lun: 0,
      sizeGb: 100,
      type: 'Premium_LRS',
      ...props,
    });
  });

const ALL = /^\$\{local\.Nodes_Each_[0-9A-F]{8}\}$/;
const THERE = /^\$\{\{ for key, node in local\.Nodes_Each_[0-9A-F]{8} : key => node if .*\}\}$/;

it('makes a disk for each node, which nobody reaches over the network, and attaches it', () => {
  const synth = build();
  expect(plainAddresses(synth).filter((address) => /disk/.test(address))).toEqual([
    'azurerm_managed_disk.Disk-data',
    'azurerm_virtual_machine_data_disk_attachment.Disk-data_Attachment',
  ]);
  expect(only(synth, 'azurerm_managed_disk')).toEqual({
    create_option: 'Empty',
    disk_encryption_set_id: 'des',
    disk_size_gb: 100,
    for_each: expect.stringMatching(THERE),
    location: 'japaneast',
    name: '${each.value.name}-data',
    network_access_policy: 'DenyAll',
    public_network_access_enabled: false,
    resource_group_name: expect.stringContaining('azurerm_resource_group.Group_'),
    storage_account_type: 'Premium_LRS',
    tags: { owner: 'team', Name: '${each.value.name}-data', 'kakehashi:node': '${each.key}' },
    zone: '1',
  });
  expect(only(synth, 'azurerm_virtual_machine_data_disk_attachment')).toEqual({
    caching: 'None',
    for_each: expect.stringMatching(THERE),
    lun: 0,
    managed_disk_id: expect.stringMatching(
      /^\$\{azurerm_managed_disk\.Disk-data_[0-9A-F]{8}\[each\.key\]\.id\}$/,
    ),
    virtual_machine_id: expect.stringMatching(
      /^\$\{azurerm_linux_virtual_machine\.Nodes_[0-9A-F]{8}\[each\.key\]\.id\}$/,
    ),
  });
});

it('keeps a disk beyond its node and its lease, and from destroy', () => {
  const synth = build({ keep: true });
  expect(only(synth, 'azurerm_managed_disk')).toMatchObject({
    for_each: expect.stringMatching(ALL),
    lifecycle: { prevent_destroy: true },
    tags: { 'kakehashi:keep': 'true' },
  });
  expect(only(synth, 'azurerm_virtual_machine_data_disk_attachment').for_each).toMatch(THERE);
});

it.each([0, 32768])('refuses a disk of %d GB', (sizeGb) => {
  expect(() => build({ sizeGb })).toThrow(`stack/Disk-data: sizeGb: must be from 1 to 32767, got ${sizeGb}`);
});

it('attaches a disk that exists already to the only node of a group', () => {
  const synth = synthesizedAzure((stack) => {
    const nodes = fixedIn(stack, { nodes: { n1: { name: 'lab-workers-n1' } } });
    new ExistingNodeDisk(stack, 'Disk-old', { nodes, diskId: 'disk', lun: 3 });
  });
  expect(synth.resource.azurerm_managed_disk).toBeUndefined();
  expect(at(synth, 'azurerm_virtual_machine_data_disk_attachment', 'Disk-old_Attachment')).toMatchObject({
    managed_disk_id: 'disk',
    lun: 3,
  });
});

it('refuses to attach one disk to two nodes', () => {
  expect(() =>
    synthesizedAzure((stack) => {
      new ExistingNodeDisk(stack, 'Disk-old', { nodes: fixedIn(stack), diskId: 'disk', lun: 0 });
    }),
  ).toThrow('stack/Disk-old: nodes: must be one, which a disk is attached to, got 2');
});
