/**
 * Quotas for each region. Those of VPN connections, transit gateways and their route tables, and of what Route 53 Resolver forwards,
 * are AWS's defaults, because real sites reach them; the others are far above AWS's defaults (5 VPCs, 5 VPN gateways), which most accounts have raised.
 */
export const QUOTAS = {
  vpcs: 1000,
  vpnGateways: 1000,
  customerGateways: 1000,
  vpnConnections: 50,
  transitGateways: 5,
  routeTablesPerTransitGateway: 20,
  rulesPerGroupAndDirection: 60,
  resolverEndpoints: 4,
  addressesPerResolverEndpoint: 6,
  resolverRules: 1000,
  targetsPerResolverRule: 6,
  vcpus: 50_000,
} as const;
