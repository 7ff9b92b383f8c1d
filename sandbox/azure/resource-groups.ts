import { text } from '../provider/attributes';
import { AzureError, ProviderError } from './azure-error';
import type { Cloud, CloudObject } from './cloud';
import { isLocation, locations } from './location';
import { GROUP_FORM } from './resource-id';
import type { Rules } from './rules';
import { checkUnused } from './subnets';

/** The provider's refusal to delete a group with content, which it makes before it asks Azure. */
function stillFilled(group: CloudObject, content: readonly CloudObject[]): ProviderError {
  const listed = content.map(({ id }) => `* \`${id}\``).sort();
  return new ProviderError(
    `deleting Resource Group ${JSON.stringify(text(group.attributes, 'name'))}: the Resource Group still contains Resources.

Terraform is configured to check for Resources within the Resource Group when deleting the Resource Group - and
raise an error if nested Resources still exist to avoid unintentionally deleting these Resources.

Terraform has detected that the following Resources still exist within the Resource Group:

${listed.join('\n')}

This is controlled by the feature flag \`prevent_deletion_if_contains_resources\` within the \`features\` block of the Provider.`,
  );
}

/** @throws {@link AzureError} if something outside of the group lies in one of its subnets */
function checkSubnets(cloud: Cloud, group: CloudObject): void {
  const prefix = `${group.id.toLowerCase()}/`;
  for (const subnet of cloud.all('azurerm_subnet')) {
    const isOurs = subnet.id.toLowerCase().startsWith(prefix);
    if (isOurs) checkUnused(cloud, subnet, (user) => user.toLowerCase().startsWith(prefix));
  }
}

/** Removes everything in a group, as Azure does when the group is deleted. */
function empty(cloud: Cloud, group: CloudObject): void {
  const prefix = `${group.id.toLowerCase()}/`;
  for (const object of cloud.everything())
    if (object.id.toLowerCase().startsWith(prefix)) cloud.remove(object);
}

export const resourceGroup: Rules = {
  form: GROUP_FORM,
  subject: (operation, id) => {
    const verb = { create: 'creating', update: 'updating', delete: 'deleting' }[operation];
    return `${verb} Resource Group ${JSON.stringify(id.split('/').at(-1) ?? '')}`;
  },
  id: (cloud, request) => cloud.groupId(text(request, 'name')),
  create(_cloud, request) {
    const location = text(request, 'location');
    if (!isLocation(location))
      throw new AzureError(
        'LocationNotAvailableForResourceGroup',
        `The provided location '${location}' is not available for resource group. List of available regions is '${locations().join(',')}'.`,
      );
    return request;
  },
  remove(cloud, group, { keepsFilledGroups }) {
    const content = cloud.inGroup(group);
    if (keepsFilledGroups && content.length > 0) throw stillFilled(group, content);
    checkSubnets(cloud, group);
    empty(cloud, group);
  },
};
