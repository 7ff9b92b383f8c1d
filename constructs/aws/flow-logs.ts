import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';

export interface FlowLogsProps {
  readonly vpcId: string;
  /** Names the log group `/kakehashi/<name>/flow` and the role `<name>-flow`. */
  readonly name: string;
  /** One of CloudWatch's values; 0 keeps for ever. */
  readonly retentionDays: number;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A VPC's accepted and refused traffic in CloudWatch Logs, with the role that may write it (Amazon VPC user guide). */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const tags = { ...props.tags, Name: `${props.name}-flow` };
    const group = new CloudwatchLogGroup(this, 'Group', {
      name: `/kakehashi/${props.name}/flow`,
      retentionInDays: props.retentionDays,
      tags,
    });
    const role = new IamRole(this, 'Role', {
      name: `${props.name}-flow`,
      assumeRolePolicy: policy({
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      tags,
    });
    new IamRolePolicy(this, 'Policy', {
      name: 'write-flow-logs',
      role: role.id,
      policy: policy({
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        Resource: [group.arn, `${group.arn}:*`],
      }),
    });
    new FlowLog(this, 'Log', {
      vpcId: props.vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      tags,
    });
  }
}

/** With sorted keys, as the provider writes policies: a plan with an unknown ARN in it must begin as the final text does. */
function policy(statement: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries({ Effect: 'Allow', ...statement }).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ Version: '2012-10-17', Statement: [Object.fromEntries(entries)] });
}
