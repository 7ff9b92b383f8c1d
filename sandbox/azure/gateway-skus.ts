/** SKUs of VPN gateways that can be made: those with zones (learn.microsoft.com, "About gateway SKUs"). */
export const AZ_SKUS = ['VpnGw1AZ', 'VpnGw2AZ', 'VpnGw3AZ', 'VpnGw4AZ', 'VpnGw5AZ'] as const;

/** SKUs without zones. No gateway of them can be made any more. */
export const RETIRED_SKUS = ['VpnGw1', 'VpnGw2', 'VpnGw3', 'VpnGw4', 'VpnGw5'] as const;

/** SKUs of ExpressRoute gateways. */
export const EXPRESS_ROUTE_SKUS = [
  'Standard',
  'HighPerformance',
  'UltraPerformance',
  'ErGw1AZ',
  'ErGw2AZ',
  'ErGw3AZ',
] as const;

/** Every SKU that the provider takes. */
export const GATEWAY_SKUS: readonly string[] = ['Basic', ...AZ_SKUS, ...RETIRED_SKUS, ...EXPRESS_ROUTE_SKUS];

export function isAz(sku: string): boolean {
  return AZ_SKUS.some((name) => name === sku);
}

export function isRetired(sku: string): boolean {
  return RETIRED_SKUS.some((name) => name === sku);
}

/** The number in the SKU's name; 1 for a SKU without one. */
function rank(sku: string): number {
  return Number(/^VpnGw(\d)/.exec(sku)?.[1] ?? 1);
}

/** Whether gateways of a SKU exist in a generation. */
export function isOfGeneration(sku: string, generation: string): boolean {
  const number = rank(sku);
  if (generation === 'Generation1') return number <= 3;
  return generation === 'Generation2' && number >= 2;
}

/** The generation that Azure chooses for a VPN gateway whose request names none. */
export function defaultGeneration(sku: string): string {
  return rank(sku) <= 3 ? 'Generation1' : 'Generation2';
}

/** How many connections a gateway of a SKU can have. */
export function connectionLimit(sku: string): number {
  if (sku === 'Basic') return 10;
  return rank(sku) >= 4 ? 100 : 30;
}
