import { Failure } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import type { PossibleLoss } from '../kind';

/** `azurerm_managed_disk.Disk-data["n1"]`. */
const DISK = /^azurerm_managed_disk\.Disk-([a-z][a-z0-9-]*)\["([^"]+)"\]$/;

/**
 * Refuses a plan that would destroy disks which outlive their nodes; of a group that is gone from the catalog nobody knows any more which
 * ones do.
 *
 * @throws Failure that names them
 */
export function refuseDiskLoss({
  stack,
  loaded,
  resources,
}: Pick<PossibleLoss<'azure-nodes'>, 'stack' | 'loaded' | 'resources'>): void {
  const group = loaded.catalog.kinds['azure-nodes']?.groups.find(({ key }) => key === stack.group);
  const kept = resources.flatMap(({ action, address }) => {
    const [, name, key] = DISK.exec(address) ?? [];
    if (name === undefined || (action !== 'delete' && action !== 'replace')) return [];
    const disk = group?.disks.find((one) => one.name === name);
    const isKept = stack.gone || (disk !== undefined && 'keep' in disk && disk.keep);
    return isKept ? [`${name} of ${key}`] : [];
  });
  if (kept.length === 0) return;
  const help = stack.gone
    ? 'write the group again, with disks that have keep: false or without disks, apply it, then remove it'
    : 'write keep: false and apply, if what is on them may be lost';
  throw new Failure(
    `${stack.id}: must keep disks that outlive their nodes: ${listed(kept)}\n  help: ${help}`,
  );
}
