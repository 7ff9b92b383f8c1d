import type { Range } from '../cloud-vpn';

/** The ASN of a virtual network gateway of which none is chosen. */
export const DEFAULT_AZURE_ASN = 65515;

/**
 * ASNs that neither end of a connection may have: Azure's own, and those that IANA keeps for documentation and transition
 * (learn.microsoft.com, "VPN Gateway FAQ", "What ASNs can I use?").
 */
const RESERVED: readonly Range[] = [
  { min: 8074, max: 8075 },
  { min: 12076, max: 12076 },
  { min: 23456, max: 23456 },
  { min: 64496, max: 64511 },
  { min: 65517, max: 65520 },
  { min: 65535, max: 65551 },
];

/** The reserved ASNs as a phrase: `8074, 8075, 12076, …`. */
export const RESERVED_ASNS = '8074, 8075, 12076, 23456, 64496-64511, 65517-65520, 65535-65551';

/** Whether a gateway on Azure may have the ASN. */
export function isAzureAsn(asn: number): boolean {
  return !RESERVED.some(({ min, max }) => asn >= min && asn <= max);
}

/** Whether a site that is connected to Azure may have the ASN: not one that Azure itself uses by default either. */
export function isSiteAsn(asn: number): boolean {
  return isAzureAsn(asn) && asn !== DEFAULT_AZURE_ASN;
}
