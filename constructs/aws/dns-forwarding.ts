import {
  Route53ResolverEndpoint,
  type Route53ResolverEndpointIpAddress,
} from '@cdktf/provider-aws/lib/route53-resolver-endpoint';
import { Route53ResolverRule } from '@cdktf/provider-aws/lib/route53-resolver-rule';
import { Route53ResolverRuleAssociation } from '@cdktf/provider-aws/lib/route53-resolver-rule-association';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import {
  FORWARDED_DOMAIN,
  MOST_INTERFACES,
  MOST_RESOLVERS,
  RESOLVER_INTERFACES,
} from '../../model/clouds/aws/dns-forwarding';
import { parseIpv4 } from '../../model/net/ipv4';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import { checkCore } from '../core';
import { checked, refuse } from '../props-error';
import { stateRecord } from '../state-record';
import { checkKnown, isKnown } from '../tokens';
import type { INetwork } from './imported-network';
import { checkName } from './names';
import { SecurityGroup } from './security-group';
import { checkTags, type Tags, tagsOf } from './tags';

export interface DnsForwardingProps {
  /** The network whose nodes ask. Its nodes must ask AWS's own resolver, as they do without DHCP options. */
  readonly network: INetwork;
  /** Names the endpoint and the security group, and every resource (tag `Name`): 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /**
   * The resolvers that are asked on port 53, by domain: 1 to 6 IPv4 addresses, known at synthesis. A domain is written in small letters
   * without a dot at its end; `.` stands for all names. Resolvers must be reachable from the network.
   */
  readonly resolvers: Readonly<Record<string, readonly string[]>>;
  /** Where they are asked from: 2 to 6 network interfaces, best in two zones. Each costs by the hour. */
  readonly interfaces: readonly ResolverInterface[];
  /** Tags of every resource that has any; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/** A network interface of an outbound endpoint. */
export interface ResolverInterface {
  /** Key of a private subnet. */
  readonly subnet: string;
  /**
   * Its address. A subnet with two interfaces needs it for both: the provider takes two blocks of a subnet without addresses for one.
   *
   * @default - one that AWS chooses
   */
  readonly address?: string;
}

const KNOWN = 'the addresses of rules are made of it';

const DOMAIN = new RegExp(FORWARDED_DOMAIN);

/** The longest name of a rule, which has no dots (Route 53 API reference, CreateResolverRule). */
const LONGEST_RULE_NAME = 64;

/**
 * Domains about which the resolver of a VPC asks others, such as those of the site: an outbound endpoint of Route 53 Resolver, and a
 * rule for each domain, which the VPC uses.
 *
 * A change of its subnets, or of its security group, replaces the endpoint with its rules, because AWS deletes no subnet that has an
 * interface, and no endpoint that has rules; resolvers and addresses change in place.
 *
 * @throws {@link PropsError}
 */
export class DnsForwarding extends Construct {
  readonly endpoint: Route53ResolverEndpoint;
  readonly securityGroup: SecurityGroup;
  /** By domain. */
  readonly rules: Readonly<Record<string, Route53ResolverRule>>;
  /** By domain. */
  readonly associations: Readonly<Record<string, Route53ResolverRuleAssociation>>;

  constructor(scope: Construct, id: string, props: DnsForwardingProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    const { network, name, interfaces, resolvers, tags } = props;
    this.securityGroup = this.group(props);
    this.endpoint = new Route53ResolverEndpoint(this, 'Endpoint', {
      name: `${name}-dns`,
      direction: 'OUTBOUND',
      securityGroupIds: [this.securityGroup.securityGroupId],
      ipAddress: interfaces.map((one) => addressOf(network, one)),
      tags: tagsOf(`${name}-dns`, tags),
      // Terraform destroys a subnet before it changes what is in it, and AWS refuses that (DependencyViolation).
      lifecycle: { replaceTriggeredBy: [`${this.subnets(props)}.output`] },
    });
    const domains = Object.keys(resolvers);
    const rule = (domain: string) => this.rule(props, domain);
    this.rules = Object.fromEntries(domains.map((domain) => [domain, rule(domain)]));
    this.associations = Object.fromEntries(
      Object.entries(this.rules).map(([domain, { id: resolverRuleId }]) => [
        domain,
        new Route53ResolverRuleAssociation(this, `Association-${keyOf(domain)}`, {
          resolverRuleId,
          vpcId: network.vpcId,
        }),
      ]),
    );
  }

