import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { partitionOf } from '../../model/clouds/aws/regions';
import { checkCore } from '../core';
import { assumedBy, type PolicyStatement, policyText } from './iam-policy';
import { checkName } from './names';
import { checkTags, type Tags, tagsOf } from './tags';

/** What a node may ask of AWS. */
export interface INodeProfile {
  readonly instanceProfileName: string;
  /** Rights that are there before the first node is, because it needs them when it boots. */
  readonly grants: readonly ITerraformDependable[];
}

export interface NodeProfileProps {
  /** Names the role and the profile, which are replaced with it: 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** The ARN of a policy beyond which the role has no rights. @default - none */
  readonly permissionsBoundary?: string;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/** What Session Manager needs, without the rest of AmazonSSMManagedInstanceCore (Systems Manager user guide, "Create a custom IAM role for Session Manager"). */
const SESSIONS: PolicyStatement = {
  Action: [
    'ssm:UpdateInstanceInformation',
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ],
  Resource: '*',
};

/**
 * A role that nodes have, with its instance profile. It has no rights until one is granted, each by a resource of its own.
 *
 * @throws {@link PropsError}
 */
export class NodeProfile extends Construct implements INodeProfile {
  /** A profile that exists already, with the rights that somebody else gave it. */
  static fromName(instanceProfileName: string): INodeProfile {
    return { instanceProfileName, grants: [] };
  }

  readonly role: IamRole;
  readonly instanceProfile: IamInstanceProfile;
  readonly instanceProfileName: string;
  readonly grants: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { name, permissionsBoundary, tags }: NodeProfileProps) {
    super(scope, id);
    checkCore(this);
    checkName(this, 'name', name);
    checkTags(this, 'tags', tags);
    this.role = new IamRole(this, 'Role', {
      name,
      assumeRolePolicy: assumedBy('ec2.amazonaws.com'),
      permissionsBoundary,
      tags: tagsOf(name, tags),
    });
    this.instanceProfile = new IamInstanceProfile(this, 'Resource', {
      name,
      role: this.role.name,
      tags: tagsOf(name, tags),
    });
    this.instanceProfileName = this.instanceProfile.name;
  }

  /** Gives a right. @param id - of the policy, a PascalCase word: `Script` */
  grant(id: string, statement: PolicyStatement): void {
    this.grants.push(
      new IamRolePolicy(this, id, {
        name: id.toLowerCase(),
        role: this.role.id,
        policy: policyText(statement),
      }),
    );
  }

  /**
   * Lets a node end itself without a replacement. IAM can't name the instance that asks, so each node of an Auto Scaling group may end
   * any one of it.
   *
   * @param groupName - of the Auto Scaling group
   */
  grantEnd(region: string, groupName: string): void {
    this.grant('End', {
      Action: 'autoscaling:TerminateInstanceInAutoScalingGroup',
      Resource: `arn:${partitionOf(region)}:autoscaling:${region}:*:autoScalingGroup:*:autoScalingGroupName/${groupName}`,
    });
  }

  /** Lets people open sessions and run commands by Systems Manager. */
  grantSessions(): void {
    this.grant('Sessions', SESSIONS);
  }
}
