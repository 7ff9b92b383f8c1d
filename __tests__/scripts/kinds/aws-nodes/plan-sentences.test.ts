import { nodeSentences } from '../../../../scripts/kinds/aws-nodes/plan-sentences';
import { textsOf } from '../../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { nodeCatalog } from '../../../fixtures/node-catalog';
import { loadedFrom } from '../../../support/loaded';

function change(
  address: string,
  actions: readonly string[],
  more: Partial<ScrubbedChange> = {},
): ScrubbedChange {
  const [type = ''] = address.split('.');
  return { address, type, actions, replacedBy: [], before: {}, after: {}, changed: [], ...more };
}

const node = (key: string, ...actions: readonly string[]): ScrubbedChange =>
  change(`aws_instance.Nodes["${key}"]`, actions);
const REPLACE = ['delete', 'create'];

function sentences(keys: string, ...changes: readonly ScrubbedChange[]): readonly string[] {
  const loaded = loadedFrom(nodeCatalog(keys));
  const stack = loaded.stacks.find(({ kind }) => kind === 'aws-nodes');
  if (stack?.kind !== 'aws-nodes') throw new Error('the catalog has no group');
  const details = { changes, drift: [], outputs: [], outputValues: {}, unchanged: [], references: {} };
  return textsOf(nodeSentences({ stack, loaded, resources: [], details }));
}

const LEASE = { after: { input: '2030-01-01T00:00:00Z' } };

test('new nodes are told with their machine, the end of their lease, and what they may cost', () => {
  expect(
    sentences(
      'nodes: 3, price_per_hour: 0.1008',
      node('n1', 'create'),
      node('n2', 'create'),
      node('n3', 'create'),
      change('terraform_data.Lease', ['create'], LEASE),
      change('aws_iam_role.Profile_Role', ['create']),
    ),
  ).toEqual([
    'nodes n1, n2 and n3 are created: m7i.large, 16 GB gp3, in ap-northeast-1',
    'the lease of 50 min begins with this plan',
  ]);
});

test('a group without a lease costs without an end', () => {
  expect(sentences('nodes: 1, lease: none, reason: a, price_per_hour: 0.25', node('n1', 'create'))).toEqual([
    'node n1 is created: m7i.large, 16 GB gp3, in ap-northeast-1',
  ]);
});

test('nodes that the catalog still has go because their lease has ended; others because it has them no more', () => {
  expect(sentences('nodes: 2', node('n1', 'delete'), node('n2', 'delete'))).toEqual([
    'the lease has ended: nodes n1 and n2 are ended, with what runs on them',
  ]);
  expect(sentences('nodes: 2', node('n3', 'delete'))).toEqual(['node n3 is DESTROYED, with what runs on it']);
});

test('a replaced node says why', () => {
  const replaced = change('aws_instance.Nodes["n1"]', REPLACE, { replacedBy: ['user_data_base64'] });
  expect(sentences('nodes: 2', replaced)).toEqual([
    'node n1 is REPLACED, because the user data changes: what runs on it and the root disk are lost',
  ]);
});

test('another type stops nodes, other changes do not', () => {
  const changed = (attribute: string) =>
    change('aws_instance.Nodes["n1"]', ['update'], { changed: [attribute] });
  expect(sentences('nodes: 2', changed('instance_type'))).toEqual([
    'node n1 is stopped, get another type, and start again',
  ]);
  expect(sentences('nodes: 2', changed('tags'))).toEqual(['node n1 changes in place and works on']);
});

test('a renewed lease goes on from now', () => {
  expect(sentences('nodes: 2, price_per_hour: 1', change('terraform_data.Lease', REPLACE, LEASE))).toEqual([
    'the lease of 50 min is renewed from now',
  ]);
});

const ELASTIC =
  'kind: elastic, nodes: { initial: 1, max: 4 }, instance_type: [m7i.large, m6i.large], spot: { max_price: 0.05 }';
const group = (actions: readonly string[], more: Partial<ScrubbedChange> = {}) =>
  change('aws_autoscaling_group.Nodes', actions, more);

test('a spot group says how many pools it has', () => {
  expect(sentences(ELASTIC, group(['create']))).toEqual([
    'a group of 1 node at first, at most 4 is created: m7i.large or 1 other type, 16 GB gp3, in ap-northeast-1, spot of 2 pools (types in one zone), at most 0.05 USD an hour',
  ]);
});

test('a group ends with its lease, is replaced when it begins anew, and keeps its size else', () => {
  const size = (before: number, after: number) => ({
    changed: ['max_size'],
    before: { max_size: before, desired_capacity: 1 },
    after: { max_size: after },
  });
  expect(sentences(ELASTIC, group(['update'], size(4, 0)))).toEqual([
    'the lease has ended: the group goes to no nodes, with what runs on them',
  ]);
  expect(sentences(ELASTIC, group(['update'], size(3, 4)))).toEqual([
    'the group has at most 4 nodes instead of 3',
  ]);
  expect(sentences(ELASTIC, group(REPLACE))).toEqual([
    'the group is REPLACED: nodes that are there end, and it begins anew with 1 node at first, at most 4',
  ]);
  expect(sentences(ELASTIC, group(['delete']))).toEqual([
    'the group is DESTROYED, with all its nodes and what runs on them',
  ]);
  const later = { changed: ['tag'], before: { desired_capacity: 3 }, after: {} };
  expect(sentences(ELASTIC, group(['update'], later))).toEqual([
    'the group changes in place; its nodes work on',
    "nodes.initial (1) counts only at the group's birth: it stays at 3 nodes",
  ]);
});

test('a changed template is for new nodes', () => {
  expect(sentences(ELASTIC, change('aws_launch_template.Nodes_Template', ['update']))).toEqual([
    'new nodes start from the changed template; those that are there work on as they are',
  ]);
});

test('disks are told by their nodes', () => {
  const disk = (key: string, actions: readonly string[]) =>
    change(`aws_ebs_volume.Disks_data["${key}"]`, actions);
  const keys = 'nodes: 2, disks: { data: { size: 10 } }';
  expect(sentences(keys, disk('n1', ['create']), disk('n2', ['create']))).toEqual([
    'disks data of n1 and n2 are created',
  ]);
  expect(sentences(keys, disk('n1', ['delete']))).toEqual([
    'disk data of n1 is DESTROYED, with what is on it',
  ]);
  expect(sentences(keys, disk('n1', REPLACE))).toEqual([
    'disk data of n1 is REPLACED: what is on it is lost',
  ]);
});

test('anything else is told by what is made', () => {
  expect(sentences('nodes: 2', change('aws_iam_role.Profile_Role', ['create']))).toEqual([
    'made: 1 aws iam role',
  ]);
});
