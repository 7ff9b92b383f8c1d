import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { Construct } from 'constructs';
import { MOST_RULES, RULE_PROTOCOLS } from '../../model/clouds/azure/limits';
import { checkDescription } from '../../model/clouds/azure/rule-description';
import type { Port } from '../../model/net/port';
import { checkSource, type Rule, ruleDescription } from '../../model/net/rule';
import { checkCore } from '../core';
import { checked, refuse } from '../props-error';
import { isKnown } from '../tokens';
import type { Network } from './network';

export interface SecurityGroupProps {
  /** The network whose subnets of nodes get the group. */
  readonly network: Network;
  /** A change replaces the group. */
  readonly name: string;
  /** What may come in; all else is denied, also what other networks of the site and of the virtual network send. */
  readonly ingress: readonly IngressRule[];
}

/** An inbound rule. Its key is its name and its resource's address, and its priority orders it. */
export interface IngressRule {
  readonly key: string;
  /** 100 to 4095, each once. */
  readonly priority: number;
  readonly rule: Rule;
}

/** The last priority that a rule can have: the deny of everything else stands there. */
const LAST = 4096;

const PROTOCOLS: Readonly<Record<string, string>> = {
  tcp: 'Tcp',
  udp: 'Udp',
  icmp: 'Icmp',
  all: '*',
  '50': 'Esp',
  '51': 'Ah',
};

/**
 * A network security group for the nodes of a network, each rule a resource of its own.
 *
 * Azure's default rules let in everything of the virtual network, and to a network with a gateway that includes the site: so the
 * last rule denies all inbound traffic.
 *
 * @throws {@link PropsError} for rules that Azure does not take, and for a public source without a written reason
 */
export class SecurityGroup extends Construct {
  readonly securityGroup: NetworkSecurityGroup;

  constructor(scope: Construct, id: string, { network, name, ingress }: SecurityGroupProps) {
    super(scope, id);
    checkCore(this);
    this.check(ingress);
    this.securityGroup = new NetworkSecurityGroup(this, 'Group', network.common(name));
    const common = {
      resourceGroupName: network.props.resourceGroup.groupName,
      networkSecurityGroupName: this.securityGroup.name,
      direction: 'Inbound',
    };
    const self = Object.values(network.props.subnets).map(({ cidr }) => String(cidr));
    for (const { key, priority, rule } of ingress) {
      new NetworkSecurityRule(this, `In-${key}`, {
        ...common,
        name: key,
        priority,
        access: 'Allow',
        description: ruleDescription(rule),
        ...sourceOf(rule, self),
        destinationAddressPrefix: '*',
        ...portOf(rule.port),
      });
    }
    new NetworkSecurityRule(this, 'Deny', {
      ...common,
      name: 'deny-all-inbound',
      priority: LAST,
      access: 'Deny',
      description: 'Everything else, also of the virtual network and of the site',
      protocol: '*',
      sourceAddressPrefix: '*',
      sourcePortRange: '*',
      destinationAddressPrefix: '*',
      destinationPortRange: '*',
    });
    for (const [key, subnet] of Object.entries(network.subnets)) {
      new SubnetNetworkSecurityGroupAssociation(this, `Subnet-${key}`, {
        subnetId: subnet.id,
        networkSecurityGroupId: this.securityGroup.id,
      });
    }
  }

  private check(ingress: readonly IngressRule[]): void {
    if (ingress.length > MOST_RULES)
      refuse(this, `ingress: must be at most ${MOST_RULES} rules, got ${ingress.length}`);
    const seen = new Map<number, string>();
    for (const { key, priority, rule } of ingress) {
      if (!Number.isInteger(priority) || priority < 100 || priority >= LAST)
        refuse(this, `ingress.${key}.priority: must be from 100 to ${LAST - 1}, got ${priority}`);
      const other = seen.get(priority);
      if (other !== undefined)
        refuse(this, `ingress.${key}.priority: ${priority} is that of ${other} already`);
      seen.set(priority, key);
      if (!RULE_PROTOCOLS.includes(rule.port.protocol))
        refuse(this, `ingress.${key}: must be tcp, udp, icmp, esp, ah or all, got ${rule.port.protocol}`);
      if (rule.peer.kind !== 'ipv4' && rule.peer.kind !== 'self')
        refuse(this, `ingress.${key}: must have a network or self as its source, got a ${rule.peer.kind}`);
      checked(this, `ingress.${key}`, () => checkSource(rule));
      if (isKnown(rule.description))
        checked(this, `ingress.${key}.description`, () => checkDescription(ruleDescription(rule)));
    }
  }
}

function sourceOf({ peer }: Rule, self: readonly string[]) {
  // Not the tag Internet, even for everybody: it leaves out the virtual network and the site, and a half of all addresses is no half.
  if (peer.kind !== 'self') return { sourceAddressPrefix: peer.value ?? '*' };
  const [only, ...others] = self;
  return others.length === 0 && only !== undefined
    ? { sourceAddressPrefix: only }
    : { sourceAddressPrefixes: [...self] };
}

function portOf({ protocol, from = 0, to = 0 }: Port) {
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  const range = from === to ? String(from) : `${from}-${to}`;
  const isAll = from === 0 && to === 65535;
  return {
    protocol: PROTOCOLS[String(protocol)] ?? '*',
    sourcePortRange: '*',
    destinationPortRange: hasPorts && !isAll ? range : '*',
  };
}
