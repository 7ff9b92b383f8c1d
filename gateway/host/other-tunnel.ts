import type { GatewayNetwork } from './gateway-tunnel';

/**
 * What files call a tunnel beside a given one of the same network: `the other tunnel` where no network has more than two.
 * Undefined where every network has one tunnel.
 */
export function otherTunnel(networks: readonly GatewayNetwork[]): string | undefined {
  const most = Math.max(0, ...networks.map(({ tunnels }) => tunnels.length));
  if (most < 2) return undefined;
  return most === 2 ? 'the other tunnel' : 'another tunnel';
}
