import type { Cidr } from '../../net/cidr';
import {
  ENCRYPTION_ALGORITHMS,
  type EncryptionAlgorithm,
  INTEGRITY_ALGORITHMS,
  type IntegrityAlgorithm,
} from '../../tunnel/algorithms';
import type { Range } from '../cloud-vpn';

/** The numbers in the provider's argument names (`tunnel1_address`): a connection has two tunnels. */
export const TUNNEL_NUMBERS = [1, 2] as const;

/**
 * The options of one tunnel of an AWS site-to-site VPN connection.
 *
 * They are named as the provider's arguments without `tunnelN_`, in a catalog in snake_case. An option that is absent is
 * left to AWS. Ranges and choices were recorded from hashicorp/aws 5.100.0 and EC2's VpnTunnelOptionsSpecification.
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
  /** How many seconds before a lifetime ends AWS negotiates new keys. */
  readonly rekeyMarginTimeSeconds?: number;
  /** Percentage of the margin by which that moment is varied at random. */
  readonly rekeyFuzzPercentage?: number;
  /** Number of packets in the replay window. */
  readonly replayWindowSize?: number;
  /** `add`: the site starts; `start`: AWS does. */
  readonly startupAction?: 'add' | 'start';
  /** Ask before AWS replaces an endpoint. */
  readonly enableTunnelLifecycleControl?: boolean;
}

export const IKE_VERSIONS = ['ikev1', 'ikev2'] as const;
export type IkeVersion = (typeof IKE_VERSIONS)[number];

/** Diffie-Hellman groups (RFC 3526, RFC 5114, RFC 5903) that AWS takes. Group 5 is for phase 2 only. */
export const PHASE1_DH_GROUPS = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24] as const;
export const PHASE2_DH_GROUPS = [2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24] as const;

/** The bounds of the options that are whole numbers. */
export const TUNNEL_OPTION_RANGES = {
  phase1LifetimeSeconds: { min: 900, max: 28800 },
  phase2LifetimeSeconds: { min: 900, max: 3600 },
  dpdTimeoutSeconds: { min: 30, max: 2147483647 },
  rekeyMarginTimeSeconds: { min: 60, max: 1800 },
  rekeyFuzzPercentage: { min: 0, max: 100 },
  replayWindowSize: { min: 64, max: 2048 },
} as const satisfies Partial<Record<keyof TunnelOptions, Range>>;

/** What AWS takes where an option is absent, as far as other options or the gateway depend on it. */
export const TUNNEL_OPTION_DEFAULTS = {
  phase1LifetimeSeconds: 28800,
  phase2LifetimeSeconds: 3600,
  rekeyMarginTimeSeconds: 540,
  dpdTimeoutSeconds: 30,
  dpdTimeoutAction: 'clear',
} as const satisfies TunnelOptions;

/** What values an option takes. */
export type OptionKind =
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'choices'; readonly values: readonly string[] }
  | { readonly kind: 'numbers'; readonly values: readonly number[] }
  | ({ readonly kind: 'whole' } & Range)
  | { readonly kind: 'flag' }
  | { readonly kind: 'inside-cidr' };

/** Every option with what it takes: the one table for the catalog's keys, its schema and the provider's arguments. */
export const TUNNEL_OPTION_KINDS: Readonly<Record<keyof TunnelOptions, OptionKind>> = {
  insideCidr: { kind: 'inside-cidr' },
  ikeVersions: { kind: 'choices', values: IKE_VERSIONS },
  phase1EncryptionAlgorithms: { kind: 'choices', values: ENCRYPTION_ALGORITHMS },
  phase1IntegrityAlgorithms: { kind: 'choices', values: INTEGRITY_ALGORITHMS },
  phase1DhGroupNumbers: { kind: 'numbers', values: PHASE1_DH_GROUPS },
  phase1LifetimeSeconds: { kind: 'whole', ...TUNNEL_OPTION_RANGES.phase1LifetimeSeconds },
  phase2EncryptionAlgorithms: { kind: 'choices', values: ENCRYPTION_ALGORITHMS },
  phase2IntegrityAlgorithms: { kind: 'choices', values: INTEGRITY_ALGORITHMS },
  phase2DhGroupNumbers: { kind: 'numbers', values: PHASE2_DH_GROUPS },
  phase2LifetimeSeconds: { kind: 'whole', ...TUNNEL_OPTION_RANGES.phase2LifetimeSeconds },
  dpdTimeoutSeconds: { kind: 'whole', ...TUNNEL_OPTION_RANGES.dpdTimeoutSeconds },
  dpdTimeoutAction: { kind: 'choice', values: ['clear', 'none', 'restart'] },
  rekeyMarginTimeSeconds: { kind: 'whole', ...TUNNEL_OPTION_RANGES.rekeyMarginTimeSeconds },
  rekeyFuzzPercentage: { kind: 'whole', ...TUNNEL_OPTION_RANGES.rekeyFuzzPercentage },
  replayWindowSize: { kind: 'whole', ...TUNNEL_OPTION_RANGES.replayWindowSize },
  startupAction: { kind: 'choice', values: ['add', 'start'] },
  enableTunnelLifecycleControl: { kind: 'flag' },
};

/** `phase1DhGroupNumbers` as the provider and the catalog spell it: `phase1_dh_group_numbers`. */
export function optionKey(name: keyof TunnelOptions): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
