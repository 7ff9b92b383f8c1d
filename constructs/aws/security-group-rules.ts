import {
  VpcSecurityGroupEgressRule,
  type VpcSecurityGroupEgressRuleConfig,
} from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { checkDescription } from '../../model/clouds/aws/rule-description';
import type { Peer } from '../../model/net/peer';
import { type Rule, ruleDescription, ruleKey } from '../../model/net/rule';
import { checked, refuse } from '../props-error';
import { isKnown } from '../tokens';
import { checkId } from './names';
import type { Tags } from './tags';

/** A rule's resource, with the rule that it was made for. */
interface Added<Resource> {
  readonly rule: Rule;
  readonly resource: Resource;
}

/** The rules of one security group: a resource for each, whose address is made of what the rule allows. */
export class SecurityGroupRules {
  private readonly ingress = new Map<string, Added<VpcSecurityGroupIngressRule>>();
  private readonly egress = new Map<string, Added<VpcSecurityGroupEgressRule>>();

  constructor(
    private readonly group: Construct,
    private readonly securityGroupId: string,
    private readonly tags?: Tags,
  ) {}

  /** @throws {@link PropsError} */
  addIngress(prop: string, rule: Rule): VpcSecurityGroupIngressRule {
    if (rule.peer.isPublic && !rule.allowPublic?.trim()) {
      refuse(
        this.group,
        `${prop}: must be a restricted source, or carry the reason why everybody may come in, got "${rule.port.key} from ${rule.peer.value}"; name the networks that need it, or give allowPublic: 'reason'`,
      );
    }
    return this.add(prop, rule, `In-${ruleKey(rule, 'from')}`, this.ingress, VpcSecurityGroupIngressRule);
  }

  /** @throws {@link PropsError} */
  addEgress(prop: string, rule: Rule): VpcSecurityGroupEgressRule {
    return this.add(prop, rule, `Out-${ruleKey(rule, 'to')}`, this.egress, VpcSecurityGroupEgressRule);
  }

  /** Rules that allow the same become one; the first description wins. */
  private add<Resource>(
    prop: string,
    rule: Rule,
    id: string,
    rules: Map<string, Added<Resource>>,
    Resource: new (scope: Construct, id: string, config: VpcSecurityGroupEgressRuleConfig) => Resource,
  ): Resource {
    checked(this.group, prop, () => checkDescription(asRead(ruleDescription(rule))));
    this.checkPeer(prop, rule.peer);
    const existing = rules.get(id);
    if (existing === undefined) {
      const resource = new Resource(this.group, id, this.ruleArguments(rule));
      rules.set(id, { rule, resource });
      return resource;
    }
    if (!existing.rule.peer.equals(rule.peer))
      refuse(
        this.group,
        `${prop}: must have a key of its own for each peer, got ${JSON.stringify(rule.peer.key)} for two`,
      );
    return existing.resource;
  }

  private checkPeer(prop: string, { kind, key, value, cidr }: Peer): void {
    if (value === undefined || cidr !== undefined) return;
    const name = `${prop}: peer ${key}`;
    if (kind === 'prefix-list') checkId(this.group, name, 'pl', value);
    // The group of a peered VPC in another account is written with the number of the account.
    if (kind === 'security-group') checkId(this.group, name, 'sg', value.replace(/^\d{12}\//, ''));
    if (kind === 'ipv4' && isKnown(value))
      refuse(this.group, `${name}: must be an IPv4 CIDR or a token, got ${JSON.stringify(value)}`);
  }

  /** The rule in the provider's terms: the type of an ICMP message is its "from port", the code its "to port". */
  private ruleArguments(rule: Rule): VpcSecurityGroupEgressRuleConfig {
    const { port, peer } = rule;
    return {
      securityGroupId: this.securityGroupId,
      ipProtocol: port.protocol === 'all' ? '-1' : String(port.protocol),
      fromPort: port.from,
      toPort: port.to,
      cidrIpv4: peer.kind === 'ipv4' ? peer.value : undefined,
      prefixListId: peer.kind === 'prefix-list' ? peer.value : undefined,
      referencedSecurityGroupId: this.referencedGroup(peer),
      description: ruleDescription(rule),
      tags: this.tags && { ...this.tags },
    };
  }

  private referencedGroup({ kind, value }: Peer): string | undefined {
    if (kind === 'self') return this.securityGroupId;
    return kind === 'security-group' ? value : undefined;
  }
}

/** A text as Terraform reads it: `$${` stands for `${`, `%%{` for `%{` (Terraform language, "Strings and templates"). */
function asRead(text: string): string {
  return text.replace(/([$%])\1\{/g, '$1{');
}
