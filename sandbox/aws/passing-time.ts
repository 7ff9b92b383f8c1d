import { type Attributes, number, objects, text } from '../provider/attributes';
import type { ObjectLog } from '../store/objects';
import { AwsError } from './aws-error';
import { Cloud, type CloudObject } from './cloud';
import { SCHEDULE } from './compute/autoscaling-schedules';
import { endInstance } from './compute/instances';
import { GROUP, scale } from './compute/scaling';
import { RAN, SCHEDULER_SCHEDULE, timeOf } from './compute/schedules';
import { DELETED_SECRET } from './storage/secrets';

/** The universal target of EventBridge Scheduler that ends instances. */
const TERMINATE = 'aws-sdk:ec2:terminateInstances';

/** Gives a group the sizes of an action, and ends or launches instances. */
function runAction(cloud: Cloud, action: CloudObject): void {
  const group = cloud.find(GROUP, text(action.attributes, 'autoscaling_group_name'));
  if (group === undefined) return;
  const sizes = ['min_size', 'max_size', 'desired_capacity'].flatMap((name) => {
    const size = number(action.attributes, name);
    return size === undefined || size < 0 ? [] : [[name, size] as const];
  });
  const changed = { ...group, attributes: { ...group.attributes, ...Object.fromEntries(sizes) } };
  cloud.put(GROUP, group.id, changed.attributes);
  scale(cloud, changed);
}

/** The ids of the instances that a schedule ends; none if its target is another one. */
function endedBy(schedule: Attributes): readonly string[] {
  const [target = {}] = objects(schedule, 'target');
  if (!text(target, 'arn').endsWith(TERMINATE)) return [];
  const input = JSON.parse(text(target, 'input') || '{}') as { readonly InstanceIds?: readonly string[] };
  return input.InstanceIds ?? [];
}

function isDue(time: number | undefined, now: number): boolean {
  return time !== undefined && !Number.isNaN(time) && time <= now;
}

/** A thing that happens at a time. */
interface Due {
  readonly time: number;
  readonly happen: () => void;
}

function dueActions(log: ObjectLog, now: number, account: string): readonly Due[] {
  return (log.ofTypes([SCHEDULE]) as readonly CloudObject[]).flatMap((action) => {
    const time = Date.parse(text(action.attributes, 'start_time'));
    // What recurs is not played: node groups have no such action.
    if (!isDue(time, now) || text(action.attributes, 'recurrence') !== '') return [];
    const cloud = new Cloud(log, action.region, account);
    const happen = () => {
      runAction(cloud, action);
      cloud.remove(action.type, action.id);
    };
    return [{ time, happen }];
  });
}

function dueSchedules(log: ObjectLog, now: number, account: string): readonly Due[] {
  return (log.ofTypes([SCHEDULER_SCHEDULE]) as readonly CloudObject[]).flatMap((schedule) => {
    const { attributes } = schedule;
    const time = timeOf(attributes);
    const isOff = text(attributes, 'state') === 'DISABLED' || (attributes[RAN] ?? null) !== null;
    if (time === undefined || !isDue(time, now) || isOff) return [];
    const cloud = new Cloud(log, schedule.region, account);
    const happen = () => {
      for (const id of endedBy(attributes)) endInstance(cloud, id);
      cloud.put(schedule.type, schedule.id, { ...attributes, [RAN]: time });
    };
    return [{ time, happen }];
  });
}

/** Auto Scaling goes on trying without a word: what can't be launched now may be later. */
function settle(cloud: Cloud, group: CloudObject): void {
  try {
    scale(cloud, group);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

/**
 * Lets time pass in the simulated cloud, up to a time: scheduled actions of Auto Scaling groups give them their sizes and are no
 * longer listed, one-time schedules of EventBridge Scheduler end their instances once, deleted secrets give up their names, and groups
 * that were stopped while they launched instances, by the death of the serving process, have as many as they want.
 *
 * The simulated provider does so up to its clock whenever it is configured. A schedule whose time is moved runs again.
 *
 * @param now milliseconds since 1970. @param account the account of the objects, which the cloud needs for new ones
 */
export function passTime(log: ObjectLog, now: number, account: string): void {
  const due = [...dueActions(log, now, account), ...dueSchedules(log, now, account)];
  for (const { happen } of [...due].sort((one, other) => one.time - other.time)) happen();
  for (const group of log.ofTypes([GROUP]) as readonly CloudObject[])
    settle(new Cloud(log, group.region, account), group);
  for (const { type, region, id, attributes } of log.ofTypes([DELETED_SECRET]))
    if (isDue(Number(attributes.until), now)) log.delete(type, region, id);
}
