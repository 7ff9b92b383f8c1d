import { SecurityGroup as AwsSecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import {
  VpcSecurityGroupEgressRule,
  type VpcSecurityGroupEgressRuleConfig,
} from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import {
  checkDescription,
  checkIngressRule,
  distinctRules,
  type Rule,
  ruleDescription,
  ruleKey,
} from '../../model/net/rule';
import { ValueError } from '../../model/value-error';
import { PropsError } from '../props-error';

export interface SecurityGroupProps {
  readonly vpcId: string;
  /** Unique within the VPC; at most 255 characters. A change replaces the group. */
  readonly name: string;
  /** A change replaces the group. @default - the name */
  readonly description?: string;
  /** What may come in. A public source needs a written reason. */
  readonly ingress: readonly Rule[];
  /** What may go out. @default - everything */
  readonly egress?: readonly Rule[];
  readonly tags?: Readonly<Record<string, string>>;
}

const EVERYTHING_OUT: readonly Rule[] = [
  { port: Port.all(), peer: Peer.anyIpv4(), description: 'Everything out' },
];

/**
 * A security group whose every rule is a resource of its own.
 *
 * A rule's address is made of what it allows, so adding, removing or sorting rules never touches another one.
 * Rules that allow the same thing twice become one.
 *
 * @throws {@link PropsError} when everybody may come in without a written reason, or AWS refuses a description
 */
export class SecurityGroup extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    this.check('ingress', props.ingress, checkIngressRule);
    this.check('egress', props.egress ?? [], (rule) => checkDescription(rule.description));
    const group = new AwsSecurityGroup(this, 'Group', {
      vpcId: props.vpcId,
      name: props.name,
      description: props.description ?? props.name,
      tags: { Name: props.name, ...props.tags },
    });
    this.id = group.id;
    for (const rule of distinctRules(props.ingress)) {
      new VpcSecurityGroupIngressRule(this, `In-${ruleKey(rule, 'from')}`, this.ruleArguments(rule));
    }
    for (const rule of distinctRules(props.egress ?? EVERYTHING_OUT)) {
      new VpcSecurityGroupEgressRule(this, `Out-${ruleKey(rule, 'to')}`, this.ruleArguments(rule));
    }
  }

  private check(prop: string, rules: readonly Rule[], check: (rule: Rule) => void): void {
    for (const rule of rules) {
      try {
        check(rule);
      } catch (error) {
        if (error instanceof ValueError) throw new PropsError(this.node.path, `${prop}: ${error.message}`);
        throw error;
      }
    }
  }

  /** The rule in the provider's terms: the type of an ICMP message is its "from port", the code its "to port". */
  private ruleArguments(rule: Rule): VpcSecurityGroupEgressRuleConfig {
    const { port, peer } = rule;
    return {
      securityGroupId: this.id,
      ipProtocol: port.protocol === 'all' ? '-1' : port.protocol,
      fromPort: port.from,
      toPort: port.to,
      cidrIpv4: peer.cidr?.toString(),
      referencedSecurityGroupId: peer.kind === 'self' ? this.id : undefined,
      description: ruleDescription(rule),
    };
  }
}
