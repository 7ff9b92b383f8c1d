import type { Cidr } from '../net/cidr';

/**
 * The options of one tunnel of an AWS site-to-site VPN connection.
 *
 * Named as the provider's arguments without `tunnelN_` (in a catalog in snake_case). An option that is absent
 * is left to AWS. Ranges and choices: recorded from hashicorp/aws 5.100.0, and EC2's VpnTunnelOptionsSpecification.
 */
export interface TunnelOptions {
  /** The /30 inside the tunnel, from 169.254.0.0/16: AWS has the first host address, the site the second. */
  readonly insideCidr?: Cidr;
  readonly ikeVersions?: readonly IkeVersion[];
  readonly phase1EncryptionAlgorithms?: readonly EncryptionAlgorithm[];
  readonly phase1IntegrityAlgorithms?: readonly IntegrityAlgorithm[];
  readonly phase1DhGroupNumbers?: readonly number[];
  readonly phase1LifetimeSeconds?: number;
  readonly phase2EncryptionAlgorithms?: readonly EncryptionAlgorithm[];
  readonly phase2IntegrityAlgorithms?: readonly IntegrityAlgorithm[];
  readonly phase2DhGroupNumbers?: readonly number[];
  readonly phase2LifetimeSeconds?: number;
  /** After how many silent seconds a peer counts as dead. */
  readonly dpdTimeoutSeconds?: number;
  readonly dpdTimeoutAction?: 'clear' | 'none' | 'restart';
  /** How long before a lifetime ends AWS starts a new key. */
  readonly rekeyMarginTimeSeconds?: number;
  /** By how much of the margin that moment is varied. */
  readonly rekeyFuzzPercentage?: number;
  /** In packets. */
  readonly replayWindowSize?: number;
  /** `add`: the site starts; `start`: AWS does. */
  readonly startupAction?: 'add' | 'start';
  /** Ask before AWS replaces an endpoint. */
  readonly enableTunnelLifecycleControl?: boolean;
}

export const IKE_VERSIONS = ['ikev1', 'ikev2'] as const;
export type IkeVersion = (typeof IKE_VERSIONS)[number];

export const ENCRYPTION_ALGORITHMS = ['AES128', 'AES256', 'AES128-GCM-16', 'AES256-GCM-16'] as const;
export type EncryptionAlgorithm = (typeof ENCRYPTION_ALGORITHMS)[number];

export const INTEGRITY_ALGORITHMS = ['SHA1', 'SHA2-256', 'SHA2-384', 'SHA2-512'] as const;
export type IntegrityAlgorithm = (typeof INTEGRITY_ALGORITHMS)[number];

/** Diffie-Hellman groups (RFC 3526, RFC 5114, RFC 5903) that AWS takes. Group 5 is for phase 2 only. */
export const PHASE1_DH_GROUPS = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24] as const;
export const PHASE2_DH_GROUPS = [2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24] as const;

/** What values an option takes. */
export type OptionKind =
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'choices'; readonly values: readonly string[] }
  | { readonly kind: 'numbers'; readonly values: readonly number[] }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'inside-cidr' };

/** Every option with what it takes: the one table for the catalog's keys, its schema and the provider's arguments. */
export const TUNNEL_OPTION_KINDS: Readonly<Record<keyof TunnelOptions, OptionKind>> = {
  insideCidr: { kind: 'inside-cidr' },
  ikeVersions: { kind: 'choices', values: IKE_VERSIONS },
  phase1EncryptionAlgorithms: { kind: 'choices', values: ENCRYPTION_ALGORITHMS },
  phase1IntegrityAlgorithms: { kind: 'choices', values: INTEGRITY_ALGORITHMS },
  phase1DhGroupNumbers: { kind: 'numbers', values: PHASE1_DH_GROUPS },
  phase1LifetimeSeconds: { kind: 'whole', min: 900, max: 28800 },
  phase2EncryptionAlgorithms: { kind: 'choices', values: ENCRYPTION_ALGORITHMS },
  phase2IntegrityAlgorithms: { kind: 'choices', values: INTEGRITY_ALGORITHMS },
  phase2DhGroupNumbers: { kind: 'numbers', values: PHASE2_DH_GROUPS },
  phase2LifetimeSeconds: { kind: 'whole', min: 900, max: 3600 },
  dpdTimeoutSeconds: { kind: 'whole', min: 30, max: 2147483647 },
  dpdTimeoutAction: { kind: 'choice', values: ['clear', 'none', 'restart'] },
  rekeyMarginTimeSeconds: { kind: 'whole', min: 60, max: 1800 },
  rekeyFuzzPercentage: { kind: 'whole', min: 0, max: 100 },
  replayWindowSize: { kind: 'whole', min: 64, max: 2048 },
  startupAction: { kind: 'choice', values: ['add', 'start'] },
  enableTunnelLifecycleControl: { kind: 'flag' },
};

