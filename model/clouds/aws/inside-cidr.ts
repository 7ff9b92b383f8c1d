import { Cidr } from '../../net/cidr';
import { ValueError } from '../../value-error';

/** Prefix length of a tunnel's inside CIDR. */
const PREFIX_LENGTH = 30;

/** Link-local addresses (RFC 3927). The inside of each tunnel is a /30 of them (EC2 API reference, TunnelInsideCidr). */
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

/** Azure's VPN gateways take their custom BGP addresses from 169.254.21.0–169.254.22.255, so this range is left to them. */
const AZURE = Cidr.parse('169.254.20.0/22');

/** Third octet where allocation starts. 169.254.169.x, where the cloud has its own services, is never handed out. */
const FIRST_ALLOCATED = 100;

/**
 * Parses the inside CIDR of a tunnel.
 *
 * @throws {@link ValueError} when it is not a /30 of 169.254.0.0/16, or is one that AWS reserves
 */
export function parseInsideCidr(text: string): Cidr {
  const cidr = Cidr.parse(text);
  if (cidr.prefixLength !== PREFIX_LENGTH || !LINK_LOCAL.contains(cidr)) {
    throw new ValueError('a /30 of 169.254.0.0/16', text, { fix: 'for instance 169.254.100.0/30' });
  }
  if (RESERVED_INSIDE_CIDRS.some((reserved) => reserved.equals(cidr))) {
    throw new ValueError('an inside CIDR that AWS does not reserve', text, {
      fix: 'for instance 169.254.100.0/30',
    });
  }
  return cidr;
}

/** The blocks that may be allocated, in that order: 169.254.100.0/30 and up, then 169.254.6.0/30 and up. */
export function* insideCidrPool(): Generator<Cidr> {
  const blocks = function* (from: number, to: number): Generator<Cidr> {
    for (let first = from; first < to; first += 4) yield Cidr.of(first, PREFIX_LENGTH);
  };
  const start = LINK_LOCAL.first;
  const services = Cidr.parse('169.254.169.0/24');
  for (const block of blocks(start + FIRST_ALLOCATED * 256, start + 65536))
    if (!services.overlaps(block)) yield block;
  for (const block of blocks(start + 6 * 256, start + FIRST_ALLOCATED * 256))
    if (!AZURE.overlaps(block)) yield block;
}
