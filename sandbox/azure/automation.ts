import { type Attributes, filled, objects, text } from '../provider/attributes';
import { digest, uuidOf } from '../provider/derived';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { withIdentities } from './identities';
import { makeJobSchedule } from './job-schedules';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import { inlineElements, type Rules } from './rules';

const ACCOUNT = 'azurerm_automation_account';
const RUNBOOK = 'azurerm_automation_runbook';
const JOB_SCHEDULE = 'azurerm_automation_job_schedule';

function key(...parts: readonly string[]): string {
  return digest(...parts).toString('base64');
}

export const automationAccount: Rules = {
  form: ID_FORMS[ACCOUNT],
  id: (cloud, request) => cloud.id(ACCOUNT, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[ACCOUNT], request);
    const own = uuidOf('automation account', id);
    const host = `https://${own}.agentsvc.${text(request, 'location')}.azure-automation.net/accounts/${own}`;
    return {
      ...request,
      identity: withIdentities(cloud, request, id),
      dsc_server_endpoint: host,
      hybrid_service_url: host.replace('agentsvc', 'jrds'),
      dsc_primary_access_key: key('primary key', id),
      dsc_secondary_access_key: key('secondary key', id),
      private_endpoint_connection: [],
    };
  },
  update: (cloud, before, request) => ({
    ...request,
    identity: withIdentities(cloud, request, before.id),
  }),
  remove(cloud, { id }) {
    const prefix = `${id}/`.toLowerCase();
    for (const child of cloud.all(RUNBOOK, 'azurerm_automation_schedule', JOB_SCHEDULE))
      if (child.id.toLowerCase().startsWith(prefix)) cloud.remove(child);
  },
};

/** The job schedules of a runbook, oldest first. */
function schedulesOf(cloud: Cloud, runbook: Attributes): readonly CloudObject[] {
  return cloud
    .all(JOB_SCHEDULE)
    .filter(
      ({ attributes }) =>
        isSame(text(attributes, 'runbook_name'), text(runbook, 'name')) &&
        isSame(text(attributes, 'automation_account_name'), text(runbook, 'automation_account_name')) &&
        isSame(text(attributes, 'resource_group_name'), text(runbook, 'resource_group_name')),
    );
}

/** Makes the job schedules of a runbook those of its configuration. */
function setSchedules(cloud: Cloud, runbook: Attributes, inline: readonly Attributes[]): void {
  for (const old of schedulesOf(cloud, runbook)) cloud.remove(old);
  for (const schedule of inline)
    makeJobSchedule(cloud, {
      resource_group_name: text(runbook, 'resource_group_name'),
      automation_account_name: text(runbook, 'automation_account_name'),
      runbook_name: text(runbook, 'name'),
      schedule_name: text(schedule, 'schedule_name'),
      parameters: schedule.parameters ?? null,
      run_on: schedule.run_on ?? null,
    });
}

export const runbook: Rules = {
  form: ID_FORMS[RUNBOOK],
  id: (cloud, request) =>
    cloud.id(
      RUNBOOK,
      text(request, 'resource_group_name'),
      text(request, 'automation_account_name'),
      text(request, 'name'),
    ),
  create(cloud, request) {
    const [group, account] = [text(request, 'resource_group_name'), text(request, 'automation_account_name')];
    cloud.requireParent(ACCOUNT, RUNBOOK, group, account);
    checkLocation(ID_FORMS[RUNBOOK], request);
    const { job_schedule: _, ...own } = request;
    setSchedules(cloud, own, objects(request, 'job_schedule'));
    return filled(own, { content: '' });
  },
  update(cloud, _before, request, prior) {
    const { job_schedule: _, ...own } = request;
    const inline = inlineElements(request, prior, 'job_schedule');
    if (inline !== undefined) setSchedules(cloud, own, inline);
    return own;
  },
  remove(cloud, { attributes }) {
    for (const link of schedulesOf(cloud, attributes)) cloud.remove(link);
  },
  derive: (cloud, { attributes }) => ({
    job_schedule: schedulesOf(cloud, attributes).map((link) => ({
      job_schedule_id: text(link.attributes, 'job_schedule_id'),
      parameters: link.attributes.parameters ?? null,
      run_on: text(link.attributes, 'run_on'),
      schedule_name: text(link.attributes, 'schedule_name'),
    })),
  }),
};
