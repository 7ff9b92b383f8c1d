import { connectionKey, type SiteGateway } from '../../model/gateway/site-gateway';
import type { ConnectionClaim } from '../ground/claims';
import type { Site } from '../ground/site';

/** A network's VPN as one gateway of the site has it: what a kind claims once is claimed at every gateway. */
export interface GatewayClaim extends ConnectionClaim {
  /** The network's key, `aws/default`; {@link key} is that of the connection, `aws/default@east`. */
  readonly network: string;
  /** Absent where the site can't be read. */
  readonly gateway?: SiteGateway;
}

/** The claims of all networks at all gateways of the site, in the order of the networks. */
export function gatewayClaims(
  claims: readonly ConnectionClaim[],
  site: Site | undefined,
): readonly GatewayClaim[] {
  return claims.flatMap((claim): GatewayClaim[] => {
    if (site === undefined) return [{ ...claim, network: claim.key }];
    const isOne = site.gateways.length === 1;
    return site.gateways.map((gateway) => ({
      ...claim,
      // A block that is fixed for several is reported as such.
      insideCidrs: claim.insideCidrs.map((fixed) => (isOne ? fixed : undefined)),
      key: connectionKey(claim.key, gateway),
      network: claim.key,
      gateway,
    }));
  });
}
