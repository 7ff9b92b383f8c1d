import { isObject } from '../protocol/values';
import { type Attributes, number, objects, text } from '../provider/attributes';
import type { ObjectLog } from '../store/objects';
import { AzureError } from './azure-error';
import { Cloud, type CloudObject, isSame } from './cloud';
import { principalsOf } from './identities';
import { partsOf } from './job-schedules';
import { mayDo } from './role-assignments';
import { instancesOf, scaleTo } from './scale-set-instances';
import { removePartsOf } from './virtual-machines';

const MACHINE = 'azurerm_linux_virtual_machine';

/** The tag of disks that outlive their machines. */
const KEPT = 'kakehashi:keep';

/** What the simulated Azure did by itself: ids of virtual machines, and why it could not do the rest. */
export interface PassedTime {
  readonly started: readonly string[];
  readonly ended: readonly string[];
  readonly failures: readonly string[];
}

/** The profile of an autoscale setting that is in force: the first whose dates include the time, else the one without dates. */
function profileAt(setting: Attributes, now: number): Attributes | undefined {
  const profiles = objects(setting, 'profile');
  const dated = profiles.find((profile) => {
    const [date] = objects(profile, 'fixed_date');
    return (
      date !== undefined && Date.parse(text(date, 'start')) <= now && now < Date.parse(text(date, 'end'))
    );
  });
  const isAlways = (profile: Attributes) =>
    ['fixed_date', 'recurrence'].every((block) => objects(profile, block).length === 0);
  return dated ?? profiles.find(isAlways);
}

/** Brings a scale set into the limits of the profile that is in force. @returns why it could not */
function autoscale(cloud: Cloud, { attributes }: CloudObject, now: number): readonly string[] {
  const set = cloud.find(
    'azurerm_orchestrated_virtual_machine_scale_set',
    text(attributes, 'target_resource_id'),
  );
  const [capacity] = objects(profileAt(attributes, now) ?? {}, 'capacity');
  if (set === undefined || capacity === undefined || attributes.enabled === false) return [];
  const count = instancesOf(cloud, set.id).length;
  const [least, most] = [number(capacity, 'minimum') ?? 0, number(capacity, 'maximum') ?? count];
  try {
    scaleTo(cloud, set, Math.min(Math.max(count, least), most));
    return [];
  } catch (failure) {
    if (failure instanceof AzureError) return [`${failure.code}: ${failure.message}`];
    throw failure;
  }
}

/** A job that is due, and the schedule that starts it. */
interface Job {
  readonly link: CloudObject;
  readonly schedule: CloudObject;
  readonly account: CloudObject;
}

/** The jobs of schedules that run once, whose time has come and that did not run at this time. */
function dueJobs(cloud: Cloud, now: number): readonly Job[] {
  return cloud.all('azurerm_automation_job_schedule').flatMap((link) => {
    const parts = partsOf(cloud, link);
    if (parts === undefined || text(parts.schedule.attributes, 'frequency') !== 'OneTime') return [];
    const start = text(parts.schedule.attributes, 'start_time');
    const isDue = Date.parse(start) <= now && text(parts.schedule.attributes, 'last_run') !== start;
    return isDue ? [{ link, ...parts }] : [];
  });
}

/** The disks that end with a machine: its own, and those for data that have no tag to keep them. */
function disksOf(cloud: Cloud, machine: CloudObject): readonly CloudObject[] {
  const attached = cloud
    .all('azurerm_virtual_machine_data_disk_attachment')
    .filter(({ attributes }) => isSame(text(attributes, 'virtual_machine_id'), machine.id))
    .map(({ attributes }) => text(attributes, 'managed_disk_id'));
  return [text(machine.attributes, 'os_managed_disk_id'), ...attached]
    .map((id) => cloud.find('azurerm_managed_disk', id))
    .filter((disk) => disk !== undefined)
    .filter(({ attributes: { tags = null } }) => !isObject(tags) || tags[KEPT] !== 'true');
}

/** Deletes the machines that the parameters of a job name, and their disks. @returns what the account may not do */
function runJob(cloud: Cloud, { link, account }: Job): readonly string[] {
  const { parameters = null } = link.attributes;
  const given: Attributes = isObject(parameters) ? parameters : {};
  const principals = principalsOf(cloud, account.attributes);
  const refusal = (action: string, scope: string) =>
    mayDo(cloud, principals, action, scope)
      ? []
      : [
          `AuthorizationFailed: The client '${principals[0] ?? ''}' with object id '${principals[0] ?? ''}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid.`,
        ];
  return text(given, 'vmnames')
    .split(',')
    .flatMap((name) => {
      const machine = cloud.find(MACHINE, cloud.id(MACHINE, text(given, 'resourcegroupname'), name.trim()));
      if (machine === undefined) return [];
      const refused = refusal('Microsoft.Compute/virtualMachines/delete', machine.id);
      if (refused.length > 0) return refused;
      const disks = disksOf(cloud, machine);
      removePartsOf(cloud, machine, false);
      cloud.remove(machine);
      return disks.flatMap((disk) => {
        const refusedDisk = refusal('Microsoft.Compute/disks/delete', disk.id);
        if (refusedDisk.length === 0) cloud.remove(disk);
        return refusedDisk;
      });
    });
}

/**
 * Plays what Azure does by itself up to a time: it applies the autoscale profiles that are in force, and starts the runbooks whose
 * schedules are due. What a runbook does is not read from its content: it deletes the virtual machines that the parameters
 * `resourcegroupname` and `vmnames` (with commas) of its job schedule name, with their disks but those tagged `kakehashi:keep`, as far as
 * the roles of its account allow it. Network interfaces stay. Schedules and profiles that recur are not played.
 *
 * The simulated provider does so whenever it is configured while `KAKEHASHI_SANDBOX_NOW` moves its clock.
 *
 * @param now may lie before or after the real time
 */
export function passTime(log: ObjectLog, now: Date): PassedTime {
  const at = now.getTime();
  const machines = () => log.ofTypes([MACHINE]).map(({ id }) => id);
  const before = machines();
  const subscriptions = [...new Set(log.all().map(({ region }) => region))];
  const failures = subscriptions.flatMap((subscription) => {
    const cloud = new Cloud(log, subscription, '');
    const isOwn = ({ region }: { readonly region: string }) => region === subscription;
    const settings = cloud.all('azurerm_monitor_autoscale_setting').filter(isOwn);
    const jobs = dueJobs(cloud, at).filter(({ link }) => isOwn(link));
    const refused = [
      ...settings.flatMap((setting) => autoscale(cloud, setting, at)),
      ...jobs.flatMap((job) => runJob(cloud, job)),
    ];
    for (const { schedule } of jobs)
      cloud.change(schedule, {
        ...schedule.attributes,
        last_run: text(schedule.attributes, 'start_time'),
      });
    return refused;
  });
  const after = machines();
  return {
    started: after.filter((id) => !before.includes(id)),
    ended: before.filter((id) => !after.includes(id)),
    failures,
  };
}
