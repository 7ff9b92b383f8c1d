import { Cidr } from '../../model/net/cidr';

/** Blocks for a first network, each a /16 of RFC 1918 that few sites use; those that examples of the controller have come first. */
const CANDIDATES: Readonly<Record<string, readonly string[]>> = {
  azure: ['172.21.0.0/16', '172.20.0.0/16', '10.121.0.0/16', '192.168.0.0/16'],
  aws: ['172.30.0.0/16', '172.29.0.0/16', '10.130.0.0/16', '192.168.0.0/16'],
};

/** A block for a network that no network of the site overlaps. */
export function freeBlock(provider: string | undefined, taken: readonly Cidr[]): string {
  const candidates = CANDIDATES[provider ?? 'aws'] ?? [];
  const free = candidates.find((text) => !taken.some((cidr) => cidr.overlaps(Cidr.parse(text))));
  // Where the site uses all of them, the check of the catalog says so.
  return free ?? candidates[0] ?? '';
}

/** The subnets of a first network. */
export interface Subnets {
  readonly publicSubnet: string;
  readonly nodes: string;
  readonly gateway: string;
}

/** The smallest subnet that clouds take, and Azure's for a VPN gateway. */
const SMALLEST = 28;
const GATEWAY = 27;

/** Cuts a block: the second part for what faces the Internet, the third for nodes, the last addresses for Azure's gateway. */
export function subnetsOf(block: Cidr): Subnets {
  const length = Math.min(Math.max(block.prefixLength + 8, 16), SMALLEST);
  const part = (index: number): string =>
    Cidr.of(block.first + index * 2 ** (32 - length), length).toString();
  return { publicSubnet: part(1), nodes: part(2), gateway: Cidr.of(block.last, GATEWAY).toString() };
}
