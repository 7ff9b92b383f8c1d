import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { SchedulerScheduleGroup } from '@cdktf/provider-aws/lib/scheduler-schedule-group';
import { Construct } from 'constructs';
import { partitionOf } from '../../model/clouds/aws/regions';
import { checkCore } from '../core';
import type { Lease } from '../lease';
import type { FixedNodes } from './fixed-nodes';
import { assumedBy, policyText } from './iam-policy';
import { checkName } from './names';
import { checkTags, type Tags, tagsOf } from './tags';

export interface LeaseEndProps {
  /** Names the schedules' group and their role: 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  readonly nodes: FixedNodes;
  readonly lease: Lease;
  readonly region: string;
  /** The tag by which the role knows which instances it may end. */
  readonly only: { readonly tag: string; readonly value: string };
  /** The ARN of a policy beyond which the role has no rights. @default - none */
  readonly permissionsBoundary?: string;
  /** Tags of every resource that takes some; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/**
 * Ends fixed nodes at the end of their lease, whoever is there to see it: one schedule for each node, which terminates its instance.
 *
 * Each has its own, because EC2 terminates none of several instances where one of them is gone (EC2 API reference, TerminateInstances), and a
 * node may have ended before. After the end there are no schedules: EventBridge refuses a time that is past.
 *
 * @throws {@link PropsError}
 */
export class LeaseEnd extends Construct {
  readonly group: SchedulerScheduleGroup;
  readonly role: IamRole;
  readonly schedule: SchedulerSchedule;

  constructor(scope: Construct, id: string, props: LeaseEndProps) {
    super(scope, id);
    checkCore(this);
    const { name, nodes, lease, tags } = props;
    checkName(this, 'name', name);
    checkTags(this, 'tags', tags);
    const partition = partitionOf(props.region);
    this.group = new SchedulerScheduleGroup(this, 'Group', { name, tags: tagsOf(name, tags) });
    this.role = this.endingRole(props, partition);
    this.schedule = new SchedulerSchedule(this, 'Resource', {
      name: '${replace(each.key, ".", "-")}',
      groupName: this.group.name,
      description: `End of the lease of ${name}`,
      // Schedules have no seconds: rounded up, so that no node ends too early.
      scheduleExpression: `at(\${formatdate("YYYY-MM-DD'T'hh:mm':00'", timeadd(${lease.endExpression}, "59s"))})`,
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: `arn:${partition}:scheduler:::aws-sdk:ec2:terminateInstances`,
        roleArn: this.role.arn,
        input: '${jsonencode({ InstanceIds = [each.value.id] })}',
      },
    });
    this.schedule.addOverride('for_each', `\${${nodes.instances}}`);
  }

  private endingRole({ name, only, permissionsBoundary, tags }: LeaseEndProps, partition: string): IamRole {
    const role = new IamRole(this, 'Role', {
      name: `${name}-end`,
      assumeRolePolicy: assumedBy('scheduler.amazonaws.com', {
        StringEquals: { 'aws:SourceArn': this.group.arn },
      }),
      permissionsBoundary,
      tags: tagsOf(`${name}-end`, tags),
    });
    new IamRolePolicy(this, 'Policy', {
      name: 'end-nodes',
      role: role.id,
      policy: policyText({
        Action: 'ec2:TerminateInstances',
        Resource: `arn:${partition}:ec2:*:*:instance/*`,
        Condition: { StringEquals: { [`aws:ResourceTag/${only.tag}`]: only.value } },
      }),
    });
    return role;
  }
}
