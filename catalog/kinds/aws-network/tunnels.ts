import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import { describeTunnel } from '../../../model/clouds/aws/tunnel-description';
import { type Incompatibility, incompatibilities } from '../../../model/gateway/incompatibilities';
import type { NetworkTunnels } from '../../../model/tunnel/description';
import type { EnvironmentDraft, NetworkDraft, VpnDraft } from '../../environment/drafts';
import type { Allocation } from '../../ground/lock';
import type { ProblemList } from '../../ground/problem-list';
import type { Path } from '../../source/node';
import type { Resolved } from './resolve';

/** What the gateway's daemon or AWS can't do of what a network's VPN asks, each at the option that asks it. */
export function checkTunnels(
  { site, networks }: EnvironmentDraft,
  resolved: ReadonlyMap<string, Resolved>,
  allocations: ReadonlyMap<string, Allocation>,
  problems: ProblemList,
): void {
  if (!site) return;
  for (const network of networks) {
    const allocation = allocations.get(network.key);
    if (!network.vpn || !allocation) continue;
    const description = describe(network, network.vpn, allocation);
    const remotes = resolved.get(network.key)?.remoteNetworks ?? [];
    for (const found of incompatibilities(description, { cloud: AWS_VPN, gateway: site.gateway }, remotes)) {
      report(found, network, allocation, problems);
    }
  }
}

function describe(network: NetworkDraft, vpn: VpnDraft, { insideCidrs }: Allocation): NetworkTunnels {
  const tunnels = insideCidrs.map((insideCidr, index) => {
    const options = vpn.tunnels[index === 0 ? 0 : 1];
    return [insideCidr.toString(), describeTunnel({ ...options, insideCidr }, '')] as const;
  });
  return {
    mode: vpn.mode,
    routing: vpn.routing,
    networks: network.vpcCidr ? [network.vpcCidr.toString()] : [],
    cloud_asn: vpn.amazonSideAsn,
    tunnels: Object.fromEntries(tunnels),
  };
}

/**
 * The options that a part is about, first that which can be wrong alone: the catalog takes AWS's algorithms only, and the
 * daemons have them all but for some groups.
 */
const OPTIONS = {
  ike: ['phase1_dh_group_numbers', 'phase1_encryption_algorithms', 'phase1_integrity_algorithms'],
  esp: ['phase2_dh_group_numbers', 'phase2_encryption_algorithms', 'phase2_integrity_algorithms'],
  ike_versions: ['ike_versions'],
  dpd: ['dpd_timeout_seconds'],
} as const;

function report(
  { part, insideCidr, reason, nearest }: Incompatibility,
  { create }: NetworkDraft,
  { insideCidrs }: Allocation,
  problems: ProblemList,
): void {
  // Reported where they are read: a version that is not known, policy-based with BGP, and lifetimes (AWS refuses them too).
  if (part === 'gateway' || part === 'routing' || part === 'lifetimes') return;
  const tunnel = insideCidrs.findIndex((cidr) => cidr.toString() === insideCidr);
  const steps = part === 'mode' ? ['vpn', 'mode'] : stepsOf(OPTIONS[part], tunnel, create);
  const code = part === 'mode' ? 'policy-networks' : 'incompatible';
  problems.error(code, create.pathOf(...steps), reason, create.at(...steps), `use ${nearest}`);
}

/** Where an option stands: for this tunnel, for both, else what sets it. */
function stepsOf(options: readonly string[], tunnel: number, create: NetworkDraft['create']): Path {
  const places = options.flatMap((option): Path[] => [
    ['vpn', 'tunnels', tunnel, option],
    ['vpn', 'tunnel_options', option],
  ]);
  return [...places, ['vpn', 'crypto']].find((steps) => create.hasAt(...steps)) ?? ['vpn'];
}
