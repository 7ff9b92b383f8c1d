import type { Cidr } from '../net/cidr';
import { CRYPTO_PROFILES, cryptoProfileOptions } from '../tunnel/crypto-profiles';
import type { TunnelDescription } from '../tunnel/description';
import { describeTunnel, type NetworkTunnels, type Proposal } from '../tunnel/description';
import { parseInsideCidr } from '../tunnel/inside-cidr';
import {
  ENCRYPTION_ALGORITHMS,
  INTEGRITY_ALGORITHMS,
  PHASE1_DH_GROUPS,
  PHASE2_DH_GROUPS,
  TUNNEL_OPTION_KINDS,
} from '../tunnel/options';
import { type DaemonCapabilities, daemonCapabilities, knownVersions } from './capabilities';
import type { GatewayDaemon } from './host';

/** Something that one of the two ends can't do. */
export interface Incompatibility {
  /** The tunnel's inside CIDR; absent where it is about the whole connection. */
  readonly insideCidr?: string;
  readonly part: 'ike' | 'esp' | 'ike_versions' | 'lifetimes' | 'dpd' | 'mode' | 'routing' | 'gateway';
  /** What can't be, and why. */
  readonly reason: string;
  /** The nearest choice that works. */
  readonly nearest: string;
}

/** `169.254.100.0/30: ike: … ; nearest: …`, as a problem is printed. */
export function incompatibilityText({ insideCidr, part, reason, nearest }: Incompatibility): string {
  return `${insideCidr === undefined ? '' : `${insideCidr}: `}${part}: ${reason}; nearest: ${nearest}`;
}

/**
 * All that the gateway's daemon or the cloud can't do of what a connection asks.
 *
 * @param siteNetworks networks on the site's side; counted for policy-based tunnels
 */
export function incompatibilities(
  description: NetworkTunnels,
  daemon: GatewayDaemon,
  version: number,
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
    ...modeProblems(description, siteNetworks),
    ...Object.entries(description.tunnels).flatMap(([insideCidr, tunnel]) =>
      [
        ...versionProblems(tunnel),
        ...proposalProblems('ike', tunnel, name, capabilities),
        ...proposalProblems('esp', tunnel, name, capabilities),
        ...timeProblems(tunnel),
      ].map((problem) => ({ insideCidr, ...problem })),
    ),
  ];
}

function modeProblems(description: NetworkTunnels, siteNetworks: readonly Cidr[]): Incompatibility[] {
  if (description.mode !== 'policy-based') return [];
  const problems: Incompatibility[] = [];
  const pairs: [number, string][] = [
    [siteNetworks.length, "networks on the site's side"],
    [description.networks.length, "networks on the cloud's side"],
  ];
  for (const [count, what] of pairs) {
    if (count <= 1) continue;
    const reason = `a policy-based tunnel to AWS holds one pair of security associations, got ${count} ${what}`;
    problems.push({ part: 'mode', reason, nearest: 'mode: route-based' });
  }
  if (description.routing === 'bgp') {
    const reason = 'BGP needs an interface per tunnel, and a policy-based tunnel has none';
    problems.push({ part: 'routing', reason, nearest: 'mode: route-based, or routing: static' });
  }
  return problems;
}

function versionProblems(tunnel: TunnelDescription): Incompatibility[] {
  if (tunnel.ike_versions.includes(2)) return [];
  const reason = 'the gateway speaks IKEv2 only, got IKEv1 (RFC 9395 retires it)';
  return [{ part: 'ike_versions', reason, nearest: 'ike_versions: [ikev2]' }];
}

function proposalProblems(
  part: 'ike' | 'esp',
  tunnel: TunnelDescription,
  name: string,
  capabilities: DaemonCapabilities,
): Incompatibility[] {
  const proposals = tunnel[part];
  const reasons = proposals.flatMap((proposal) => {
    const reason = proposalReason(part, proposal, name, capabilities);
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

function proposalReason(
  part: 'ike' | 'esp',
  { encryption, integrity, dh_group }: Proposal,
  name: string,
  capabilities: DaemonCapabilities,
): string | undefined {
  if (!includes(ENCRYPTION_ALGORITHMS, encryption)) return `AWS has no encryption ${encryption}`;
  const isGcm = encryption.includes('GCM');
  if (integrity !== undefined && !includes(INTEGRITY_ALGORITHMS, integrity)) {
    return `AWS has no integrity ${integrity}`;
  }
  if (integrity === undefined && part === 'ike') return `${encryption} in IKE needs a pseudo-random function`;
  if (integrity === undefined && !isGcm) return `${encryption} needs an integrity algorithm beside it`;
  if (integrity !== undefined && isGcm && part === 'esp') {
    return `${encryption} in ESP has its own integrity, got ${integrity} beside it`;
  }
  const groups = part === 'ike' ? PHASE1_DH_GROUPS : PHASE2_DH_GROUPS;
  if (!includes(groups, dh_group)) return `AWS has no DH group ${dh_group} for ${part.toUpperCase()}`;
  if (capabilities.dhGroups[dh_group] === undefined) {
    return `${name} has no DH group ${dh_group}: ${capabilities.lacksDhGroup[dh_group]}`;
  }
  return undefined;
}

function timeProblems({ lifetimes, dpd }: TunnelDescription): Incompatibility[] {
  const bounds: ['lifetimes' | 'dpd', string, number, { min: number; max: number }][] = [
    ['lifetimes', "IKE's lifetime", lifetimes.ike_seconds, range('phase1LifetimeSeconds')],
    ['lifetimes', "ESP's lifetime", lifetimes.esp_seconds, range('phase2LifetimeSeconds')],
    // The daemons wait for an answer this long; a dead tunnel that is noticed after an hour is none that helps.
    ['dpd', 'the DPD timeout', dpd.timeout_seconds, { ...range('dpdTimeoutSeconds'), max: 3600 }],
  ];
  const problems = bounds.flatMap(([part, what, seconds, { min, max }]): Incompatibility[] => {
    if (seconds >= min && seconds <= max) return [];
    const reason = `${what} must be from ${min} to ${max} s, got ${seconds} s`;
    return [{ part, reason, nearest: `${Math.min(Math.max(seconds, min), max)} s` }];
  });
  if (problems.length === 0 && lifetimes.esp_seconds >= lifetimes.ike_seconds) {
    const reason = `ESP's lifetime (${lifetimes.esp_seconds} s) must be shorter than IKE's (${lifetimes.ike_seconds} s)`;
    problems.push({ part: 'lifetimes', reason, nearest: '28800 s and 3600 s' });
  }
  return problems;
}

function range(option: 'phase1LifetimeSeconds' | 'phase2LifetimeSeconds' | 'dpdTimeoutSeconds'): {
  min: number;
  max: number;
} {
  const kind = TUNNEL_OPTION_KINDS[option];
  if (kind.kind !== 'whole') throw new TypeError(`${option} has no range`);
  return kind;
}

const INSIDE = parseInsideCidr('169.254.100.0/30');

/** The profile whose proposal differs in the fewest parts; of equals, the stronger. All profiles work with all daemons. */
function nearestProfile(part: 'ike' | 'esp', bad: Proposal): string {
  const ranked = CRYPTO_PROFILES.map((profile) => {
    const [proposal] = describeTunnel({ ...cryptoProfileOptions(profile), insideCidr: INSIDE }, '')[part];
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

function includes(values: readonly (string | number)[], value: string | number): boolean {
  return values.includes(value);
}
