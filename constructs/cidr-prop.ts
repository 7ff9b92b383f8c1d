import type { IConstruct } from 'constructs';
import { Cidr } from '../model/net/cidr';
import { checked } from './props-error';
import { isKnown } from './tokens';

/** An IPv4 network as a prop: a value, its text, or a token that stands for its text. */
export type CidrProp = Cidr | string;

/**
 * The network where it is known now, undefined where it is a token.
 *
 * @throws {@link PropsError} for a text that is neither a CIDR nor a token
 */
export function knownCidr(construct: IConstruct, prop: string, cidr: CidrProp): Cidr | undefined {
  if (cidr instanceof Cidr) return cidr;
  return isKnown(cidr) ? checked(construct, prop, () => Cidr.parse(cidr)) : undefined;
}
