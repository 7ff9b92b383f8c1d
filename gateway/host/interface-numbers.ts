import type { Cidr } from '../../model/net/cidr';

/** The inside CIDRs and interface numbers that a lock file keeps for a network: two lists of equal length. */
export interface Allocated {
  readonly insideCidrs: readonly Cidr[];
  readonly interfaces: readonly number[];
}

/**
 * The interface number of each applied tunnel, by inside CIDR. Numbers never move: an applied tunnel whose inside CIDR the
 * catalog has changed since keeps the number that no other applied tunnel has.
 *
 * @param applied - inside CIDRs of the tunnels that are applied
 */
export function interfaceNumbers(
  { insideCidrs, interfaces }: Allocated,
  applied: readonly string[],
): Readonly<Record<string, number>> {
  const numbers = new Map(insideCidrs.map((cidr, index) => [cidr.toString(), interfaces[index]]));
  const left = [...numbers].flatMap(([cidr, number]) => (applied.includes(cidr) ? [] : [number]));
  const found = applied.map((cidr) => [cidr, numbers.has(cidr) ? numbers.get(cidr) : left.shift()] as const);
  return Object.fromEntries(
    found.flatMap(([cidr, number]) => (number === undefined ? [] : [[cidr, number]])),
  );
}
