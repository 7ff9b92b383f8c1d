import { nearest } from '../../base/text/nearest';
import { ValueError } from '../value-error';

/** The protocols whose rules say more than that they are allowed: ports, or types of messages. */
export type NamedProtocol = 'tcp' | 'udp' | 'icmp';

/** A protocol of a rule: one with ports or types, one by its number (IANA, "Protocol Numbers"), or all of them. */
export type Protocol = NamedProtocol | 'all' | number;

const NAMED: readonly NamedProtocol[] = ['tcp', 'udp', 'icmp'];

/** Numbers of protocols by the keywords of IANA's registry, those of /etc/protocols. */
const NUMBERS: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  udp: 17,
  dccp: 33,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  eigrp: 88,
  ospf: 89,
  pim: 103,
  vrrp: 112,
  l2tp: 115,
  sctp: 132,
  udplite: 136,
};

/** Protocols that carry nothing where there is no IPv6, by their numbers (IANA, "IPv6 Extension Header Types"; RFC 4443). */
const OF_IPV6: ReadonlySet<number> = new Set([41, 43, 44, 58, 59, 60, 135]);

export const PROTOCOL_NAMES: readonly string[] = [...NAMED, 'all', ...Object.keys(NUMBERS)].filter(
  (name, index, names) => names.indexOf(name) === index && name !== 'icmpv6',
);

/**
 * A protocol by its name or its number; -1 stands for all of them, as in the clouds' own rules.
 *
 * @throws {@link ValueError} for what is none, and for protocols of IPv6, which networks are built without
 */
export function parseProtocol(given: string | number): Protocol {
  const text = String(given);
  if (text === 'all' || text === '-1') return 'all';
  const named = Object.hasOwn(NUMBERS, text) ? NUMBERS[text] : undefined;
  const number = /^(0|[1-9][0-9]{0,2})$/.test(text) ? Number(text) : named;
  if (number === undefined || number > 255) {
    throw new ValueError(
      'tcp, udp, icmp, all, or another protocol by its name (esp, gre) or number from 0 to 255',
      text,
      {
        suggestion: nearest(text, PROTOCOL_NAMES),
      },
    );
  }
  if (OF_IPV6.has(number)) {
    throw new ValueError('a protocol of IPv4', text, {
      fix: 'networks are built without IPv6, so nothing of it would arrive',
    });
  }
  return NAMED.find((name) => NUMBERS[name] === number) ?? number;
}

/** A protocol for messages: `gre (47)`, or its number alone where it has no name here. */
export function protocolText(protocol: Protocol): string {
  const name = Object.keys(NUMBERS).find((one) => NUMBERS[one] === protocol);
  return name === undefined ? String(protocol) : `${name} (${protocol})`;
}

/** Types of ICMP messages by their names in nftables (RFC 792, RFC 950, RFC 1256). */
const ICMP_TYPES: Readonly<Record<string, number>> = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  'source-quench': 4,
  redirect: 5,
  'echo-request': 8,
  'router-advertisement': 9,
  'router-solicitation': 10,
  'time-exceeded': 11,
  'parameter-problem': 12,
  'timestamp-request': 13,
  'timestamp-reply': 14,
  'info-request': 15,
  'info-reply': 16,
  'address-mask-request': 17,
  'address-mask-reply': 18,
};

export const ICMP_TYPE_NAMES: readonly string[] = Object.keys(ICMP_TYPES);

/** The type of an ICMP message by its name. @throws {@link ValueError} */
export function parseIcmpType(name: string): number {
  const type = Object.hasOwn(ICMP_TYPES, name) ? ICMP_TYPES[name] : undefined;
  if (type !== undefined) return type;
  throw new ValueError('an ICMP type from -1 to 255, or its name like echo-request', name, {
    suggestion: nearest(name, ICMP_TYPE_NAMES),
  });
}
