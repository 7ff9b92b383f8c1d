import type { EncryptionAlgorithm, IntegrityAlgorithm } from './algorithms';

/** Named choices of cryptography for the tunnels of a network. */
export const CRYPTO_PROFILES = ['modern', 'compatible', 'seed'] as const;
export type CryptoProfile = (typeof CRYPTO_PROFILES)[number];

/** The one combination that the gateway proposes for a profile, in IKE and in ESP. */
export interface ProfileAlgorithms {
  readonly encryption: EncryptionAlgorithm;
  readonly integrity: IntegrityAlgorithm;
  readonly dhGroup: number;
}

/**
 * What the gateway proposes.
 *
 * - `modern`: exactly one proposal, so nothing can be negotiated down.
 * - `compatible`: for daemons without elliptic curves.
 * - `seed`: the form of the controller's own manual. It names DH group 2, which current libreswan does not have
 *   (docs/reference/ipsec.md), so group 14 takes its place. The cloud's end is left to accept all that it knows.
 */
export const PROFILE_ALGORITHMS: Readonly<Record<CryptoProfile, ProfileAlgorithms>> = {
  modern: { encryption: 'AES256-GCM-16', integrity: 'SHA2-384', dhGroup: 20 },
  compatible: { encryption: 'AES256', integrity: 'SHA2-256', dhGroup: 14 },
  seed: { encryption: 'AES128', integrity: 'SHA1', dhGroup: 14 },
};
