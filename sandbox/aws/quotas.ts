/**
 * Quotas for each region. The quota of VPN connections is AWS's default of 50, because real sites reach it;
 * the others are far above AWS's defaults (5 VPCs, 5 VPN gateways), which most accounts have raised.
 */
export const QUOTAS = {
  vpcs: 1000,
  vpnGateways: 1000,
  customerGateways: 1000,
  vpnConnections: 50,
  rulesPerGroupAndDirection: 60,
} as const;
