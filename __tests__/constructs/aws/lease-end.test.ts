import '../../../stacks/fast-tokens';
import { LeaseEnd } from '../../../constructs/aws/lease-end';
import { Lease } from '../../../constructs/lease';
import { at, only, plainAddresses, synthesized } from '../../support/synthesized';
import { fixedNodes } from './node-constructs';

const build = (region = 'ap-northeast-1') =>
  synthesized((stack) => {
    Lease.nowVariable(stack);
    const lease = new Lease(stack, 'Lease', { seconds: 3000 });
    new LeaseEnd(stack, 'End', {
      name: 'dev-nodes-workers',
      nodes: fixedNodes(stack, { lease }),
      lease,
      region,
      only: { tag: 'kakehashi:group', value: 'dev/workers' },
      permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    });
  });

it('ends each node by a schedule of its own, in whole minutes', () => {
  const synth = build();
  expect(plainAddresses(synth)).toEqual([
    'aws_iam_role.End_Role',
    'aws_iam_role_policy.End_Policy',
    'aws_instance.Nodes',
    'aws_scheduler_schedule.End',
    'aws_scheduler_schedule_group.End_Group',
    'terraform_data.Lease',
  ]);
  expect(only(synth, 'aws_scheduler_schedule')).toEqual({
    description: 'End of the lease of dev-nodes-workers',
    flexible_time_window: { mode: 'OFF' },
    for_each: expect.stringMatching(/^\$\{aws_instance\.Nodes_\w+\}$/),
    group_name: expect.stringMatching(/^\$\{aws_scheduler_schedule_group\.End_Group_\w+\.name\}$/),
    name: '${replace(each.key, ".", "-")}',
    schedule_expression: expect.stringMatching(
      /^at\(\$\{formatdate\("YYYY-MM-DD'T'hh:mm':00'", timeadd\(timeadd\(terraform_data\.Lease_\w+\.input, "3000s"\), "59s"\)\)\}\)$/,
    ),
    schedule_expression_timezone: 'UTC',
    target: {
      arn: 'arn:aws:scheduler:::aws-sdk:ec2:terminateInstances',
      input: '${jsonencode({ InstanceIds = [each.value.id] })}',
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\.End_Role_\w+\.arn\}$/),
    },
  });
});

it('may end the nodes of its group alone, and only for these schedules', () => {
  const synth = build('cn-north-1');
  const role = at(synth, 'aws_iam_role', 'End_Role');
  expect(role).toMatchObject({
    name: 'dev-nodes-workers-end',
    permissions_boundary: 'arn:aws:iam::123456789012:policy/boundary',
  });
  expect(JSON.parse(String(role?.assume_role_policy)).Statement).toEqual([
    {
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {
          'aws:SourceArn': expect.stringMatching(/^\$\{aws_scheduler_schedule_group\.End_Group_\w+\.arn\}$/),
        },
      },
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
    },
  ]);
  expect(JSON.parse(String(only(synth, 'aws_iam_role_policy').policy)).Statement).toEqual([
    {
      Action: 'ec2:TerminateInstances',
      Condition: { StringEquals: { 'aws:ResourceTag/kakehashi:group': 'dev/workers' } },
      Effect: 'Allow',
      Resource: 'arn:aws-cn:ec2:*:*:instance/*',
    },
  ]);
  expect(only(synth, 'aws_scheduler_schedule').target).toMatchObject({
    arn: 'arn:aws-cn:scheduler:::aws-sdk:ec2:terminateInstances',
  });
});
