import { type NetworkDraft, type SubnetDraft, subnetsOf } from './draft';

/**
 * The subnets in which network interfaces of AWS's services are: the first of each zone, because AWS takes one of each. A zone that
 * is left open may be any of the others, so such a subnet counts only where all zones are open.
 */
export function zoneSubnets(network: NetworkDraft): readonly SubnetDraft[] {
  const subnets = subnetsOf(network);
  const zoned = subnets.filter(({ zone }) => zone !== undefined);
  if (zoned.length === 0) return [subnets[0]];
  return zoned.filter(({ zone }, index) => zoned.findIndex((other) => other.zone === zone) === index);
}
