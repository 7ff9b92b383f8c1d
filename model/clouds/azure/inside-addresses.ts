import { Cidr } from '../../net/cidr';
import { ValueError } from '../../value-error';

/** Where Azure takes custom BGP addresses from (learn.microsoft.com, "About BGP with Azure VPN Gateway"). */
export const APIPA_BLOCKS: readonly Cidr[] = ['169.254.21.0/24', '169.254.22.0/24'].map((text) =>
  Cidr.parse(text),
);

/** Prefix length of the block of one connection. */
const PREFIX_LENGTH = 29;

/** The addresses of one tunnel: point to point, no subnet that both ends share. */
export interface TunnelAddresses {
  /** Names the tunnel: the cloud's address with /32. */
  readonly key: Cidr;
  readonly cloud: string;
  readonly site: string;
}

/** The blocks that may be allocated to connections, in that order: 64 of them. */
export function* connectionBlocks(): Generator<Cidr> {
  for (const block of APIPA_BLOCKS)
    for (let first = block.first; first <= block.last; first += 2 ** (32 - PREFIX_LENGTH))
      yield Cidr.of(first, PREFIX_LENGTH);
}

/**
 * The addresses of the tunnels of one connection. An active-active gateway makes two tunnels of a connection; the site has one
 * address for both of them, because a local network gateway has one BGP address.
 *
 * @param block - the /29 of the connection: `.1` is the site, `.2` the gateway's first instance, `.3` its second
 * @param instances - 1, or 2 for active-active
 */
export function tunnelAddresses(block: Cidr, instances: number): readonly TunnelAddresses[] {
  return Array.from({ length: instances }, (_, index) => ({
    key: Cidr.of(block.first + 2 + index, 32),
    cloud: block.address(2 + index),
    site: block.address(1),
  }));
}

/** The /29 of the connection that a tunnel belongs to. */
export function connectionBlock({ first }: Cidr): Cidr {
  return Cidr.of(first, PREFIX_LENGTH);
}

/**
 * Parses the key of a tunnel: the cloud's address with /32, the second or third address of a connection's /29.
 *
 * @throws {@link ValueError}
 */
export function parseTunnelKey(text: string): Cidr {
  const key = Cidr.parse(text);
  const fix = { fix: 'for instance 169.254.21.2/32' };
  if (key.prefixLength !== 32 || !APIPA_BLOCKS.some((block) => block.contains(key)))
    throw new ValueError('a /32 of 169.254.21.0 to 169.254.22.255', text, fix);
  if (![2, 3].includes(key.first - connectionBlock(key).first))
    throw new ValueError('an address that a gateway has in a /29: its .2 or .3', text, fix);
  return key;
}
