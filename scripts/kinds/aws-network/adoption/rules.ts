import { Cidr } from '../../../../model/net/cidr';
import { Port } from '../../../../model/net/port';
import { type Protocol, parseProtocol } from '../../../../model/net/protocol';
import { ValueError } from '../../../../model/value-error';
import type { Attributes, StateInstance } from '../../../../terraform/state/state-file';
import { blocksOf, numberOf, textOf, textsOf } from './attributes';
import { idOf, type Things } from './things';

/** One rule of a security group: one protocol, one source. */
export interface FoundRule {
  readonly port: Port;
  /** As a catalog writes a source: `self`, a CIDR, `sg-…`, `pl-…`. */
  readonly source: string;
  readonly description?: string;
}

export interface FoundRules {
  readonly rules: readonly FoundRule[];
  /** What a catalog can't say: sources of IPv6. */
  readonly unsaid: readonly string[];
}

/** The ingress rules of a group, whichever of Terraform's three forms they have: each source once. */
export function ingressOf(group: StateInstance, things: Things): FoundRules {
  const id = idOf(group) ?? '';
  const found = [
    ...blocksOf(group.attributes, 'ingress').flatMap((block) => sourcesOf(block, id)),
    ...things
      .where('aws_vpc_security_group_ingress_rule', { security_group_id: id })
      .flatMap(({ attributes }) => [{ ...attributes, source: sourceOf(attributes, id) }]),
    ...things
      .where('aws_security_group_rule', { security_group_id: id, type: 'ingress' })
      .flatMap(({ attributes }) => sourcesOf(attributes, id)),
  ];
  const rules = new Map<string, FoundRule>();
  const unsaid: string[] = [];
  for (const attributes of found) {
    const source = String(attributes.source);
    const port = portOf(attributes);
    if (port === undefined || source.includes(':')) {
      unsaid.push(
        `${port?.key ?? textOf(attributes, 'ip_protocol') ?? textOf(attributes, 'protocol')} from ${source}`,
      );
      continue;
    }
    const key = `${port.key} ${source}`;
    const description = textOf(attributes, 'description');
    if (!rules.has(key))
      rules.set(key, { port, source, ...(description === undefined ? {} : { description }) });
  }
  return { rules: [...rules.values()], unsaid: [...new Set(unsaid)] };
}

/** Rules of the form in which one resource has several sources: each source is a resource of its own with us. */
export function coveredRules(network: {
  readonly things: Things;
  readonly securityGroup?: StateInstance;
}): readonly StateInstance[] {
  const id = idOf(network.securityGroup);
  return network.things
    .where('aws_security_group_rule', { security_group_id: id })
    .filter(({ attributes }) => textsOf(attributes, 'ipv6_cidr_blocks').length === 0);
}

/** The parts of a block or of a legacy rule, each with its one source. */
function sourcesOf(block: Attributes, group: string): readonly Attributes[] {
  const single = textOf(block, 'source_security_group_id');
  const sources = [
    ...(block.self === true ? ['self'] : []),
    ...textsOf(block, 'cidr_blocks'),
    ...textsOf(block, 'ipv6_cidr_blocks'),
    ...textsOf(block, 'prefix_list_ids'),
    ...textsOf(block, 'security_groups'),
    ...(single === undefined ? [] : [single]),
  ];
  return sources.map((source) => ({ ...block, source: source === group ? 'self' : source }));
}

/** The source of a rule that is a resource, or a data source, of its own. */
export function sourceOf(attributes: Attributes, group: string): string {
  const referenced = textOf(attributes, 'referenced_security_group_id');
  if (referenced === group) return 'self';
  return (
    referenced ??
    textOf(attributes, 'cidr_ipv4') ??
    textOf(attributes, 'cidr_ipv6') ??
    textOf(attributes, 'prefix_list_id') ??
    'self'
  );
}

/** What a rule allows, in whichever words it is written: `-1` or `all`, `6` or `tcp`. Undefined for a protocol of IPv6. */
export function portOf(attributes: Attributes): Port | undefined {
  const written = textOf(attributes, 'ip_protocol') ?? textOf(attributes, 'protocol') ?? '-1';
  const protocol = protocolOf(written);
  const [from, to] = [numberOf(attributes, 'from_port') ?? -1, numberOf(attributes, 'to_port') ?? -1];
  switch (protocol) {
    case undefined:
      return undefined;
    case 'all':
      return Port.all();
    case 'icmp':
      return Port.icmp(from, to);
    case 'tcp':
      return Port.tcp(Math.max(from, 0), to < 0 ? 65535 : to);
    case 'udp':
      return Port.udp(Math.max(from, 0), to < 0 ? 65535 : to);
    default:
      return Port.ofProtocol(protocol);
  }
}

function protocolOf(written: string): Protocol | undefined {
  try {
    return parseProtocol(written);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** The order of rules in a catalog: by what they allow, then by source, networks by number. */
export function compareRules(a: FoundRule, b: FoundRule): number {
  const number = (source: string) => (/^\d+\.\d+\.\d+\.\d+\//.test(source) ? Cidr.parse(source).first : -1);
  return (
    compare(a.port.key, b.port.key) || number(a.source) - number(b.source) || compare(a.source, b.source)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
