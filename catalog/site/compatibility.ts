import { incompatibilities } from '../../model/gateway/incompatibilities';
import type { SiteGateway } from '../../model/gateway/site-gateway';
import type { Cidr } from '../../model/net/cidr';
import type { Allocation } from '../ground/allocation';
import type { ConnectionClaim } from '../ground/claims';
import type { ProblemList } from '../ground/problem-list';

/** Reports what the gateway's daemon or the cloud can't do of what a VPN asks for, each at the option that asks for it. */
export function checkCompatibility(
  gateway: SiteGateway,
  connection: ConnectionClaim,
  allocation: Allocation,
  remoteNetworks: readonly Cidr[],
  problems: ProblemList,
): void {
  const description = connection.describe(allocation);
  const keys = connection.cloud.tunnelKeys(allocation.insideCidrs, allocation.interfaces.length);
  const ends = { cloud: connection.cloud, gateway };
  for (const { part, insideCidr, reason, nearest } of incompatibilities(description, ends, remoteNetworks)) {
    // Reported where they are read: a version that is not known, policy-based with BGP, and lifetimes (the cloud refuses them too).
    if (part === 'gateway' || part === 'routing' || part === 'lifetimes') continue;
    const tunnel = keys.findIndex((key) => key.toString() === insideCidr);
    const code = part === 'mode' ? 'policy-networks' : 'incompatible';
    problems.error(code, connection.optionOf(part, tunnel), reason, `use ${nearest}`);
  }
}
