import type { Cidr } from '../../model/net/cidr';
import type { Resource } from '../resource';
import {
  type Block,
  blocksAt,
  flagAt,
  listAt,
  numberAt,
  textAt,
  UNKNOWN,
  type Unknown,
  type Values,
} from '../values';
import { cidrOf } from '../vpn/networks';

/** What a rule of a security group lets in or out. */
export interface Traffic {
  readonly direction: 'in' | 'out';
  /** Networks, ids of groups and of prefix lists, words of Azure. */
  readonly peers: readonly (string | Unknown)[];
  /** Whether the members of the group itself are meant. */
  readonly self: boolean;
  /** `all` is every protocol and port. */
  readonly ports: readonly PortRange[] | 'all' | Unknown;
  readonly description: string | Unknown | undefined;
  /** Where its peers stand: `ingress.0.cidr_blocks`. */
  readonly attribute: string;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const AWS_RULES = [
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
  'aws_security_group_rule',
  'aws_security_group',
  'aws_default_security_group',
] as const;
export const AZURE_RULES = ['azurerm_network_security_rule', 'azurerm_network_security_group'] as const;

/** What a resource allows; rules that deny are left out. {@link UNKNOWN} where its rules are made by an expression. */
export function trafficOf({ type, values }: Resource): readonly Traffic[] | Unknown {
  switch (type) {
    case 'aws_vpc_security_group_ingress_rule':
      return [modernRule(values, 'in')];
    case 'aws_vpc_security_group_egress_rule':
      return [modernRule(values, 'out')];
    case 'aws_security_group_rule':
      return [oldRule(values)];
    case 'aws_security_group':
    case 'aws_default_security_group': {
      const ingress = blocksAt(values, 'ingress');
      const egress = blocksAt(values, 'egress');
      if (ingress === UNKNOWN || egress === UNKNOWN) return UNKNOWN;
      return [
        ...ingress.map((block) => inlineRule(block, 'in')),
        ...egress.map((block) => inlineRule(block, 'out')),
      ];
    }
    case 'azurerm_network_security_rule':
      return azureRule({ values, at: '' });
    case 'azurerm_network_security_group': {
      const rules = blocksAt(values, 'security_rule');
      return rules === UNKNOWN ? UNKNOWN : rules.flatMap(azureRule);
    }
    default:
      return [];
  }
}

function modernRule(values: Values, direction: Traffic['direction']): Traffic {
  const names = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'] as const;
  const peers = names.flatMap((name) => textAt(values, name) ?? []);
  // A group that is referred to by the same expression as the rule's own is the group itself.
  const self =
    values.referenced_security_group_id !== undefined &&
    values.referenced_security_group_id === values.security_group_id;
  return {
    direction,
    peers: self ? [] : peers,
    self,
    ports: awsPorts(values, 'ip_protocol'),
    description: textAt(values, 'description'),
    attribute: names.find((name) => values[name] !== undefined && values[name] !== null) ?? 'cidr_ipv4',
  };
}

function oldRule(values: Values): Traffic {
  const type = textAt(values, 'type');
  const rule = inlineRule({ values, at: '' }, type === 'egress' ? 'out' : 'in');
  return type === UNKNOWN ? { ...rule, peers: [UNKNOWN] } : rule;
}

function inlineRule({ values, at }: Block, direction: Traffic['direction']): Traffic {
  const names = [
    'cidr_blocks',
    'ipv6_cidr_blocks',
    'prefix_list_ids',
    'security_groups',
    'source_security_group_id',
  ];
  const peers = names.flatMap((name) => items(values, name));
  const first = names.find((name) => values[name] !== undefined && values[name] !== null) ?? 'cidr_blocks';
  return {
    direction,
    peers,
    self: flagAt(values, 'self') === true,
    ports: awsPorts(values, 'protocol'),
    description: textAt(values, 'description'),
    attribute: at === '' ? first : `${at}.${first}`,
  };
}

function awsPorts(values: Values, name: string): Traffic['ports'] {
  const protocol = textAt(values, name);
  if (protocol === UNKNOWN) return UNKNOWN;
  if (protocol === undefined || protocol === '-1' || /^all$/i.test(protocol)) return 'all';
  if (!/^(tcp|udp|6|17)$/i.test(protocol)) return [];
  const from = numberAt(values, 'from_port');
  const to = numberAt(values, 'to_port');
  if (from === UNKNOWN || to === UNKNOWN) return UNKNOWN;
  return [{ from: from ?? 0, to: to ?? 65_535 }];
}

function azureRule({ values, at }: Block): readonly Traffic[] {
  const access = textAt(values, 'access');
  const direction = textAt(values, 'direction');
  if (isWord(access, 'Deny')) return [];
  const lists = ['source_address_prefix', 'source_address_prefixes', 'source_application_security_group_ids'];
  // Whoever an unknown rule is about: it may deny, or be about what goes out.
  const isUnseen = access === UNKNOWN || direction === UNKNOWN;
  const peers: Traffic['peers'] = isUnseen ? [UNKNOWN] : lists.flatMap((name) => items(values, name));
  const first =
    lists.find((name) => values[name] !== undefined && values[name] !== null) ?? 'source_address_prefix';
  const rule: Omit<Traffic, 'ports'> = {
    direction: isWord(direction, 'Outbound') ? 'out' : 'in',
    peers,
    self: false,
    description: textAt(values, 'description'),
    attribute: at === '' ? first : `${at}.${first}`,
  };
  return azurePorts(values).map((ports) => ({ ...rule, ports }));
}

/** Azure takes its words in any case. */
function isWord(text: string | Unknown | undefined, word: string): boolean {
  return typeof text === 'string' && text.toLowerCase() === word.toLowerCase();
}

function items(values: Values, name: string): readonly (string | Unknown)[] {
  const list = listAt(values, name);
  return list === UNKNOWN ? [UNKNOWN] : (list ?? []);
}

/** The ports that are known, and beside them those that are not. */
function azurePorts(values: Values): readonly Traffic['ports'][] {
  const protocol = textAt(values, 'protocol');
  if (protocol === UNKNOWN) return [UNKNOWN];
  if (protocol !== undefined && /^(Icmp|Esp|Ah)$/i.test(protocol)) return [[]];
  const ranges = ['destination_port_range', 'destination_port_ranges'].flatMap((name) => items(values, name));
  if (ranges.includes('*'))
    return protocol === '*' || protocol === undefined ? ['all'] : [[{ from: 0, to: 65_535 }]];
  const known = ranges.flatMap((range) => {
    if (range === UNKNOWN) return [];
    const [from = '0', to = from] = range.split('-');
    return [{ from: Number(from), to: Number(to) }];
  });
  if (!ranges.includes(UNKNOWN)) return [known];
  return known.length === 0 ? [UNKNOWN] : [known, UNKNOWN];
}

/** Whether traffic may go to one of some ports. */
export function meets(ports: Traffic['ports'], wanted: readonly PortRange[]): boolean {
  if (ports === 'all') return true;
  if (ports === UNKNOWN) return false;
  return ports.some(({ from, to }) => wanted.some((one) => from <= one.to && one.from <= to));
}

/** A network that a peer is; undefined for an id, a word or IPv6. */
export function networkOf(peer: string | Unknown): Cidr | undefined {
  return peer === UNKNOWN ? undefined : cidrOf(peer);
}
