import { isIPv4, isIPv6 } from 'node:net';

/** An IPv4 or IPv6 network as Go's `net.ParseCIDR` reads it. */
export interface IpNetwork {
  readonly version: 4 | 6;
  readonly prefix: number;
  /** The network without host bits, in its shortest spelling. */
  readonly canonical: string;
  readonly hasHostBits: boolean;
}

/** The 16-bit groups of an IPv6 address, whose last two may be written like an IPv4 address. */
function groupsOf(address: string): readonly number[] {
  const hostname = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = hostname.split('::');
  const parse = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [parse(head), parse(tail ?? '')];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function masked(groups: readonly number[], groupBits: number, prefix: number): readonly number[] {
  return groups.map((group, index) => {
    const kept = Math.min(groupBits, Math.max(0, prefix - index * groupBits));
    return group - (group % 2 ** (groupBits - kept));
  });
}

function version4(octets: readonly number[], prefix: number): IpNetwork {
  const network = masked(octets, 8, prefix);
  return {
    version: 4,
    prefix,
    canonical: `${network.join('.')}/${prefix}`,
    hasHostBits: network.some((octet, index) => octet !== octets[index]),
  };
}

/** The network of a CIDR block; undefined for any other text. An IPv4 address mapped into IPv6 counts as IPv4, as in Go. */
export function parseIpNetwork(cidr: string): IpNetwork | undefined {
  const [address = '', length = '', ...rest] = cidr.split('/');
  if (rest.length > 0 || !/^\d+$/.test(length) || address.includes('%')) return undefined;
  const prefix = Number(length);
  if (isIPv4(address)) return prefix <= 32 ? version4(address.split('.').map(Number), prefix) : undefined;
  if (!isIPv6(address) || prefix > 128) return undefined;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped && prefix >= 96) {
    const octets = groups.slice(6).flatMap((group) => [Math.floor(group / 256), group % 256]);
    return version4(octets, prefix - 96);
  }
  const network = masked(groups, 16, prefix);
  const hexadecimal = network.map((group) => group.toString(16));
  const canonical = new URL(`http://[${hexadecimal.join(':')}]/`).hostname.slice(1, -1);
  return {
    version: 6,
    prefix,
    canonical: `${canonical}/${prefix}`,
    hasHostBits: network.some((group, index) => group !== groups[index]),
  };
}
