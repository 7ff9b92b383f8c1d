import { SecurityGroup as AwsSecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { checkDescription } from '../../model/clouds/aws/rule-description';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import type { Rule } from '../../model/net/rule';
import { checkCore } from '../core';
import { checked, refuse } from '../props-error';
import { isKnown } from '../tokens';
import type { INetwork } from './imported-network';
import { ImportedSecurityGroup, type ISecurityGroup } from './imported-security-group';
import { claimName } from './names';
import { SecurityGroupRules } from './security-group-rules';
import { checkTags, type Tags, tagsOf } from './tags';

export type { ISecurityGroup } from './imported-security-group';

export interface SecurityGroupProps {
  /** The network whose VPC the group belongs to. A change replaces the group. */
  readonly network: INetwork;
  /** Unique within the VPC; 1 to 255 characters, not `sg-…`. A change replaces the group. */
  readonly name: string;
  /** A change replaces the group. @default - the name */
  readonly description?: string;
  /** What may come in. A public source needs a written reason. @default - nothing */
  readonly ingress?: readonly Rule[];
  /** What may go out. @default - everything */
  readonly egress?: readonly Rule[];
  /** Tags of the group, where they win over the default `Name`, and of its rules. @default - none */
  readonly tags?: Tags;
}

const EVERYTHING_OUT: readonly Rule[] = [
  { port: Port.all(), peer: Peer.anyIpv4(), description: 'Everything out' },
];

/** The name of a group: the characters of a description (EC2 API reference, CreateSecurityGroup). */
const NAME = /^(?!sg-|default$)[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/i;

/**
 * A security group whose every rule is a resource of its own.
 *
 * A rule's address is made of what it allows, so adding, removing or sorting rules never touches another one.
 * Rules that allow the same thing twice become one.
 *
 * @throws {@link PropsError} when everybody may come in without a written reason, or AWS refuses a name or description
 */
export class SecurityGroup extends Construct implements ISecurityGroup {
  /** A group that something else made; rules can be added to it. */
  static fromSecurityGroupId(scope: Construct, id: string, securityGroupId: string): ISecurityGroup {
    return new ImportedSecurityGroup(scope, id, securityGroupId);
  }

  readonly securityGroup: AwsSecurityGroup;
  readonly securityGroupId: string;
  readonly securityGroupArn: string;
  private readonly rules: SecurityGroupRules;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    this.securityGroup = new AwsSecurityGroup(this, 'Group', {
      vpcId: props.network.vpcId,
      name: props.name,
      description: props.description ?? props.name,
      tags: tagsOf(props.name, props.tags),
    });
    this.securityGroupId = this.securityGroup.id;
    this.securityGroupArn = this.securityGroup.arn;
    this.rules = new SecurityGroupRules(this, this.securityGroupId, props.tags);
    for (const rule of props.ingress ?? []) this.rules.addIngress('ingress', rule);
    for (const rule of props.egress ?? EVERYTHING_OUT) this.rules.addEgress('egress', rule);
  }

  addIngressRule(rule: Rule): VpcSecurityGroupIngressRule {
    return this.rules.addIngress('addIngressRule', rule);
  }

  addEgressRule(rule: Rule): VpcSecurityGroupEgressRule {
    return this.rules.addEgress('addEgressRule', rule);
  }

  private check({ network, name, description, tags }: SecurityGroupProps): void {
    if (isKnown(name) && !NAME.test(name)) {
      refuse(
        this,
        `name: must be 1 to 255 characters of a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ * and spaces that do not begin with sg- and are not default, got ${JSON.stringify(name)}`,
      );
    }
    claimName(this, { prop: 'name', things: `security groups of ${network.node.path}`, name });
    if (description === '') refuse(this, 'description: must have 1 to 255 characters, got none');
    if (description !== undefined && isKnown(description))
      checked(this, 'description', () => checkDescription(description));
    checkTags(this, 'tags', tags);
  }
}
