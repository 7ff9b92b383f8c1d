import { refuseDiskLoss } from '../../../../scripts/kinds/azure-nodes/loss';
import type { ResourceChange } from '../../../../terraform/messages';
import { tryLoad } from '../../../catalog/folder-of';
import { azureNodes } from '../../../fixtures/azure-nodes';

const DISKS = '    disks: { data: { size: 10, keep: true }, scratch: { size: 10 } }\n    nodes: [a]\n';

/** What is said of a plan that does this to the disk of a node. */
function said(disk: string, action: ResourceChange['action'], gone = false): string {
  const { loaded } = tryLoad({ 'lab.yml': azureNodes(DISKS) }, 'lab');
  const stack = loaded?.stacks.find(({ kind }) => kind === 'azure-nodes');
  if (loaded === undefined || stack?.kind !== 'azure-nodes') throw new Error('no group');
  const resources = [
    {
      address: `azurerm_managed_disk.Disk-${disk}["a"]`,
      resourceType: 'azurerm_managed_disk',
      action,
    },
  ];
  try {
    refuseDiskLoss({ stack: { ...stack, gone }, loaded, resources });
    return '';
  } catch (error) {
    return String(error);
  }
}

test('a disk that outlives its node is not destroyed, and not replaced', () => {
  const refusal =
    'lab-nodes-workers: must keep disks that outlive their nodes: data of a\n  help: write keep: false and apply, if what is on them may be lost';
  expect(said('data', 'delete')).toContain(refusal);
  expect(said('data', 'replace')).toContain(refusal);
});

test('of a group that is gone, no disk is', () => {
  expect(said('scratch', 'delete', true)).toContain(
    'lab-nodes-workers: must keep disks that outlive their nodes: scratch of a\n  help: write the group again',
  );
});

test('others may go, and it may grow', () => {
  expect(said('scratch', 'delete')).toBe('');
  expect(said('data', 'update')).toBe('');
  expect(said('data', 'create')).toBe('');
});
