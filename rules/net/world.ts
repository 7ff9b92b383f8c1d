import { BlockList, isIPv6 } from 'node:net';
import { type Cidr, compareCidrs } from '../../model/net/cidr';
import { PRIVATE_BLOCKS } from '../../model/net/special-purpose';
import { UNKNOWN, type Unknown } from '../values';
import { cidrOf } from '../vpn/networks';

/** Words of Azure for everybody; all customers of Azure have addresses of `AzureCloud`. */
const EVERYBODY = /^(\*|any|internet|azurecloud(\.\w+)?|\/0|0\.0\.0\.0)$/i;

/** Networks of IPv6 that are not of the Internet: unique local, link local, and multicast (RFC 4193, RFC 4291). */
const OWN_IPV6 = new BlockList();
OWN_IPV6.addSubnet('fc00::', 7, 'ipv6');
OWN_IPV6.addSubnet('fe80::', 10, 'ipv6');
OWN_IPV6.addSubnet('ff00::', 8, 'ipv6');

/** Registries hand out networks of IPv6 that are longer; RIPE's whole block is 2a00::/12. */
const WIDE_IPV6 = 16;
const WIDE_IPV4 = 7;
/** So many addresses of IPv4 no one owner has: a sixteenth of all. */
const MANY_ADDRESSES = 2 ** 28;

/** Everybody: a network of the Internet that is wider than any one owner has, or a word of Azure for it. */
export function isWorld(peer: string): boolean {
  if (EVERYBODY.test(peer)) return true;
  if (peer.includes(':')) return isWideIpv6(peer);
  const cidr = cidrOf(peer);
  return cidr !== undefined && cidr.prefixLength <= WIDE_IPV4 && !isPrivate(cidr);
}

function isWideIpv6(peer: string): boolean {
  const [address = '', length = ''] = peer.split('/');
  return (
    isIPv6(address) &&
    /^\d+$/.test(length) &&
    Number(length) <= WIDE_IPV6 &&
    !(Number(length) >= WIDE_IPV4 && OWN_IPV6.check(address, 'ipv6'))
  );
}

function isPrivate(cidr: Cidr): boolean {
  return PRIVATE_BLOCKS.some((block) => block.contains(cidr));
}

/** How many networks of a list are a large part of the Internet together, where none is it alone; undefined where they are not. */
export function worldInParts(peers: readonly (string | Unknown)[]): number | undefined {
  const parts = peers
    .flatMap((peer) => (peer === UNKNOWN ? [] : (cidrOf(peer) ?? [])))
    .filter((cidr) => !isPrivate(cidr))
    .sort(compareCidrs);
  let covered = 0;
  let end = -1;
  for (const { first, last } of parts) {
    if (last <= end) continue;
    covered += last - Math.max(first - 1, end);
    end = last;
  }
  return covered >= MANY_ADDRESSES ? parts.length : undefined;
}
