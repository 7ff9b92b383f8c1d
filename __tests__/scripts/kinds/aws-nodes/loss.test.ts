import { refuseLoss } from '../../../../scripts/kinds/aws-nodes/loss';
import type { Session } from '../../../../scripts/session/session';
import { nodeCatalog } from '../../../fixtures/node-catalog';
import { loadedFrom } from '../../../support/loaded';

function losing(disk: string, gone = false, action = 'delete') {
  const loaded = loadedFrom(nodeCatalog(`nodes: 2, disks: { data: ${disk} }`));
  const stack = loaded.stacks.find(({ kind }) => kind === 'aws-nodes');
  if (stack?.kind !== 'aws-nodes') throw new Error('the catalog has no group');
  const resources = ['n1', 'n2'].map((key) => ({
    address: `aws_ebs_volume.Disks_data["${key}"]`,
    resourceType: 'aws_ebs_volume',
    action,
  }));
  const given = gone ? { ...stack, group: undefined, gone } : stack;
  return () => refuseLoss({ session: {} as Session, stack: given, loaded, resources, destroy: false });
}

test('disks that outlive their nodes are not destroyed, nor replaced, and the message names them', () => {
  const refused = `dev-nodes-workers: must keep disks that outlive their nodes: data of n1 and data of n2
  help: write keep: false and apply, if what is on them may be lost`;
  expect(losing('{ size: 10, keep: true }')).toThrow(refused);
  expect(losing('{ size: 10, keep: true }', false, 'replace')).toThrow(refused);
  expect(losing('{ size: 10, keep: true }', false, 'create')).not.toThrow();
});

test('other disks go with their nodes', () => {
  expect(losing('{ size: 10 }')).not.toThrow();
});

test('of a group that is gone nobody knows which disks outlive it', () => {
  expect(losing('{ size: 10 }', true)).toThrow(
    'help: write the group again, with disks that have keep: false or without disks, apply it, then remove it',
  );
});
