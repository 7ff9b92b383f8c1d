import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import { assumedBy, policyText } from './iam-policy';
import { checkLogGroupName, checkRetention } from './log-group-checks';
import { checkName, claimName } from './names';
import { checkTags, type Tags, tagsOf } from './tags';

/** How a VPC's flow logs are kept. */
export interface FlowLogSettings {
  /** Days that events are kept: one of CloudWatch's values; 0 keeps them for ever. */
  readonly retentionDays: number;
  /** The first part of the log group's name. @default 'kakehashi' */
  readonly namePrefix?: string;
  /** A change replaces the group, and what it holds. @default - `/<namePrefix>/<name>/flow` */
  readonly logGroupName?: string;
  /** The role that writes; at most 64 characters. A change replaces it. @default - `<name>-flow` */
  readonly roleName?: string;
}

export interface FlowLogsProps extends FlowLogSettings {
  readonly vpcId: string;
  /** Names the log group and the role, and is the tag `Name` with `-flow` after it; 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/** The name of a role (IAM API reference, CreateRole). */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/**
 * A VPC's accepted and refused traffic in CloudWatch Logs, with the role that may write it (Amazon VPC user guide).
 *
 * @throws {@link PropsError} for names that AWS would refuse or that another construct of the stack has
 */
export class FlowLogs extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly role: IamRole;
  readonly flowLog: FlowLog;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    checkCore(this);
    const logGroupName = props.logGroupName ?? `/${props.namePrefix ?? 'kakehashi'}/${props.name}/flow`;
    const roleName = props.roleName ?? `${props.name}-flow`;
    this.check(props, logGroupName, roleName);
    const tags = tagsOf(`${props.name}-flow`, props.tags);
    this.logGroup = new CloudwatchLogGroup(this, 'Group', {
      name: logGroupName,
      retentionInDays: props.retentionDays,
      tags,
    });
    this.role = new IamRole(this, 'Role', {
      name: roleName,
      assumeRolePolicy: assumedBy('vpc-flow-logs.amazonaws.com'),
      tags,
    });
    new IamRolePolicy(this, 'Policy', {
      name: 'write-flow-logs',
      role: this.role.id,
      policy: policyText({
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        Resource: [this.logGroup.arn, `${this.logGroup.arn}:*`],
      }),
    });
    this.flowLog = new FlowLog(this, 'Log', {
      vpcId: props.vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: this.logGroup.arn,
      iamRoleArn: this.role.arn,
      tags,
    });
  }

  private check(props: FlowLogsProps, logGroupName: string, roleName: string): void {
    checkName(this, 'name', props.name);
    checkRetention(this, 'retentionDays', props.retentionDays);
    checkTags(this, 'tags', props.tags);
    checkLogGroupName(this, props.namePrefix === undefined ? 'logGroupName' : 'namePrefix', logGroupName);
    if (isKnown(roleName) && !ROLE_NAME.test(roleName)) {
      refuse(
        this,
        `roleName: must be 1 to 64 characters of A-Z a-z 0-9 + = , . @ _ -, got ${JSON.stringify(roleName)}`,
      );
    }
    claimName(this, { prop: 'roleName', things: 'roles', name: roleName });
  }
}
