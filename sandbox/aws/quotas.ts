/**
 * Quotas per region. AWS's default of 50 VPN connections is kept, because it is the one that a site runs into;
 * the others are far above AWS's defaults (5 VPCs, 5 VPN gateways), which every account raises.
 */
export const QUOTAS = {
  vpcs: 1000,
  vpnGateways: 1000,
  customerGateways: 1000,
  vpnConnections: 50,
  rulesPerGroupAndDirection: 60,
} as const;
