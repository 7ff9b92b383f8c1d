import { Failure } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import type { PossibleLoss } from '../kind';
import { diskOf, keyOf } from './node-key';

/**
 * Refuses a plan that would destroy disks which outlive their nodes; of a group that is gone from the catalog nobody knows any more
 * which ones do.
 *
 * @throws Failure that names them
 */
export function refuseLoss({ stack, loaded, resources }: PossibleLoss<'aws-nodes'>): void {
  const lost = resources.filter(
    ({ action, resourceType }) => resourceType === 'aws_ebs_volume' && /^(delete|replace)$/.test(action),
  );
  const group = loaded.catalog.kinds['aws-nodes']?.groups.find(({ key }) => key === stack.group);
  const kept = lost.filter(({ address }) => {
    const disk = group?.disks.find(({ name }) => name === diskOf(address));
    return stack.gone || (disk !== undefined && 'keep' in disk.volume && disk.volume.keep);
  });
  if (kept.length === 0) return;
  const names = kept.map(({ address }) => `${diskOf(address)} of ${keyOf(address)}`);
  const help = stack.gone
    ? 'write the group again, with disks that have keep: false or without disks, apply it, then remove it'
    : 'write keep: false and apply, if what is on them may be lost';
  throw new Failure(
    `${stack.id}: must keep disks that outlive their nodes: ${listed(names)}\n  help: ${help}`,
  );
}
