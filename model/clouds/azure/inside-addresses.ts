import { Cidr } from '../../net/cidr';

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