/** `phase1DhGroupNumbers` as the provider and the catalog spell it: `phase1_dh_group_numbers`. */
export function optionKey(name: keyof TunnelOptions): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Something that AWS would refuse about an option: the option, and what must hold. */
export interface OptionProblem {
  readonly option: keyof TunnelOptions;
  /** `must be …, got …` */
  readonly message: string;
}

/** What AWS takes where an option is absent, as far as another option's check needs it. */
const AWS_DEFAULTS = {
  phase1LifetimeSeconds: 28800,
  phase2LifetimeSeconds: 3600,
  rekeyMarginTimeSeconds: 540,
};

/** All that AWS would refuse about a tunnel's options, each checked by itself, whatever else is set. */
export function tunnelOptionProblems(options: TunnelOptions): readonly OptionProblem[] {
  const alone = optionValueProblems(options);
  return alone.length > 0 ? alone : combinationProblems(options);
}

/** What AWS would refuse about each option alone: all that can be said where other options are not known yet. */
export function optionValueProblems(options: TunnelOptions): readonly OptionProblem[] {
  const names = Object.keys(TUNNEL_OPTION_KINDS) as (keyof TunnelOptions)[];
  return names.flatMap((option) => {
    const message =
      options[option] === undefined ? undefined : valueProblem(TUNNEL_OPTION_KINDS[option], options[option]);
    return message === undefined ? [] : [{ option, message }];
  });
}

function combinationProblems(options: TunnelOptions): readonly OptionProblem[] {
  const problems: OptionProblem[] = [];
  const { phase1LifetimeSeconds, phase2LifetimeSeconds, rekeyMarginTimeSeconds } = {
    ...AWS_DEFAULTS,
    ...defined(options),
  };
  if (phase2LifetimeSeconds >= phase1LifetimeSeconds) {
    const option =
      options.phase1LifetimeSeconds === undefined ? 'phase2LifetimeSeconds' : 'phase1LifetimeSeconds';
    problems.push({
      option,
      message: `phase 2's lifetime (${phase2LifetimeSeconds} s) must be shorter than phase 1's (${phase1LifetimeSeconds} s)`,
    });
  }
  if (rekeyMarginTimeSeconds > phase2LifetimeSeconds / 2) {
    const option =
      options.rekeyMarginTimeSeconds === undefined ? 'phase2LifetimeSeconds' : 'rekeyMarginTimeSeconds';
    problems.push({
      option,
      message: `the rekey margin (${rekeyMarginTimeSeconds} s) must be at most half of phase 2's lifetime (${phase2LifetimeSeconds} s)`,
    });
  }
  const versions = options.ikeVersions ?? IKE_VERSIONS;
  if (options.startupAction === 'start' && (versions.length !== 1 || versions[0] !== 'ikev2')) {
    problems.push({
      option: 'startupAction',
      message: `"start" needs ike_versions: [ikev2], got ${JSON.stringify(versions)}`,
    });
  }
  return problems;
}

function valueProblem(kind: OptionKind, value: unknown): string | undefined {
  switch (kind.kind) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : `must be true or false, got ${JSON.stringify(value)}`;
    case 'choice':
      return kind.values.includes(String(value))
        ? undefined
        : `must be one of ${kind.values.join(', ')}, got ${JSON.stringify(value)}`;
    case 'whole': {
      const good = Number.isInteger(value) && Number(value) >= kind.min && Number(value) <= kind.max;
      return good
        ? undefined
        : `must be a whole number from ${kind.min} to ${kind.max}, got ${JSON.stringify(value)}`;
    }
    case 'choices':
    case 'numbers':
      return listProblem(kind.values, value as readonly unknown[]);
    case 'inside-cidr':
      return undefined;
  }
}

function listProblem(allowed: readonly (string | number)[], values: readonly unknown[]): string | undefined {
  if (values.length === 0) return `must name at least one of ${allowed.join(', ')}, got none`;
  const bad = values.find((value) => !(allowed as readonly unknown[]).includes(value));
  if (bad !== undefined) return `must be of ${allowed.join(', ')}, got ${JSON.stringify(bad)}`;
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? undefined : `must name each value once, got ${JSON.stringify(twice)} twice`;
}

/** The options without those that are explicitly undefined. */
function defined(options: TunnelOptions): TunnelOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
