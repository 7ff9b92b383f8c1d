import { type Attributes, number, objects, text } from '../provider/attributes';
import { AzureError, inferred } from './azure-error';
import { type Cloud, isSame } from './cloud';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const SETTING = 'azurerm_monitor_autoscale_setting';
const SET = 'azurerm_orchestrated_virtual_machine_scale_set';

/** @throws {@link AzureError} if the numbers of instances, or the dates, of a profile are in the wrong order */
function checkProfile(profile: Attributes): void {
  const name = text(profile, 'name');
  const [capacity = {}] = objects(profile, 'capacity');
  const [least = 0, usual = 0, most = 0] = ['minimum', 'default', 'maximum'].map((of) =>
    number(capacity, of),
  );
  if (least > usual || usual > most)
    throw inferred(
      'InvalidAutoscaleProfileCapacity',
      `Profile '${name}' must have a default capacity from its minimum to its maximum, not minimum ${least}, default ${usual}, maximum ${most}.`,
    );
  const [date] = objects(profile, 'fixed_date');
  if (date !== undefined && Date.parse(text(date, 'start')) >= Date.parse(text(date, 'end')))
    throw inferred(
      'InvalidAutoscaleProfileFixedDate',
      `Profile '${name}' must start before it ends, not at ${text(date, 'start')} and ${text(date, 'end')}.`,
    );
  if (date !== undefined && objects(profile, 'recurrence').length > 0)
    throw inferred(
      'AutoscaleProfileHasFixedDateAndRecurrence',
      `Profile '${name}' cannot have both a fixed date and a recurrence.`,
    );
}

function check(cloud: Cloud, request: Attributes, id: string): void {
  const target = text(request, 'target_resource_id');
  const names = objects(request, 'profile').map((profile) => text(profile, 'name'));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw inferred('DuplicateAutoscaleProfileName', `Profile name '${twice}' occurs more than once.`);
  for (const profile of objects(request, 'profile')) checkProfile(profile);
  if (cloud.find(SET, target) === undefined)
    throw new AzureError('TargetResourceNotFound', `The target resource '${target}' was not found.`, 404);
  const other = cloud
    .all(SETTING)
    .find(
      (setting) => !isSame(setting.id, id) && isSame(text(setting.attributes, 'target_resource_id'), target),
    );
  if (other !== undefined)
    throw inferred(
      'Conflict',
      `The target resource '${target}' has the autoscale setting '${other.id}' already.`,
      409,
    );
}

/** The numbers by which Azure scales a set. They are applied when the cloud's time passes. */
export const autoscaleSetting: Rules = {
  form: ID_FORMS[SETTING],
  id: (cloud, request) => cloud.id(SETTING, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[SETTING], request);
    check(cloud, request, id);
    return request;
  },
  update(cloud, before, request) {
    check(cloud, request, before.id);
    return request;
  },
};
