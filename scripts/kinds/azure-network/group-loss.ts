import { Failure } from '../../../base/errors';
import type { PossibleLoss } from '../kind';

/**
 * Refuses a plan that would delete the resource group of a network that stays in it: `resource_group: create` has become `existing`.
 * azurerm deletes no group that something is in, so that the apply would stop there.
 *
 * @throws {@link Failure}
 */
export function refuseGroupLoss({
  stack,
  loaded,
  resources,
  destroy,
}: Omit<PossibleLoss<'azure-network'>, 'session'>): void {
  const network = loaded.catalog.kinds['azure-network']?.networks.find(({ key }) => key === stack.network);
  if (destroy || network === undefined || network.resourceGroup.create) return;
  const actionOf = (type: string) => resources.find(({ resourceType }) => resourceType === type)?.action;
  // A network that is replaced leaves the group, which then goes empty.
  const leaves = ['delete', 'replace'].includes(actionOf('azurerm_virtual_network') ?? '');
  if (actionOf('azurerm_resource_group') !== 'delete' || leaves) return;
  throw new Failure({
    where: stack.id,
    summary: `not planned: its resource group ${network.resourceGroup.name} would be deleted, and the network is in it`,
    fixes: [
      `write resource_group: create in ${network.key} again`,
      'give the network another group with azure_resource_group_name, which replaces it',
    ],
  });
}
