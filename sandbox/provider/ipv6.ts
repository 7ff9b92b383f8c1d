import { isIPv6 } from 'node:net';

/** An IPv6 network as numbers: its first address and its prefix length. */
export interface Ipv6Network {
  readonly first: bigint;
  readonly prefix: number;
}

const BITS = 128;

function sizeOf({ prefix }: Ipv6Network): bigint {
  return 1n << BigInt(BITS - prefix);
}

/** The 16-bit groups of an address, with the zeros that `::` stands for. */
function groupsOf(address: string): readonly number[] {
  const [before = '', after] = address.split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array.from({ length: zeros }, () => 0), ...tail];
}

/** The network of an IPv6 CIDR block, without its host bits; undefined for any other text. */
export function parseIpv6Network(cidr: string): Ipv6Network | undefined {
  const [address = '', length = ''] = cidr.split('/');
  const prefix = Number(length);
  if (!isIPv6(address) || address.includes('.') || !/^\d{1,3}$/.test(length) || prefix > BITS)
    return undefined;
  const value = groupsOf(address).reduce((sum, group) => sum * 65536n + BigInt(group), 0n);
  const network = { first: value, prefix };
  return { first: value - (value % sizeOf(network)), prefix };
}

export function containsIpv6(outer: Ipv6Network, inner: Ipv6Network): boolean {
  return inner.first >= outer.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);
}

export function overlapIpv6(one: Ipv6Network, other: Ipv6Network): boolean {
  return containsIpv6(one, other) || containsIpv6(other, one);
}

/** The n-th network of a prefix length in a network. */
export function ipv6NetworkAt(outer: Ipv6Network, prefix: number, index: number): Ipv6Network {
  return { first: outer.first + BigInt(index) * (1n << BigInt(BITS - prefix)), prefix };
}

/** The text of a network in the form of RFC 5952: the longest run of zeros is left out. */
export function formatIpv6({ first, prefix }: Ipv6Network): string {
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((first >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  );
  const zeros = [...`:${groups.join(':')}:`.matchAll(/(?:(?<=:)0:){2,}/g)].map(([run]) => run);
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  const text = groups.join(':');
  if (longest === '') return `${text}/${prefix}`;
  const at = `:${text}:`.indexOf(`:${longest}`);
  const [head, tail] = [`:${text}:`.slice(1, at), `:${text}:`.slice(at + 1 + longest.length, -1)];
  return `${head}::${tail}/${prefix}`;
}
