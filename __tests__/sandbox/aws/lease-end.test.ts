import { join } from 'node:path';
import { Cloud } from '../../../sandbox/aws/cloud';
import { endMember } from '../../../sandbox/aws/compute/scaling';
import { passTime } from '../../../sandbox/aws/passing-time';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import { startSandbox } from '../../../sandbox/server';
import { listObjects, ObjectLog } from '../../../sandbox/store/objects';
import { ComputeCloud, refusal, UBUNTU } from './compute-cloud';

jest.setTimeout(60_000);

const GROUP = 'aws_autoscaling_group';
const ACTION = 'aws_autoscaling_schedule';
const SCHEDULE = 'aws_scheduler_schedule';
const CLOCK = 'KAKEHASHI_SANDBOX_NOW';
const START = '2030-01-01T00:00:00Z';
const END = '2030-01-01T00:50:00Z';
const LATER = '2030-01-01T01:00:00Z';

let compute: ComputeCloud;
beforeEach(async () => {
  process.env[CLOCK] = START;
  compute = await ComputeCloud.start();
  await compute.make('template', 'aws_launch_template', {
    name: 'workers',
    image_id: UBUNTU,
    instance_type: 'm7i.large',
    vpc_security_group_ids: [compute.id('group')],
    tag_specifications: [{ resource_type: 'instance', tags: { Name: 'worker' } }],
  });
});
afterEach(async () => {
  delete process.env[CLOCK];
  await compute.stop();
});

const group = (changes: ObjectValue = {}): ObjectValue => ({
  name: 'workers',
  min_size: 0,
  max_size: 3,
  desired_capacity: 2,
  vpc_zone_identifier: [compute.id('subnet')],
  launch_template: [{ id: compute.id('template'), version: '$Latest' }],
  tag: [{ key: 'kakehashi:entry', value: 'dev/workers', propagate_at_launch: true }],
  ...changes,
});
const action = (changes: ObjectValue = {}): ObjectValue => ({
  scheduled_action_name: 'end',
  autoscaling_group_name: 'workers',
  min_size: 0,
  max_size: 0,
  desired_capacity: 0,
  start_time: END,
  ...changes,
});
const schedule = (ids: readonly string[], changes: ObjectValue = {}): ObjectValue => ({
  name: 'end',
  schedule_expression: `at(${END.slice(0, 19)})`,
  flexible_time_window: [{ mode: 'OFF' }],
  target: [
    {
      arn: 'arn:aws:scheduler:::aws-sdk:ec2:terminateInstances',
      role_arn: 'arn:aws:iam::123456789012:role/node',
      input: JSON.stringify({ InstanceIds: ids }),
    },
  ],
  ...changes,
});
const members = (by: ObjectValue = { 'aws:autoscaling:groupName': 'workers' }) =>
  compute.aws.readData('aws_instances', { instance_tags: by });

/** Another command of the user's, at a later time. */
async function at(time: string): Promise<void> {
  process.env[CLOCK] = time;
  await compute.cloud.caller();
}

it('launches the instances of a group, with the tags of its template and its own', async () => {
  const made = await compute.aws.create(GROUP, group());
  expect(made).toMatchObject({
    availability_zones: ['ap-northeast-1a'],
    launch_template: [{ id: compute.id('template'), name: 'workers', version: '$Latest' }],
  });
  expect((await members()).private_ips).toEqual(expect.arrayContaining(['10.0.0.4', '10.0.0.5']));
  expect((await members({ Name: 'worker', 'kakehashi:entry': 'dev/workers' })).ids).toHaveLength(2);
  expect(await compute.aws.readData(GROUP, { name: 'workers' })).toMatchObject({
    desired_capacity: 2,
    max_size: 3,
  });
});

it('tells the instances in the states that are asked for, and those that run where none is', async () => {
  await compute.aws.create(GROUP, group());
  const asked = async (states: readonly string[]) =>
    (await compute.aws.readData('aws_instances', { instance_state_names: states })).ids;
  expect(await asked(['pending', 'running'])).toHaveLength(2);
  expect(await asked(['stopped'])).toEqual([]);
});

it('launches, ends and frees as many as the group wants', async () => {
  const made = await compute.aws.create(GROUP, group());
  const three = await compute.aws.update(GROUP, made, group({ desired_capacity: 3 }));
  expect((await members()).ids).toHaveLength(3);
  await compute.aws.update(GROUP, three, group({ desired_capacity: 1 }));
  expect((await members()).ids).toHaveLength(1);
  await compute.aws.delete(GROUP, made);
  expect((await members()).ids).toEqual([]);
  expect(await refusal(compute.aws.delete('aws_subnet', compute.state('subnet')))).toBe('accepted');
});

it.each<[string, () => ObjectValue, string]>([
  [
    'more than its greatest size',
    () => group({ desired_capacity: 4 }),
    'ValidationError: Desired capacity:4 must be between the specified min size:0 and max size:3',
  ],
  [
    'a greatest size below the least',
    () => group({ min_size: 4, desired_capacity: 4 }),
    'ValidationError: Max bound, 3, must be greater than or equal to min bound, 4',
  ],
  [
    'a template that does not exist',
    () => group({ launch_template: [{ name: 'nothing' }] }),
    'ValidationError: You must use a valid fully-formed launch template. The specified launch template, with template name nothing, does not exist.',
  ],
  [
    'a subnet that does not exist',
    () => group({ vpc_zone_identifier: ['subnet-0123456789abcdef0'] }),
    "ValidationError: The subnet ID 'subnet-…' does not exist",
  ],
  [
    'more instances than addresses',
    () => group({ max_size: 20, desired_capacity: 12 }),
    "InsufficientFreeAddressesInSubnet: There are not enough free addresses in subnet 'subnet-…' to satisfy the requested number of instances.",
  ],
])('AWS answers to a group with %s', async (_name, config, message) => {
  expect(await refusal(compute.aws.create(GROUP, config()))).toBe(message);
});

