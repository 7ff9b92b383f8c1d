import type { ObjectValue } from '../../../sandbox/protocol/values';
import { objects } from '../../../sandbox/provider/attributes';
import { AzureCloud } from './azure-cloud';
import { makeNetwork } from './azure-network';
import { account, idIn, jobSchedule, runbook, schedule } from './azure-nodes';

let cloud: AzureCloud;
beforeEach(async () => {
  cloud = await AzureCloud.start();
  await makeNetwork(cloud.azure);
  await cloud.azure.make('automation_account', account);
});
afterEach(() => cloud.stop());

const ACCOUNT = ['automationAccounts', 'dev-lease'] as const;
const SCHEDULE = idIn('Automation', ...ACCOUNT, 'schedules', 'end');
const RUNBOOK = idIn('Automation', ...ACCOUNT, 'runbooks', 'end-nodes');
const AT = '2099-01-01T00:00:30Z';

it('keeps the times of a schedule in whole minutes, and sees no change within one', async () => {
  const made = await cloud.azure.make('automation_schedule', schedule(AT));
  expect(made).toMatchObject({
    start_time: '2099-01-01T00:00:00Z',
    expiry_time: '9999-12-31T23:59:00Z',
    timezone: 'Etc/UTC',
  });
  const planned = async (start_time: string) => {
    const config = { ...made, start_time };
    return (await cloud.azure.client.plan('azurerm_automation_schedule', made, config, config)).planned;
  };
  expect((await planned('2099-01-01T00:00:59Z'))?.start_time).toBe('2099-01-01T00:00:00Z');
  expect((await planned('2099-01-01T09:00:00+09:00'))?.start_time).toBe('2099-01-01T00:00:00Z');
  expect((await planned('2099-01-01T00:01:00Z'))?.start_time).toBe('2099-01-01T00:01:00Z');
});

it('refuses to move a schedule into the past, and leaves one alone whose time has come', async () => {
  const made = await cloud.azure.make('automation_schedule', schedule(AT));
  const past = await cloud.azure.update('automation_schedule', made, schedule('2020-01-01T00:00:00Z'));
  expect(past.refused).toBe(
    '`start_time` is "2020-01-01 00:00:00 +0000 UTC" and should be at least "5m0s" in the future',
  );
  const described = await cloud.azure.update('automation_schedule', made, schedule(AT, { description: 'x' }));
  expect(described.state?.description).toBe('x');
});

it('runs a schedule without a time in seven minutes', async () => {
  const before = Date.now();
  const { start_time: _, ...open } = schedule(AT);
  const made = await cloud.azure.make('automation_schedule', open);
  const start = Date.parse(String(made.start_time));
  expect(start).toBeGreaterThan(before + 5 * 60_000);
  expect(start).toBeLessThanOrEqual(Date.now() + 7 * 60_000);
});

it('takes days of the week for a weekly schedule alone', async () => {
  const week_days = ['Monday'];
  const wrong = await cloud.azure.create('automation_schedule', schedule(AT, { week_days }));
  expect(wrong.refused).toBe('`week_days` can only be set when frequency is `Week`');
  const right = await cloud.azure.make('automation_schedule', schedule(AT, { week_days, frequency: 'Week' }));
  expect(right.interval).toBe(1);
});

/** The names of the schedules that a runbook has. */
async function schedulesOfRunbook(): Promise<readonly unknown[]> {
  const state = await cloud.azure.read('automation_runbook', RUNBOOK);
  return objects(state ?? {}, 'job_schedule').map(({ schedule_name }) => schedule_name);
}

it('shows a job schedule at its runbook, by whichever resource it was made', async () => {
  await cloud.azure.make('automation_schedule', schedule(AT));
  const inline: ObjectValue = {
    ...runbook,
    job_schedule: [{ schedule_name: 'end', parameters: { a: 'b' } }],
  };
  const book = await cloud.azure.make('automation_runbook', inline);
  expect(await schedulesOfRunbook()).toEqual(['end']);
  await cloud.azure.delete('automation_runbook', book);
  await cloud.azure.make('automation_runbook', runbook);
  expect(await schedulesOfRunbook()).toEqual([]);
  const made = await cloud.azure.make('automation_job_schedule', jobSchedule({ vmnames: 'n1' }));
  expect(made.id).toBe(`${SCHEDULE}|${RUNBOOK}`);
  expect(made.resource_manager_id).toBe(
    idIn('Automation', ...ACCOUNT, 'jobSchedules', String(made.job_schedule_id)),
  );
  expect(await schedulesOfRunbook()).toEqual(['end']);
});

it('deletes with an account what it has, and with a schedule its jobs', async () => {
  const at = await cloud.azure.make('automation_schedule', schedule(AT));
  await cloud.azure.make('automation_runbook', runbook);
  const job = await cloud.azure.make('automation_job_schedule', jobSchedule());
  await cloud.azure.delete('automation_schedule', at);
  expect(await cloud.azure.read('automation_job_schedule', String(job.id))).toBeNull();
  const own = await cloud.azure.read('automation_account', idIn('Automation', ...ACCOUNT));
  expect(await cloud.azure.delete('automation_account', own)).toBe('');
  expect(cloud.names('automation_runbook')).toEqual([]);
});

it('needs content of a runbook in one of three ways', async () => {
  const { content: _, ...empty } = runbook;
  expect((await cloud.azure.create('automation_runbook', empty)).refused).toContain(
    '"content": one of `content,draft,publish_content_link` must be specified',
  );
});
