import { Cidr } from '../net/cidr';
import { ipv4Number } from '../net/ipv4';
import { ValueError } from '../value-error';

/** Link-local addresses, of which the inside of a tunnel takes a /30 (EC2: TunnelInsideCidr). */
const LINK_LOCAL = Cidr.parse('169.254.0.0/16');

/** Reserved by AWS (EC2 API reference, VpnTunnelOptionsSpecification.TunnelInsideCidr). */
export const RESERVED_INSIDE_CIDRS: readonly Cidr[] = [
  '169.254.0.0/30',
  '169.254.1.0/30',
  '169.254.2.0/30',
  '169.254.3.0/30',
  '169.254.4.0/30',
  '169.254.5.0/30',
  '169.254.169.252/30',
].map((text) => Cidr.parse(text));

/** Azure's VPN gateways take their custom BGP addresses from 169.254.21.0–169.254.22.255: left to them. */
const AZURE = Cidr.parse('169.254.20.0/22');

/** Where allocation starts; the blocks below and the cloud's own services' (169.254.169.x) are never handed out. */
const FIRST_ALLOCATED = 100;

/**
 * Parses the inside CIDR of a tunnel.
 *
 * @throws {@link ValueError} when it is not a /30 of 169.254.0.0/16, or is one that AWS reserves
 */
export function parseInsideCidr(text: string): Cidr {
  const cidr = Cidr.parse(text);
  if (cidr.prefixLength !== 30 || !LINK_LOCAL.contains(cidr)) {
    throw new ValueError('a /30 of 169.254.0.0/16', text, { fix: 'for instance 169.254.100.0/30' });
  }
  if (RESERVED_INSIDE_CIDRS.some((reserved) => reserved.equals(cidr))) {
    throw new ValueError('an inside CIDR that AWS does not reserve', text, {
      fix: 'for instance 169.254.100.0/30',
    });
  }
  return cidr;
}

/** The blocks that may be allocated, in the order in which they are: 169.254.100.0/30 and up, then 169.254.6.0/30 and up. */
export function* insideCidrPool(): Generator<Cidr> {
  const blocks = function* (from: number, to: number): Generator<Cidr> {
    for (let first = from; first < to; first += 4) yield Cidr.of(first, 30);
  };
  const start = LINK_LOCAL.first;
  const services = Cidr.parse('169.254.169.0/24');
  for (const block of blocks(start + FIRST_ALLOCATED * 256, start + 65536))
    if (!services.overlaps(block)) yield block;
  for (const block of blocks(start + 6 * 256, start + FIRST_ALLOCATED * 256))
    if (!AZURE.overlaps(block)) yield block;
}

/** AWS's address inside the tunnel: the first host of the block. */
export function cloudInsideAddress(insideCidr: Cidr): string {
  return insideCidr.address(1);
}

/** The site's address inside the tunnel: the second host of the block. */
export function siteInsideAddress(insideCidr: Cidr): string {
  return insideCidr.address(2);
}

/** Order of two inside CIDRs or outside addresses by their number, not by their text. */
export function compareAddresses(a: string, b: string): number {
  return (ipv4Number(a.split('/')[0] ?? '') ?? 0) - (ipv4Number(b.split('/')[0] ?? '') ?? 0);
}
