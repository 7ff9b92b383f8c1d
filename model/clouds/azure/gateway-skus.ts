/** The sizes of a virtual network gateway that can be made; all others can't since 2026-09-30 (learn.microsoft.com, "About gateway SKUs"). */
export const GATEWAY_SKUS = ['VpnGw1AZ', 'VpnGw2AZ', 'VpnGw3AZ', 'VpnGw4AZ', 'VpnGw5AZ'] as const;
export type GatewaySku = (typeof GATEWAY_SKUS)[number];

/** A size that can't be made any more, or that is of another kind of gateway. */
export interface RefusedSku {
  /** Why, after the name of the size. */
  readonly reason: string;
  readonly successor?: GatewaySku;
}

const RETIRED =
  'is retired: Azure makes no gateway of it since 2026-09-30, and refuses every change of one that is there';
const KEPT =
  'a gateway that is there changes to it in place and keeps its address, if that is a Standard one';
const ANEW = 'a gateway of it must be made anew, with another address';
const EXPRESS_ROUTE = 'is a size of ExpressRoute gateways';

/** Sizes that have an error of their own (learn.microsoft.com, "About gateway SKUs", "Gateway SKU consolidation and migration"). */
export const REFUSED_SKUS: Readonly<Record<string, RefusedSku>> = {
  Basic: {
    reason: `has no BGP, no custom IPsec policy and no IKEv2 for several tunnels; ${ANEW}`,
    successor: 'VpnGw1AZ',
  },
  Standard: { reason: `${RETIRED}; ${ANEW}`, successor: 'VpnGw1AZ' },
  HighPerformance: { reason: `${RETIRED}; ${ANEW}`, successor: 'VpnGw2AZ' },
  VpnGw1: { reason: `${RETIRED}; ${KEPT}`, successor: 'VpnGw1AZ' },
  VpnGw2: { reason: `${RETIRED}; ${KEPT}`, successor: 'VpnGw2AZ' },
  VpnGw3: { reason: `${RETIRED}; ${KEPT}`, successor: 'VpnGw3AZ' },
  VpnGw4: { reason: `${RETIRED}; ${KEPT}`, successor: 'VpnGw4AZ' },
  VpnGw5: { reason: `${RETIRED}; ${KEPT}`, successor: 'VpnGw5AZ' },
  UltraPerformance: { reason: EXPRESS_ROUTE },
  ErGw1AZ: { reason: EXPRESS_ROUTE },
  ErGw2AZ: { reason: EXPRESS_ROUTE },
  ErGw3AZ: { reason: EXPRESS_ROUTE },
  ErGwScale: { reason: EXPRESS_ROUTE },
};

/** The generations in which Azure makes a size (learn.microsoft.com, "About gateway SKUs", table). */
export function generationsOf(sku: GatewaySku): readonly (1 | 2)[] {
  if (sku === 'VpnGw1AZ') return [1];
  return sku === 'VpnGw4AZ' || sku === 'VpnGw5AZ' ? [2] : [1, 2];
}

/** The generation of a size of which none is asked for: the first, in which VpnGw1AZ to VpnGw3AZ change in place. */
export function usualGeneration(sku: GatewaySku): 1 | 2 {
  return generationsOf(sku)[0] ?? 1;
}
