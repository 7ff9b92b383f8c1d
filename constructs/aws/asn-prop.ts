import { Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isAmazonSideAsn } from '../../model/clouds/aws/asn';
import { parseAsn } from '../../model/net/asn';
import { checked, refuse } from '../props-error';
import { isKnown } from '../tokens';

/** @throws {@link PropsError} unless it is a token or an autonomous system number that is not reserved */
export function checkAsn(construct: IConstruct, prop: string, asn: number): void {
  if (isKnown(asn)) checked(construct, prop, () => parseAsn(asn));
}

/** @throws {@link PropsError} unless it is a token or a number that AWS takes for its own side */
export function checkAmazonSideAsn(construct: IConstruct, prop: string, asn: number): void {
  if (isKnown(asn) && !isAmazonSideAsn(asn))
    refuse(construct, `${prop}: must be 64512–65534 or 4200000000–4294967294, got ${asn}`);
}

/** The number as the provider takes it: as text, also where it is a token. */
export function asnText(asn: number): string {
  return Tokenization.stringifyNumber(asn);
}
