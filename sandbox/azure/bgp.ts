import { isIPv4 } from 'node:net';
import { contains, parseNetwork } from '../provider/cidr';

const APIPA = ['169.254.21.0/24', '169.254.22.0/24'].map((block) => parseNetwork(block));

/** Whether an address is in the range from which Azure takes custom BGP addresses: 169.254.21.0 to 169.254.22.255. */
export function isApipa(address: string): boolean {
  const host = isIPv4(address) ? parseNetwork(`${address}/32`) : undefined;
  return host !== undefined && APIPA.some((block) => block !== undefined && contains(block, host));
}

/** Ranges of numbers that Azure and IANA keep (learn.microsoft.com, "About BGP with VPN Gateway"). */
const RESERVED = [
  [0, 0],
  [8074, 8075],
  [12076, 12076],
  [23456, 23456],
  [64496, 64511],
  [65517, 65520],
  [65535, 65551],
] as const;

/** Whether neither end of a connection may have the number. */
export function isReservedAsn(asn: number): boolean {
  return RESERVED.some(([low, high]) => asn >= low && asn <= high);
}

/** The number of a gateway whose configuration has none, which a site may not have. */
export const AZURE_ASN = 65515;
