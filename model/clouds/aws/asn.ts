/** The number of AWS's side where none is chosen: what AWS itself takes (EC2 API reference, CreateVpnGateway). */
export const DEFAULT_AMAZON_SIDE_ASN = 64512;

/**
 * Whether AWS takes the number for its own side of a virtual private gateway:
 * 64512–65534 or 4200000000–4294967294 (EC2 API reference, CreateVpnGateway).
 */
export function isAmazonSideAsn(asn: number): boolean {
  return (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294);
}