  private check({ network, name, resolvers, interfaces, tags }: DnsForwardingProps): void {
    checkName(this, 'name', name);
    checkTags(this, 'tags', tags);
    checkKnown(this, 'resolvers', resolvers, KNOWN);
    const domains = Object.entries(resolvers);
    if (domains.length === 0) refuse(this, 'resolvers: must hold at least one domain, got none');
    for (const [domain, addresses] of domains) this.checkDomain(domain, addresses);
    if (interfaces.length < RESOLVER_INTERFACES || interfaces.length > MOST_INTERFACES)
      refuse(
        this,
        `interfaces: must be ${RESOLVER_INTERFACES} to ${MOST_INTERFACES}, got ${interfaces.length}`,
      );
    interfaces.forEach(({ subnet, address }, index) => {
      if (network.subnetIds[subnet] === undefined)
        refuse(
          this,
          `interfaces[${index}].subnet: must be a key of a subnet of ${network.node.path}, got ${JSON.stringify(subnet)}`,
        );
      if (address !== undefined && isKnown(address))
        checked(this, `interfaces[${index}].address`, () => parseIpv4(address));
    });
    this.checkShared(interfaces);
  }

  private checkDomain(domain: string, addresses: readonly string[]): void {
    const prop = `resolvers.${domain}`;
    if (!DOMAIN.test(domain))
      refuse(
        this,
        `resolvers: must have domains in small letters like corp.example.org, or ., as keys, got ${JSON.stringify(domain)}`,
      );
    if (addresses.length === 0 || addresses.length > MOST_RESOLVERS)
      refuse(this, `${prop}: must be 1 to ${MOST_RESOLVERS} addresses, got ${addresses.length}`);
    for (const address of addresses) {
      checkKnown(this, prop, address, KNOWN);
      checked(this, prop, () => parseIpv4(address));
    }
    if (new Set(addresses).size < addresses.length)
      refuse(this, `${prop}: must name each resolver once, got ${addresses.join(', ')}`);
  }

  private checkShared(interfaces: readonly ResolverInterface[]): void {
    for (const { subnet } of interfaces) {
      const addresses = interfaces.filter((one) => one.subnet === subnet).map(({ address }) => address);
      if (addresses.length === 1) continue;
      if (addresses.includes(undefined) || new Set(addresses).size < addresses.length)
        refuse(
          this,
          `interfaces: must have addresses of their own where a subnet has several, got ${addresses.map((address) => address ?? 'none').join(', ')} in ${JSON.stringify(subnet)}`,
        );
    }
  }

  /** The address of a resource that changes with the subnets of the interfaces. */
  private subnets({ network, interfaces }: DnsForwardingProps): string {
    const input = Object.fromEntries(interfaces.map(({ subnet }) => [subnet, network.subnetIds[subnet]]));
    return textAddress(stateRecord(this, 'Subnets', input));
  }

  /** Only the resolvers are asked, and nobody asks the interfaces. */
  private group({ network, name, resolvers, tags }: DnsForwardingProps): SecurityGroup {
    const addresses = [...new Set(Object.values(resolvers).flat())];
    return new SecurityGroup(this, 'Resolver', {
      network,
      name: `${name}-dns`,
      description: `Forwarding of domains of ${name}`,
      ingress: [],
      egress: addresses.flatMap((address) =>
        [Port.udp(53), Port.tcp(53)].map((port) => ({
          port,
          peer: Peer.ipv4(`${address}/32`),
          description: 'DNS to a resolver',
        })),
      ),
      tags,
    });
  }

  private rule({ name, resolvers, tags }: DnsForwardingProps, domain: string): Route53ResolverRule {
    return new Route53ResolverRule(this, `Rule-${keyOf(domain)}`, {
      name: ruleName(domain),
      domainName: domain,
      ruleType: 'FORWARD',
      resolverEndpointId: this.endpoint.id,
      targetIp: (resolvers[domain] ?? []).map((ip) => ({ ip, port: 53 })),
      tags: tagsOf(`${name}-dns`, tags),
      // AWS deletes no endpoint that has rules (RSLVR-00600), so they go before it where it is replaced.
      lifecycle: { replaceTriggeredBy: [`${textAddress(this.endpoint)}.id`] },
    });
  }
}

/** The address as text, which `replace_triggered_by` takes in JSON in place of an expression. */
function textAddress({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** What a domain is called in resource addresses: `_` stands for a dot, which no name has otherwise. */
function keyOf(domain: string): string {
  return domain.replaceAll('.', '_');
}

function ruleName(domain: string): string {
  return domain === '.' ? 'all' : `to-${domain.replaceAll('.', '-')}`.slice(0, LONGEST_RULE_NAME);
}

function addressOf(
  network: INetwork,
  { subnet, address }: ResolverInterface,
): Route53ResolverEndpointIpAddress {
  return { subnetId: network.subnetIds[subnet] ?? '', ...(address === undefined ? {} : { ip: address }) };
}
