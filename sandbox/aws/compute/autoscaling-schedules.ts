import { type Attributes, filled, number, text } from '../../provider/attributes';
import { now } from '../../provider/clock';
import { uuidOf } from '../../provider/derived';
import type { Cloud } from '../cloud';
import { LookupError } from '../lookup-error';
import type { Rules } from '../rules';
import { GROUP, validationError } from './scaling';

export const SCHEDULE = 'aws_autoscaling_schedule';

/** The provider sends -1 for a size that is not to change. */
const UNCHANGED = -1;

function checkTimes(request: Attributes): void {
  const [start, end] = ['start_time', 'end_time'].map((name) => Date.parse(text(request, name)));
  if (start !== undefined && start < now()) throw validationError('Given start time is in the past');
  if (end !== undefined && end < now()) throw validationError('Given end time is in the past');
  if (start !== undefined && end !== undefined && end <= start)
    throw validationError('Given end time is not after the start time');
}

function checkSizes(request: Attributes): void {
  const [min, max, desired] = ['min_size', 'max_size', 'desired_capacity'].map(
    (name) => number(request, name) ?? 0,
  );
  const given = (size: number | undefined): size is number => size !== undefined && size !== UNCHANGED;
  if (given(min) && given(max) && min > max)
    throw validationError('Min size must be less than or equal to max size');
  if (given(min) && given(desired) && desired < min)
    throw validationError('Desired capacity must be greater than or equal to min size');
  if (given(max) && given(desired) && desired > max)
    throw validationError('Desired capacity must be less than or equal to max size');
}

function checked(cloud: Cloud, request: Attributes): void {
  const group = text(request, 'autoscaling_group_name');
  if (cloud.find(GROUP, group) === undefined)
    throw validationError(`AutoScalingGroup name not found - AutoScalingGroup '${group}' not found`);
  checkTimes(request);
  checkSizes(request);
}

/** A time at which a group gets other sizes. One without `recurrence` happens once, and AWS does not list it afterwards. */
export const autoscalingSchedule: Rules = {
  noun: 'Auto Scaling Scheduled Action',
  service: 'Auto Scaling',
  actions: {
    create: 'PutScheduledUpdateGroupAction',
    update: 'PutScheduledUpdateGroupAction',
    delete: 'DeleteScheduledAction',
  },
  key: (attributes) =>
    `${text(attributes, 'autoscaling_group_name')}/${text(attributes, 'scheduled_action_name')}`,
  create(cloud, request) {
    checked(cloud, request);
    const [group, name] = ['autoscaling_group_name', 'scheduled_action_name'].map((each) =>
      text(request, each),
    );
    const uuid = uuidOf('action', cloud.region, group ?? '', name ?? '');
    const attributes = filled(request, {
      arn: cloud.arn(
        'autoscaling',
        `scheduledUpdateGroupAction:${uuid}:autoScalingGroupName/${group}:scheduledActionName/${name}`,
      ),
      desired_capacity: 0,
      end_time: '',
      max_size: 0,
      min_size: 0,
      recurrence: '',
      start_time: '',
      time_zone: '',
    });
    return { id: name ?? '', attributes };
  },
  // The provider sends the start that the state has, also where something else changes (terraform-provider-aws#38983).
  update(cloud, _before, request) {
    checked(cloud, request);
    return request;
  },
  imported(_cloud, id) {
    const [group = '', action = '', ...rest] = id.split('/');
    if (group === '' || action === '' || rest.length > 0)
      throw new LookupError(`wrong format of import ID (${id}), use: 'asg-name/action-name'`);
    return { id: action, autoscaling_group_name: group, scheduled_action_name: action };
  },
};
