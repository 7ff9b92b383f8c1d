import type { EncryptionAlgorithm, IntegrityAlgorithm } from '../tunnel/algorithms';
import type { GatewayDaemon, InterfaceKind } from './host';

/**
 * What one major version of an IPsec daemon can do, and how it spells it.
 *
 * Every entry was tried with the version that Debian packages: `ipsec algparse -v2 -pfs` for libreswan,
 * `swanctl --list-algs` of a running charon for strongSwan.
 */
export interface DaemonCapabilities {
  /** The version that the entries were tried with. */
  readonly tried: string;
  readonly encryption: Readonly<Record<EncryptionAlgorithm, string>>;
  readonly integrity: Readonly<Record<IntegrityAlgorithm, string>>;
  /** The daemon's names of Diffie-Hellman groups, by number. */
  readonly dhGroups: Readonly<Record<number, string>>;
  /** Why the daemon lacks a group that clouds take, by number. */
  readonly lacksDhGroup: Readonly<Record<number, string>>;
  /** Whether the ESP proposals of one connection may name different groups. */
  readonly manyEspDhGroups: boolean;
  /** The kinds of interface that its route-based tunnels are rendered with. */
  readonly interfaceKinds: readonly InterfaceKind[];
}

const NO_MODP1024 = 'not compiled in: too weak (RFC 8247)';
const NO_RFC5114 = 'not supported: the origin of its prime is not known (RFC 8247)';

const LIBRESWAN = {
  encryption: {
    AES128: 'aes128',
    AES256: 'aes256',
    'AES128-GCM-16': 'aes_gcm128',
    'AES256-GCM-16': 'aes_gcm256',
  },
  integrity: { SHA1: 'sha1', 'SHA2-256': 'sha2_256', 'SHA2-384': 'sha2_384', 'SHA2-512': 'sha2_512' },
  dhGroups: {
    5: 'dh5',
    14: 'dh14',
    15: 'dh15',
    16: 'dh16',
    17: 'dh17',
    18: 'dh18',
    19: 'dh19',
    20: 'dh20',
    21: 'dh21',
  },
  lacksDhGroup: { 2: NO_MODP1024, 22: NO_RFC5114, 23: NO_RFC5114, 24: NO_RFC5114 },
  manyEspDhGroups: false,
} as const;

const STRONGSWAN = {
  encryption: {
    AES128: 'aes128',
    AES256: 'aes256',
    'AES128-GCM-16': 'aes128gcm16',
    'AES256-GCM-16': 'aes256gcm16',
  },
  integrity: { SHA1: 'sha1', 'SHA2-256': 'sha256', 'SHA2-384': 'sha384', 'SHA2-512': 'sha512' },
  dhGroups: {
    2: 'modp1024',
    5: 'modp1536',
    14: 'modp2048',
    15: 'modp3072',
    16: 'modp4096',
    17: 'modp6144',
    18: 'modp8192',
    19: 'ecp256',
    20: 'ecp384',
    21: 'ecp521',
    22: 'modp1024s160',
    23: 'modp2048s224',
    24: 'modp2048s256',
  },
  lacksDhGroup: {},
  manyEspDhGroups: true,
  interfaceKinds: ['xfrm'],
} as const;

const TABLE: Readonly<Record<GatewayDaemon, Readonly<Record<number, DaemonCapabilities>>>> = {
  libreswan: {
    4: { ...LIBRESWAN, tried: '4.10', interfaceKinds: ['vti', 'xfrm'] },
    5: { ...LIBRESWAN, tried: '5.2', interfaceKinds: ['xfrm'] },
  },
  strongswan: { 5: { ...STRONGSWAN, tried: '5.9.8' }, 6: { ...STRONGSWAN, tried: '6.0.1' } },
};

/** The capabilities of a major version; undefined for a version that is not in the table. */
export function daemonCapabilities(daemon: GatewayDaemon, version: number): DaemonCapabilities | undefined {
  return TABLE[daemon][version];
}

/** The major versions of a daemon that are in the table. */
export function knownVersions(daemon: GatewayDaemon): readonly number[] {
  return Object.keys(TABLE[daemon]).map(Number);
}
