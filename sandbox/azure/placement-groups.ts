import { text } from '../provider/attributes';
import { inferred, notFound } from './azure-error';
import { type Cloud, isSame } from './cloud';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const GROUP = 'azurerm_proximity_placement_group';

export const placementGroup: Rules = {
  form: ID_FORMS[GROUP],
  id: (cloud, request) => cloud.id(GROUP, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[GROUP], request);
    return request;
  },
  remove(cloud, { id }) {
    const user = cloud
      .all('azurerm_linux_virtual_machine', 'azurerm_orchestrated_virtual_machine_scale_set')
      .find(({ attributes }) => isSame(text(attributes, 'proximity_placement_group_id'), id));
    if (user !== undefined)
      throw inferred(
        'ProximityPlacementGroupInUse',
        `Proximity placement group ${id} cannot be deleted, because ${user.id} is in it.`,
        409,
      );
  },
};

/** @throws {@link AzureError} if the placement group of a request does not exist, or lies in another region */
export function checkPlacementGroup(cloud: Cloud, group: string, location: string): void {
  if (group === '') return;
  const found = cloud.find(GROUP, group);
  if (found === undefined) throw notFound(group);
  if (text(found.attributes, 'location') !== location)
    throw inferred(
      'ProximityPlacementGroupInOtherLocation',
      `Proximity placement group ${group} lies in ${text(found.attributes, 'location')}, not in ${location}.`,
    );
}
