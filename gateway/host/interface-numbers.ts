import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import type { Cidr } from '../../model/net/cidr';

/** The inside CIDRs and the interface numbers, one a tunnel, that a lock file keeps for a network. */
export interface Allocated {
  readonly insideCidrs: readonly Cidr[];
  readonly interfaces: readonly number[];
}

/**
 * The interface number of each applied tunnel, by its key. Numbers never move: an applied tunnel whose key the
 * catalog has changed since keeps the number that no other applied tunnel has.
 *
 * @param cloud - the cloud's rule for the keys of tunnels
 * @param applied - keys of the tunnels that are applied
 */
export function interfaceNumbers(
  cloud: Pick<CloudVpn, 'tunnelKeys'>,
  { insideCidrs, interfaces }: Allocated,
  applied: readonly string[],
): Readonly<Record<string, number>> {
  const keys = cloud.tunnelKeys(insideCidrs, interfaces.length);
  const numbers = new Map(keys.map((key, index) => [key.toString(), interfaces[index]]));
  const left = [...numbers].flatMap(([cidr, number]) => (applied.includes(cidr) ? [] : [number]));
  const found = applied.map((cidr) => [cidr, numbers.has(cidr) ? numbers.get(cidr) : left.shift()] as const);
  return Object.fromEntries(
    found.flatMap(([cidr, number]) => (number === undefined ? [] : [[cidr, number]])),
  );
}
