import { Cidr } from '../../net/cidr';

/** A static rule of a gateway that translates addresses one by one. */
export interface Translation {
  /** Addresses as they are. */
  readonly internal: Cidr;
  /** The same ones, as the other end sees them. */
  readonly external: Cidr;
}

/**
 * A network as the other end of the connection sees it: what a rule holds as a whole is behind its outside, of the rest both are seen.
 */
export function seenFromOutside(network: Cidr, rules: readonly Translation[]): readonly Cidr[] {
  const whole = rules.find(({ internal }) => internal.contains(network));
  if (whole !== undefined) {
    const { internal, external } = whole;
    return [Cidr.of(external.first + network.first - internal.first, network.prefixLength)];
  }
  const parts = rules.filter(({ internal }) => network.contains(internal));
  return [network, ...parts.map(({ external }) => external)];
}
