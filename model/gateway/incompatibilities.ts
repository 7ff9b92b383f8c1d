import type { CloudVpn, PhaseLimits } from '../clouds/cloud-vpn';
import type { Cidr } from '../net/cidr';
import { hasOwnIntegrity } from '../tunnel/algorithms';
import { CRYPTO_PROFILES, PROFILE_ALGORITHMS } from '../tunnel/crypto-profiles';
import type { NetworkTunnels, TunnelDescription } from '../tunnel/description';
import { type Proposal, proposalsOf } from '../tunnel/proposal';
import { type DaemonCapabilities, daemonCapabilities, knownVersions } from './capabilities';
import type { GatewayDaemon } from './host';

/** Something in a connection that one of its two ends can't do. */
export interface Incompatibility {
  /** The tunnel's inside CIDR; absent where the whole connection is concerned. */
  readonly insideCidr?: string;
  readonly part: 'ike' | 'esp' | 'ike_versions' | 'lifetimes' | 'dpd' | 'mode' | 'routing' | 'gateway';
  /** What can't be done, and why. */
  readonly reason: string;
  /** The nearest choice that works. */
  readonly nearest: string;
}

/** `169.254.100.0/30: ike: … ; nearest: …`, as a problem is printed. */
export function incompatibilityText({ insideCidr, part, reason, nearest }: Incompatibility): string {
  return `${insideCidr === undefined ? '' : `${insideCidr}: `}${part}: ${reason}; nearest: ${nearest}`;
}

/** The two ends of a connection. */
export interface Ends {
  readonly cloud: CloudVpn;
  readonly gateway: { readonly daemon: GatewayDaemon; readonly version: number };
}

/**
 * Everything in a connection that the gateway's daemon or the cloud can't do.
 *
 * @param siteNetworks networks on the site's side; counted for policy-based tunnels
 */
export function incompatibilities(
  description: NetworkTunnels<unknown>,
  { cloud, gateway: { daemon, version } }: Ends,
  siteNetworks: readonly Cidr[] = [],
): readonly Incompatibility[] {
  const capabilities = daemonCapabilities(daemon, version);
  if (!capabilities) {
    const known = knownVersions(daemon);
    const nearest = known.reduce((a, b) => (Math.abs(b - version) < Math.abs(a - version) ? b : a));
    const reason = `${daemon} ${version} is not known here (known: ${known.join(', ')})`;
    return [{ part: 'gateway', reason, nearest: `gateway: { daemon: ${daemon}, version: ${nearest} }` }];
  }
  const name = `${daemon} ${version}`;
  return [
    ...modeProblems(description, cloud, siteNetworks),
    ...pathProblems(description),
    ...Object.entries(description.tunnels).flatMap(([insideCidr, tunnel]) =>
      [
        ...versionProblems(tunnel),
        ...proposalProblems('ike', tunnel, cloud, name, capabilities),
        ...proposalProblems('esp', tunnel, cloud, name, capabilities),
        ...timeProblems(tunnel, cloud),
      ].map((problem) => ({ insideCidr, ...problem })),
    ),
  ];
}

function modeProblems(
  description: NetworkTunnels<unknown>,
  cloud: CloudVpn,
  siteNetworks: readonly Cidr[],
): Incompatibility[] {
  if (description.mode !== 'policy-based') return [];
  const problems: Incompatibility[] = [];
  const pairs: [number, string][] = [
    [siteNetworks.length, "networks on the site's side"],
    [description.networks.length, "networks on the cloud's side"],
  ];
  for (const [count, what] of pairs) {
    if (count <= 1) continue;
    const tunnel = cloud.onePolicyPair
      ? `a policy-based tunnel to ${cloud.name} holds one pair of security associations`
      : 'a policy-based tunnel is built with one network at each end';
    const reason = `${tunnel}, got ${count} ${what}`;
    problems.push({ part: 'mode', reason, nearest: 'mode: route-based' });
  }
  if (description.routing === 'bgp') {
    const reason = 'BGP needs an interface per tunnel, and a policy-based tunnel has none';
    problems.push({ part: 'routing', reason, nearest: 'mode: route-based, or routing: static' });
  }
  return problems;
}

function pathProblems({ multipath, routing, mode }: NetworkTunnels<unknown>): Incompatibility[] {
  if (multipath !== true || (routing === 'bgp' && mode === 'route-based')) return [];
  const reason = `only routes learned by BGP can use all tunnels at once, got routing ${routing} and mode ${mode}`;
  return [{ part: 'routing', reason, nearest: 'mode: route-based and routing: bgp' }];
}

function versionProblems(tunnel: TunnelDescription<unknown>): Incompatibility[] {
  if (tunnel.ike_versions.includes(2)) return [];
  const reason = 'the gateway speaks IKEv2 only, got IKEv1 (RFC 9395 retires it)';
  return [{ part: 'ike_versions', reason, nearest: 'ike_versions: [ikev2]' }];
}

