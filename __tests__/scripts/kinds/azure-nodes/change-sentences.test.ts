import { groupChanges } from '../../../../scripts/kinds/azure-nodes/change-sentences';
import { textsOf } from '../../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

type Values = Readonly<Record<string, unknown>>;

const ACTIONS = {
  made: ['create'],
  gone: ['delete'],
  replaced: ['delete', 'create'],
  changed: ['update'],
} as const;

/** A change of a resource, by its address without the provider's name. */
function change(
  action: keyof typeof ACTIONS,
  address: string,
  before: Values = {},
  after: Values = {},
  replacedBy: readonly string[] = [],
): ScrubbedChange {
  const [type = ''] = address.split('.');
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return {
    address: type === 'terraform_data' ? address : `azurerm_${address}`,
    type: type === 'terraform_data' ? type : `azurerm_${type}`,
    actions: ACTIONS[action],
    replacedBy,
    before,
    after,
    changed: names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  };
}

const machine = (key: string): string => `linux_virtual_machine.Nodes["${key}"]`;

test('the whole group', () => {
  expect(
    groupChanges({
      changes: [change('gone', 'resource_group.ResourceGroup'), change('gone', machine('n1'))],
    }),
  ).toEqual([
    {
      weight: 'outage',
      text: 'the node group is DESTROYED: all its nodes end, and what is on their disks is lost',
      addresses: ['azurerm_resource_group.ResourceGroup'],
    },
  ]);
});

test.each<[string, readonly ScrubbedChange[], readonly string[]]>([
  [
    'nodes that are added, with what belongs to them',
    [
      change('made', machine('n3')),
      change('made', 'network_interface.Nodes_Interface["n3"]'),
      change('made', 'network_interface_security_group_association.Nodes_SecurityGroup["n3"]'),
    ],
    ['node n3 is made'],
  ],
  [
    'nodes that are removed',
    [
      change('gone', machine('n2')),
      change('gone', machine('n3')),
      change('gone', 'network_interface.Nodes_Interface["n3"]'),
    ],
    ['nodes n2 and n3 end: what is on the OS disk is lost'],
  ],
  [
    'nodes that are replaced, by the reason',
    [
      change('replaced', machine('n1'), { priority: 'Regular' }, { priority: 'Spot' }, ['priority']),
      change('replaced', machine('n2'), { priority: 'Regular' }, { priority: 'Spot' }, ['priority']),
      change('replaced', machine('n3'), { custom_data: 'a' }, { custom_data: 'b' }, ['custom_data']),
    ],
    [
      'nodes n1 and n2 are REPLACED (priority Regular → Spot): what is on the OS disk is lost',
      'node n3 is REPLACED (what they run at first a → b): what is on the OS disk is lost',
    ],
  ],
  [
    'another size',
    [change('changed', machine('n1'), { size: 'Standard_B2s_v2' }, { size: 'Standard_D4s_v5' })],
    ['node n1 changes in place: size (Standard_B2s_v2 → Standard_D4s_v5), with a restart'],
  ],
  [
    'another change in place',
    [change('changed', machine('n1'), { identity: 1, tags: {} }, { identity: 2, tags: { a: '' } })],
    ['node n1 changes in place: identity'],
  ],
  [
    'a renewed lease, with what follows it',
    [
      change('replaced', 'terraform_data.Lease'),
      change('changed', 'automation_schedule.LeaseEnd_Schedule', { start_time: 'a' }, { start_time: 'b' }),
      change('changed', 'monitor_autoscale_setting.Nodes_Lease', { profile: 'a' }, { profile: 'b' }),
    ],
    ['the lease begins anew with this apply'],
  ],
  [
    'a lease of another length',
    [change('changed', 'automation_schedule.LeaseEnd_Schedule', { start_time: 'a' }, { start_time: 'b' })],
    ['changed in place: 1 azurerm automation schedule'],
  ],
  [
    'a scale set',
    [change('changed', 'orchestrated_virtual_machine_scale_set.Nodes', { sku_name: 'a' }, { sku_name: 'b' })],
    ['new nodes differ (size); those that run stay as they are'],
  ],
  [
    'a scale set that is replaced',
    [
      change(
        'replaced',
        'orchestrated_virtual_machine_scale_set.Nodes',
        { priority: 'Regular' },
        { priority: 'Spot' },
        ['priority'],
      ),
    ],
    ['the scale set is REPLACED (priority Regular → Spot): all its nodes end'],
  ],
  [
    'disks, before nodes',
    [
      change('made', machine('n1')),
      change('gone', 'managed_disk.Disk-data["n1"]', { name: 'lab-workers-n1-data' }),
      change(
        'changed',
        'managed_disk.Disk-b["n1"]',
        { name: 'b', disk_size_gb: 1 },
        { name: 'b', disk_size_gb: 2 },
      ),
      change('made', 'managed_disk.Disk-c["n1"]', {}, { name: 'c' }),
      change('made', 'virtual_machine_data_disk_attachment.Disk-c_Attachment["n1"]'),
    ],
    [
      'disk lab-workers-n1-data is DESTROYED, with what is on it',
      'disk b changes in place: disk size gb',
      'disk c is made',
      'node n1 is made',
    ],
  ],
  [
    'tags',
    [
      change('changed', machine('n1'), { tags: {} }, { tags: { a: 'b' } }),
      change('changed', 'resource_group.ResourceGroup', { tags: {} }, { tags: { a: 'b' } }),
    ],
    ['tags of 2 resources change; no node is affected'],
  ],
])('%s', (_, changes, sentences) => {
  expect(textsOf(groupChanges({ changes }))).toEqual(sentences);
});

test('what is read only is no change', () => {
  const read = { ...change('changed', 'subnet.Place_Subnet'), actions: ['read'] };
  expect(groupChanges({ changes: [read] })).toEqual([]);
});
