import type { Cidr } from '../../model/net/cidr';
import { PRIVATE_BLOCKS } from '../../model/net/special-purpose';
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
      return [inlineRule({ values, at: '' }, textAt(values, 'type') === 'egress' ? 'out' : 'in')];
    case 'aws_security_group': {
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

function inlineRule({ values, at }: Block, direction: Traffic['direction']): Traffic {
  const names = [
    'cidr_blocks',
    'ipv6_cidr_blocks',
    'prefix_list_ids',
    'security_groups',
    'source_security_group_id',
  ];
  const peers = names.flatMap((name) => {
    const list = listAt(values, name);
    return list === UNKNOWN ? [UNKNOWN as Unknown] : (list ?? []);
  });
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
  if (protocol === undefined || protocol === '-1' || protocol === 'all') return 'all';
  if (!/^(tcp|udp|6|17)$/i.test(protocol)) return [];
  const from = numberAt(values, 'from_port');
  const to = numberAt(values, 'to_port');
  if (from === UNKNOWN || to === UNKNOWN) return UNKNOWN;
  return [{ from: from ?? 0, to: to ?? 65_535 }];
}

function azureRule({ values, at }: Block): readonly Traffic[] {
  if (textAt(values, 'access') === 'Deny') return [];
  const lists = ['source_address_prefix', 'source_address_prefixes', 'source_application_security_group_ids'];
  const peers = lists.flatMap((name) => {
    const list = listAt(values, name);
    return list === UNKNOWN ? [UNKNOWN as Unknown] : (list ?? []);
  });
  const first =
    lists.find((name) => values[name] !== undefined && values[name] !== null) ?? 'source_address_prefix';
  return [
    {
      direction: textAt(values, 'direction') === 'Outbound' ? 'out' : 'in',
      peers,
      self: false,
      ports: azurePorts(values),
      description: textAt(values, 'description'),
      attribute: at === '' ? first : `${at}.${first}`,
    },
  ];
}

function azurePorts(values: Values): Traffic['ports'] {
  const protocol = textAt(values, 'protocol');
  const ranges = ['destination_port_range', 'destination_port_ranges'].flatMap((name) => {
    const list = listAt(values, name);
    return list === UNKNOWN ? [UNKNOWN as Unknown] : (list ?? []);
  });
  if (protocol === UNKNOWN || ranges.includes(UNKNOWN)) return UNKNOWN;
  if (protocol !== undefined && /^(Icmp|Esp|Ah)$/i.test(protocol)) return [];
  if (ranges.includes('*'))
    return protocol === '*' || protocol === undefined ? 'all' : [{ from: 0, to: 65_535 }];
  return ranges.map((range) => {
    const [from = '0', to = from] = String(range).split('-');
    return { from: Number(from), to: Number(to) };
  });
}

/** Whether traffic may go to one of some ports. */
export function meets(ports: Traffic['ports'], wanted: readonly PortRange[]): boolean {
  if (ports === 'all') return true;
  if (ports === UNKNOWN) return false;
  return ports.some(({ from, to }) => wanted.some((one) => from <= one.to && one.from <= to));
}

/** Everybody: a network of the Internet that is wider than any one owner has, or a word of Azure for it. */
export function isWorld(peer: string): boolean {
  if (/^(\*|any|internet)$/i.test(peer)) return true;
  if (peer.includes(':')) return /^[0:]*\/(?:[0-9]|1[0-9])$/.test(peer) || /\/[0-7]$/.test(peer);
  const cidr = cidrOf(peer);
  return cidr !== undefined && cidr.prefixLength < 8 && !PRIVATE_BLOCKS.some((block) => block.contains(cidr));
}

/** A network that a peer is; undefined for an id, a word or IPv6. */
export function networkOf(peer: string | Unknown): Cidr | undefined {
  return peer === UNKNOWN ? undefined : cidrOf(peer);
}