function proposalProblems(
  part: 'ike' | 'esp',
  tunnel: TunnelDescription<unknown>,
  cloud: CloudVpn,
  name: string,
  capabilities: DaemonCapabilities,
): Incompatibility[] {
  const proposals = tunnel[part];
  const reasons = proposals.flatMap((proposal) => {
    const reason = cloudReason(part, proposal, cloud) ?? daemonReason(proposal, name, capabilities);
    return reason === undefined ? [] : [{ part, reason, nearest: nearestProfile(part, proposal) }];
  });
  const groups = [...new Set(proposals.map((proposal) => proposal.dh_group))];
  if (part === 'esp' && groups.length > 1 && !capabilities.manyEspDhGroups && reasons.length === 0) {
    const reason = `${name} takes one DH group in ESP proposals, got ${groups.join(', ')}`;
    reasons.push({ part, reason, nearest: `phase2_dh_group_numbers: [${Math.max(...groups)}]` });
  }
  if (proposals.length === 0) {
    reasons.push({ part, reason: 'no proposal is left', nearest: 'crypto: modern' });
  }
  return reasons;
}

function cloudReason(
  part: 'ike' | 'esp',
  { encryption, integrity, dh_group }: Proposal,
  cloud: CloudVpn,
): string | undefined {
  const limits: PhaseLimits = cloud[part];
  if (!limits.encryption.includes(encryption)) return `${cloud.name} has no encryption ${encryption}`;
  if (integrity !== undefined && !limits.integrity.includes(integrity)) {
    return `${cloud.name} has no integrity ${integrity}`;
  }
  if (integrity === undefined && part === 'ike') return `${encryption} in IKE needs a pseudo-random function`;
  if (integrity === undefined && !hasOwnIntegrity(encryption)) {
    return `${encryption} needs an integrity algorithm beside it`;
  }
  if (integrity !== undefined && hasOwnIntegrity(encryption) && part === 'esp') {
    return `${encryption} in ESP has its own integrity, got ${integrity} beside it`;
  }
  if (limits.dhGroups.includes(dh_group)) return undefined;
  return `${cloud.name} has no DH group ${dh_group} for ${part.toUpperCase()}`;
}

function daemonReason(
  { dh_group }: Proposal,
  name: string,
  { dhGroups, lacksDhGroup }: DaemonCapabilities,
): string | undefined {
  if (dhGroups[dh_group] !== undefined) return undefined;
  return `${name} has no DH group ${dh_group}: ${lacksDhGroup[dh_group]}`;
}

/** The daemons wait this long for an answer. A dead tunnel that is noticed after more than an hour helps nobody. */
const LONGEST_DPD_SECONDS = 3600;

function timeProblems({ lifetimes, dpd }: TunnelDescription<unknown>, cloud: CloudVpn): Incompatibility[] {
  const [ike, esp] = [cloud.ike.lifetimeSeconds, cloud.esp.lifetimeSeconds];
  const bounds: ['lifetimes' | 'dpd', string, number, { min: number; max: number }][] = [
    ['lifetimes', "IKE's lifetime", lifetimes.ike_seconds, ike],
    ['lifetimes', "ESP's lifetime", lifetimes.esp_seconds, esp],
    ['dpd', 'the DPD timeout', dpd.timeout_seconds, { ...cloud.dpdTimeoutSeconds, max: LONGEST_DPD_SECONDS }],
  ];
  const problems = bounds.flatMap(([part, what, seconds, { min, max }]): Incompatibility[] => {
    if (seconds >= min && seconds <= max) return [];
    const reason = `${what} must be from ${min} to ${max} s, got ${seconds} s`;
    return [{ part, reason, nearest: `${Math.min(Math.max(seconds, min), max)} s` }];
  });
  const mustBeShorter = cloud.espMayOutliveIke !== true;
  if (problems.length === 0 && mustBeShorter && lifetimes.esp_seconds >= lifetimes.ike_seconds) {
    const reason = `ESP's lifetime (${lifetimes.esp_seconds} s) must be shorter than IKE's (${lifetimes.ike_seconds} s)`;
    problems.push({ part: 'lifetimes', reason, nearest: `${ike.max} s and ${esp.max} s` });
  }
  return problems;
}

/** The profile whose proposal differs in the fewest parts; of equals, the stronger. All profiles work with all daemons. */
function nearestProfile(part: 'ike' | 'esp', bad: Proposal): string {
  const ranked = CRYPTO_PROFILES.map((profile) => {
    const { encryption, integrity, dhGroup } = PROFILE_ALGORITHMS[profile];
    const choices = { encryption: [encryption], integrity: [integrity], dhGroups: [dhGroup] };
    const [proposal] = proposalsOf(part, choices);
    if (!proposal) throw new TypeError(`${profile} has no ${part} proposal`);
    const same = (['encryption', 'integrity', 'dh_group'] as const).filter(
      (key) => proposal[key] === bad[key],
    );
    return { profile, proposal, same: same.length };
  });
  const { profile, proposal } = ranked.reduce((best, next) => (next.same > best.same ? next : best));
  const { encryption, integrity, dh_group } = proposal;
  return `crypto: ${profile} (${[encryption, integrity, `DH group ${dh_group}`].filter(Boolean).join(', ')})`;
}
