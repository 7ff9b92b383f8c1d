import { isObject } from '../protocol/values';
import { type Attributes, filled, text } from '../provider/attributes';
import { uuidOf } from '../provider/derived';
import { AzureError, ProviderError } from './azure-error';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { compositeId, compositeParts } from './composite-id';
import type { Rules } from './rules';

const JOB_SCHEDULE = 'azurerm_automation_job_schedule';
const RUNBOOK = 'azurerm_automation_runbook';
const SCHEDULE = 'azurerm_automation_schedule';

/** The ids of the schedule and the runbook that a request joins. */
function ends(cloud: Cloud, request: Attributes): readonly [schedule: string, runbook: string] {
  const [group, account] = [text(request, 'resource_group_name'), text(request, 'automation_account_name')];
  return [
    cloud.id(SCHEDULE, group, account, text(request, 'schedule_name')),
    cloud.id(RUNBOOK, group, account, text(request, 'runbook_name')),
  ];
}

/** @throws if the schedule does not exist, or a parameter's name has a capital letter */
function check(cloud: Cloud, request: Attributes): void {
  const [schedule] = ends(cloud, request);
  const { parameters = null } = request;
  const names = isObject(parameters) ? Object.keys(parameters) : [];
  if (names.some((name) => name !== name.toLowerCase()))
    throw new ProviderError(
      'due to a bug in the implementation of Runbooks in Azure, the parameter names need to be specified in lowercase only. See: "https://github.com/Azure/azure-sdk-for-go/issues/4780" for more information',
    );
  if (cloud.find(SCHEDULE, schedule) === undefined)
    throw new AzureError('NotFound', `The Schedule '${text(request, 'schedule_name')}' was not found.`, 404);
}

function settled(cloud: Cloud, request: Attributes, id: string): Attributes {
  const attributes = filled(request, { job_schedule_id: uuidOf('job schedule', id) });
  const account = cloud.id(
    'azurerm_automation_account',
    text(request, 'resource_group_name'),
    text(request, 'automation_account_name'),
  );
  return {
    ...attributes,
    resource_manager_id: `${account}/jobSchedules/${text(attributes, 'job_schedule_id')}`,
  };
}

/** Joins a runbook that is being made, or changed, to a schedule that its configuration names. @throws if there is no such schedule */
export function makeJobSchedule(cloud: Cloud, request: Attributes): CloudObject {
  check(cloud, request);
  const id = compositeId(...ends(cloud, request));
  return cloud.put(JOB_SCHEDULE, id, settled(cloud, request, id));
}

/** What starts a runbook at the times of a schedule. Its id in Terraform is that of the schedule and that of the runbook. */
export const jobSchedule: Rules = {
  subject: (operation) =>
    `${{ create: 'creating', update: 'updating', delete: 'deleting' }[operation]} Job Schedule`,
  id: (cloud, request) => compositeId(...ends(cloud, request)),
  create(cloud, request, id) {
    const [, runbook] = ends(cloud, request);
    if (cloud.find(RUNBOOK, runbook) === undefined)
      throw new AzureError('NotFound', `The Runbook '${text(request, 'runbook_name')}' was not found.`, 404);
    check(cloud, request);
    return settled(cloud, request, id);
  },
  exists(cloud, { id }) {
    const [schedule, runbook] = compositeParts(id);
    return cloud.find(SCHEDULE, schedule) !== undefined && cloud.find(RUNBOOK, runbook) !== undefined;
  },
  imported(id) {
    const [schedule, runbook] = compositeParts(id);
    if (runbook === '')
      throw new ProviderError(
        `parsing ${JSON.stringify(id)}: expected an ID in the form {ScheduleId}|{RunbookId}`,
      );
    return {
      id,
      schedule_name: schedule.split('/').at(-1) ?? '',
      runbook_name: runbook.split('/').at(-1) ?? '',
    };
  },
};

/** The schedule and the runbook of a job schedule, with the runbook's account. */
export function partsOf(
  cloud: Cloud,
  { id, attributes }: CloudObject,
): { readonly schedule: CloudObject; readonly account: CloudObject } | undefined {
  const [scheduleId] = compositeParts(id);
  const schedule = cloud.find(SCHEDULE, scheduleId);
  const account = cloud
    .all('azurerm_automation_account')
    .find(
      (one) =>
        isSame(text(one.attributes, 'name'), text(attributes, 'automation_account_name')) &&
        isSame(text(one.attributes, 'resource_group_name'), text(attributes, 'resource_group_name')),
    );
  return schedule === undefined || account === undefined ? undefined : { schedule, account };
}
