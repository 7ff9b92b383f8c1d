import type { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct, type IConstruct } from 'constructs';
import type { Rule } from '../../model/net/rule';
import { checkCore } from '../core';
import { checkId } from './names';
import { SecurityGroupRules } from './security-group-rules';

/** A security group, made by this app or by something else. */
export interface ISecurityGroup extends IConstruct {
  readonly securityGroupId: string;

  /**
   * Allows something to come in; a rule that allows the same as an earlier one is that earlier one.
   *
   * @throws {@link PropsError} when everybody may come in without a written reason, or AWS would refuse the rule
   */
  addIngressRule(rule: Rule): VpcSecurityGroupIngressRule;

  /**
   * Allows something to go out.
   *
   * @throws {@link PropsError} when AWS would refuse the rule
   */
  addEgressRule(rule: Rule): VpcSecurityGroupEgressRule;
}

/** A group that something else made. Rules that are added to it belong to this app; all others are left alone. */
export class ImportedSecurityGroup extends Construct implements ISecurityGroup {
  private readonly rules: SecurityGroupRules;

  constructor(
    scope: Construct,
    id: string,
    readonly securityGroupId: string,
  ) {
    super(scope, id);
    checkCore(this);
    checkId(this, 'securityGroupId', 'sg', securityGroupId);
    this.rules = new SecurityGroupRules(this, securityGroupId);
  }

  addIngressRule(rule: Rule): VpcSecurityGroupIngressRule {
    return this.rules.addIngress('addIngressRule', rule);
  }

  addEgressRule(rule: Rule): VpcSecurityGroupEgressRule {
    return this.rules.addEgress('addEgressRule', rule);
  }
}