it.each<[string, () => Promise<unknown>, string]>([
  [
    'a scheduled action in the past',
    () => compute.aws.create(ACTION, action({ start_time: '2029-12-31T23:59:59Z' })),
    'ValidationError: Given start time is in the past',
  ],
  [
    'a scheduled action of no group',
    () => compute.aws.create(ACTION, action({ autoscaling_group_name: 'nothing' })),
    "ValidationError: AutoScalingGroup name not found - AutoScalingGroup 'nothing' not found",
  ],
  [
    'a schedule in the past',
    () => compute.aws.create(SCHEDULE, schedule([], { schedule_expression: 'at(2029-12-31T23:59:59)' })),
    'ValidationException: The schedule expression is in the past.',
  ],
  [
    'a schedule of another form',
    () => compute.aws.create(SCHEDULE, schedule([], { schedule_expression: 'at(tomorrow)' })),
    'ValidationException: Invalid Schedule Expression at(tomorrow).',
  ],
  [
    'a schedule in no group',
    () => compute.aws.create(SCHEDULE, schedule([], { group_name: 'nothing' })),
    'ResourceNotFoundException: Schedule group nothing does not exist.',
  ],
])('AWS answers to %s', async (_name, create, message) => {
  await compute.aws.create(GROUP, group());
  expect(await refusal(create())).toBe(message);
});

it('ends a group at its time, once, and no longer lists the action', async () => {
  const made = await compute.aws.create(GROUP, group());
  const end = await compute.aws.create(ACTION, action());
  await at('2030-01-01T00:49:59Z');
  expect((await members()).ids).toHaveLength(2);
  await at(LATER);
  expect((await members()).ids).toEqual([]);
  expect(await compute.aws.read(GROUP, made)).toMatchObject({
    min_size: 0,
    max_size: 0,
    desired_capacity: 0,
  });
  expect(await compute.aws.read(ACTION, end)).toBeNull();
});

it('ends the instances of a schedule at its time, once, and keeps the schedule', async () => {
  const [one, other] = [
    await compute.aws.create('aws_instance', compute.instance({ tags: { Name: 'n1' } })),
    await compute.aws.create('aws_instance', compute.instance({ tags: { Name: 'n2' } })),
  ];
  const config = schedule([String(one.id)]);
  const end = await compute.aws.create(SCHEDULE, config);
  await at(LATER);
  expect(await compute.aws.read('aws_instance', one)).toBeNull();
  expect(await compute.aws.read('aws_instance', other)).toMatchObject({ id: other.id });
  expect(await compute.aws.read(SCHEDULE, end)).toMatchObject({ id: 'default/end' });
  // Its time is moved, and it runs again.
  const moved = { ...schedule([String(other.id)]), schedule_expression: 'at(2030-01-01T02:00:00)' };
  await compute.aws.update(SCHEDULE, end, moved);
  await at('2030-01-01T02:00:00Z');
  expect(await compute.aws.read('aws_instance', other)).toBeNull();
});

it('takes an idle node that ends itself off the size that its group wants', async () => {
  await compute.aws.create(GROUP, group());
  const [idle] = [(await members()).ids].flat();
  const file = join(compute.cloud.folder, 'objects.jsonl');
  await compute.cloud.stopServing();
  const log = ObjectLog.open(file);
  endMember(new Cloud(log, 'ap-northeast-1', '123456789012'), String(idle));
  log.close();
  expect(listObjects(file, 'aws_instance')).toHaveLength(1);
  expect(listObjects(file, GROUP)).toMatchObject([{ attributes: { desired_capacity: 1, max_size: 3 } }]);
});

it('launches what a group lacks because its server died, and nothing for a node that ended itself', async () => {
  await compute.aws.create(GROUP, group());
  const [first, second] = [(await members()).ids].flat().map(String);
  const file = join(compute.cloud.folder, 'objects.jsonl');
  await compute.cloud.stopServing();
  const log = ObjectLog.open(file);
  const cloud = new Cloud(log, 'ap-northeast-1', '123456789012');
  const pass = () => passTime(log, Date.parse(START), '123456789012');
  cloud.remove('aws_instance', first ?? '');
  pass();
  expect(listObjects(file, 'aws_instance')).toHaveLength(2);
  endMember(cloud, second ?? '');
  pass();
  log.close();
  expect(listObjects(file, 'aws_instance')).toHaveLength(1);
});

it('plays the objects of a file, without a server', async () => {
  await compute.aws.create(GROUP, group());
  await compute.aws.create(ACTION, action());
  const file = join(compute.cloud.folder, 'objects.jsonl');
  await compute.cloud.stopServing();
  const log = ObjectLog.open(file);
  passTime(log, Date.parse(LATER), '123456789012');
  log.close();
  expect(listObjects(file, 'aws_instance')).toEqual([]);
  expect(listObjects(file, ACTION)).toEqual([]);
  await (await startSandbox({ objectsFile: file, faultsFile: '' })).close();
});
