import '../../../stacks/fast-tokens';
import type { ElasticNodesProps } from '../../../constructs/azure/elastic-nodes';
import { Lease } from '../../../constructs/lease';
import { only, plainAddresses, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { elasticIn, KEY } from './node-lab';

const build = (props: Partial<ElasticNodesProps> = {}): Synthesized =>
  synthesizedAzure((stack) => {
    elasticIn(stack, props);
  });

const leased = (props: Partial<ElasticNodesProps> = {}): Synthesized =>
  synthesizedAzure((stack) => {
    Lease.nowVariable(stack);
    elasticIn(stack, { lease: new Lease(stack, 'Lease', { seconds: 3600 }), ...props });
  });

const set = (props: Partial<ElasticNodesProps> = {}) =>
  only(build(props), 'azurerm_orchestrated_virtual_machine_scale_set');

it('makes a flexible scale set whose size is its own after its birth', () => {
  expect(set()).toEqual({
    instances: 2,
    lifecycle: { ignore_changes: ['instances', 'source_image_reference', 'source_image_id'] },
    location: 'japaneast',
    name: 'lab-workers',
    network_interface: [
      {
        ip_configuration: [
          { name: 'internal', primary: true, subnet_id: expect.stringContaining('data.azurerm_subnet.') },
        ],
        name: 'internal',
        network_security_group_id: expect.stringContaining('data.azurerm_network_security_group.'),
        primary: true,
      },
    ],
    os_disk: { caching: 'ReadWrite', disk_size_gb: 40, storage_account_type: 'StandardSSD_LRS' },
    os_profile: {
      custom_data: 'IyEvYmluL3NoCg==',
      linux_configuration: {
        admin_ssh_key: [{ public_key: KEY, username: 'ubuntu' }],
        admin_username: 'ubuntu',
        computer_name_prefix: 'lab-workers-',
        disable_password_authentication: true,
      },
    },
    platform_fault_domain_count: 1,
    resource_group_name: expect.stringContaining('azurerm_resource_group.Group_'),
    sku_name: 'Standard_B2s_v2',
    source_image_reference: {
      offer: 'ubuntu-24_04-lts',
      publisher: 'Canonical',
      sku: 'server',
      version: 'latest',
    },
    tags: { Name: 'lab-workers' },
  });
});

it('has no autoscale setting without a lease', () => {
  expect(plainAddresses(build())).toEqual([
    'azurerm_orchestrated_virtual_machine_scale_set.Nodes',
    'azurerm_resource_group.Group',
  ]);
});

it('keeps the initial number at least until the end of a lease, and none after it', () => {
  const synth = leased({ tags: { owner: 'team' } });
  const start = expect.stringMatching(/^\$\{terraform_data\.Lease_[0-9A-F]{8}\.input\}$/);
  const end = expect.stringMatching(/^\$\{timeadd\(terraform_data\.Lease_[0-9A-F]{8}\.input, "3600s"\)\}$/);
  expect(only(synth, 'azurerm_monitor_autoscale_setting')).toEqual({
    location: 'japaneast',
    name: 'lab-workers-lease',
    profile: [
      {
        name: 'lease',
        capacity: { default: 2, minimum: 2, maximum: 5 },
        fixed_date: { start, end, timezone: 'UTC' },
      },
      { name: 'ended', capacity: { default: 0, minimum: 0, maximum: 0 } },
    ],
    resource_group_name: expect.stringContaining('azurerm_resource_group.Group_'),
    tags: { owner: 'team' },
    target_resource_id: expect.stringMatching(
      /^\$\{azurerm_orchestrated_virtual_machine_scale_set\.Nodes_[0-9A-F]{8}\.id\}$/,
    ),
  });
});

it('is born empty where its lease is over already', () => {
  expect(only(leased(), 'azurerm_orchestrated_virtual_machine_scale_set').instances).toMatch(
    /^\$\{timecmp\(timeadd\(terraform_data\.Lease_[0-9A-F]{8}\.input, "3600s"\), .*\) > 0 \? 2 : 0\}$/,
  );
});

it('chooses among several sizes: the first one that Azure has, of spot machines those with most capacity', () => {
  const sizes = ['Standard_D4s_v5', 'Standard_D4as_v5'];
  expect(set({ sizes })).toMatchObject({
    sku_name: 'Mix',
    sku_profile: { allocation_strategy: 'Prioritized', vm_sizes: sizes },
  });
  expect(set({ sizes, spot: { maxPrice: 0.1 } })).toMatchObject({
    priority: 'Spot',
    eviction_policy: 'Delete',
    max_bid_price: 0.1,
    sku_profile: { allocation_strategy: 'CapacityOptimized', vm_sizes: sizes },
  });
});

it('passes on what else is asked for', () => {
  expect(
    set({ zone: '3', proximityPlacementGroupId: 'ppg', identityIds: ['identity'], image: { id: 'image' } }),
  ).toMatchObject({
    zones: ['3'],
    proximity_placement_group_id: 'ppg',
    identity: { type: 'UserAssigned', identity_ids: ['identity'] },
    source_image_id: 'image',
  });
});

it('mixes spot machines with others, where it is asked for some', () => {
  const onDemand = { base: 1, percent: 20 };
  expect(set({ spot: {}, onDemand }).priority_mix).toEqual({
    base_regular_count: 1,
    regular_percentage_above_base: 20,
  });
  expect(set({ spot: {}, onDemand: { base: 0, percent: 0 } })).not.toHaveProperty('priority_mix');
  expect(set({ onDemand })).not.toHaveProperty('priority_mix');
});

it('gives each machine further disks, with the key of the OS disk', () => {
  expect(
    set({
      osDisk: { sizeGb: 40, type: 'Standard_LRS', encryptionSetId: 'des' },
      disks: [{ lun: 0, sizeGb: 200, type: 'Premium_LRS' }],
    }).data_disk,
  ).toEqual([
    {
      caching: 'None',
      create_option: 'Empty',
      disk_encryption_set_id: 'des',
      disk_size_gb: 200,
      lun: 0,
      storage_account_type: 'Premium_LRS',
    },
  ]);
});

const SIZES = Array.from({ length: 6 }, (_, index) => `Standard_D${2 ** index}s_v5`);

it.each<[string, Partial<ElasticNodesProps>]>([
  ['sizes: must be one to 5, got 0', { sizes: [] }],
  ['sizes: must be one to 5, got 6', { sizes: SIZES }],
  [`hostPrefix: must have at most 58 characters, got ${'h'.repeat(59)}`, { hostPrefix: 'h'.repeat(59) }],
  ['most: must be at most 1000, got 1001', { most: 1001 }],
  ['initial: must be at most most (5), got 6', { initial: 6 }],
  ['adminUsername: must be none that Azure refuses, got root', { adminUsername: 'root' }],
])('refuses %s', (message, props) => {
  expect(() => build(props)).toThrow(`stack/Nodes: ${message}`);
});

it('takes five sizes, a prefix of 58 characters and 1000 machines', () => {
  expect(() =>
    build({ sizes: SIZES.slice(1), hostPrefix: 'h'.repeat(58), initial: 1000, most: 1000 }),
  ).not.toThrow();
});
