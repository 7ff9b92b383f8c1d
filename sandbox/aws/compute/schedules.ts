import { type Attributes, filled, objects, text } from '../../provider/attributes';
import { now, timestamp } from '../../provider/clock';
import { AwsError } from '../aws-error';
import type { Cloud } from '../cloud';
import { generatedName, prefixOf } from '../generated-name';
import { namedCreation } from '../named-creation';
import type { Rules } from '../rules';

export const SCHEDULER_SCHEDULE = 'aws_scheduler_schedule';
const SCHEDULE_GROUP = 'aws_scheduler_schedule_group';

/** The attribute of a schedule whose time has come: when it ran. AWS keeps such a schedule, and Terraform goes on seeing it. */
export const RAN = 'ran_at';

/** The group that every account has. */
const DEFAULT_GROUP = 'default';

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** The time of `at(2030-01-01T00:00:00)` in milliseconds since 1970; undefined for an expression that recurs. Only UTC is known. */
export function timeOf(attributes: Attributes): number | undefined {
  const written = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(
    text(attributes, 'schedule_expression'),
  )?.[1];
  return written === undefined ? undefined : Date.parse(`${written}Z`);
}

function checkExpression(request: Attributes): void {
  const expression = text(request, 'schedule_expression');
  const at = timeOf(request);
  const isForm = at === undefined ? /^(rate|cron)\(.+\)$/.test(expression) : !Number.isNaN(at);
  if (!isForm) throw invalid(`Invalid Schedule Expression ${expression}.`);
  if (at !== undefined && at < now()) throw invalid('The schedule expression is in the past.');
}

/** Checks that the scheduler may take the role: it must exist and trust the scheduler. */
function checkRole(cloud: Cloud, request: Attributes): void {
  const [target = {}] = objects(request, 'target');
  const arn = text(target, 'role_arn');
  const role = cloud.everywhere('aws_iam_role').find(({ attributes }) => text(attributes, 'arn') === arn);
  if (role === undefined || !text(role.attributes, 'assume_role_policy').includes('scheduler.amazonaws.com'))
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
}

function checked(cloud: Cloud, request: Attributes): void {
  const group = text(request, 'group_name') || DEFAULT_GROUP;
  if (group !== DEFAULT_GROUP && cloud.find(SCHEDULE_GROUP, group) === undefined)
    throw new AwsError('ResourceNotFoundException', `Schedule group ${group} does not exist.`);
  checkExpression(request);
  checkRole(cloud, request);
}

/** What a state has of a target for which nothing of it is configured. */
function targets(request: Attributes): readonly Attributes[] {
  return objects(request, 'target').map((target) => ({
    ...target,
    retry_policy:
      objects(target, 'retry_policy').length > 0
        ? (target.retry_policy ?? [])
        : [{ maximum_event_age_in_seconds: 86400, maximum_retry_attempts: 185 }],
  }));
}

const SCHEDULE_RULES: Rules = {
  noun: 'AWS EventBridge Scheduler Schedule',
  service: 'Scheduler',
  actions: { create: 'CreateSchedule', update: 'UpdateSchedule', delete: 'DeleteSchedule' },
  create(cloud, request) {
    const group = text(request, 'group_name') || DEFAULT_GROUP;
    const name = generatedName(cloud, request, cloud.newId('schedule', request));
    const id = `${group}/${name}`;
    if (cloud.find(SCHEDULER_SCHEDULE, id) !== undefined)
      throw new AwsError('ConflictException', `Schedule ${name} already exists.`);
    checked(cloud, request);
    const attributes = filled(
      { ...request, target: targets(request) },
      {
        arn: cloud.arn('scheduler', `schedule/${id}`),
        group_name: group,
        name,
        name_prefix: prefixOf(name),
        schedule_expression_timezone: 'UTC',
        state: 'ENABLED',
      },
    );
    return { id, attributes };
  },
  // A schedule is sent as a whole, so that one whose time has passed can't be changed in another respect.
  update(cloud, _before, request) {
    checked(cloud, request);
    return { ...request, target: targets(request), [RAN]: null };
  },
};

/** Something that EventBridge Scheduler does at a time, such as to end instances. */
export const schedulerSchedule: Rules = namedCreation(SCHEDULE_RULES, (request) => text(request, 'name'));

const GROUP_RULES: Rules = {
  noun: 'EventBridge Scheduler Schedule Group',
  service: 'Scheduler',
  actions: { create: 'CreateScheduleGroup', delete: 'DeleteScheduleGroup' },
  create(cloud, request) {
    const name = generatedName(cloud, request, cloud.newId('schedule-group', request));
    if (name === DEFAULT_GROUP || cloud.find(SCHEDULE_GROUP, name) !== undefined)
      throw new AwsError('ConflictException', `Schedule group ${name} already exists.`);
    const created = timestamp(now());
    const attributes = filled(request, {
      arn: cloud.arn('scheduler', `schedule-group/${name}`),
      creation_date: created,
      last_modification_date: created,
      name,
      name_prefix: prefixOf(name),
      state: 'ACTIVE',
    });
    return { id: name, attributes };
  },
  // The schedules of a group are deleted with it.
  remove(cloud, { id }) {
    for (const schedule of cloud.all(SCHEDULER_SCHEDULE))
      if (text(schedule.attributes, 'group_name') === id) cloud.remove(schedule.type, schedule.id);
  },
};

export const schedulerScheduleGroup: Rules = namedCreation(GROUP_RULES, (request) => text(request, 'name'));
