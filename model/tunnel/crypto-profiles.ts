import type { TunnelOptions } from './options';

/** Named sets of cryptographic tunnel options. */
export const CRYPTO_PROFILES = ['modern', 'compatible', 'seed'] as const;
export type CryptoProfile = (typeof CRYPTO_PROFILES)[number];

/**
 * The tunnel options of a profile.
 *
 * - `modern`: IKEv2, AES-256-GCM, SHA2-384, DH group 20; exactly one proposal, so nothing can be negotiated down.
 * - `compatible`: IKEv2, AES-256-CBC, SHA2-256, DH group 14; for daemons without elliptic curves.
 * - `seed`: nothing set, as in the controller's own `aws_vpn.tf`: AWS accepts all that it knows, and the
 *   gateway proposes AES-128, SHA-1 and DH group 14 (today's libreswan has no group 2).
 *
 * Lifetimes, DPD and `startup_action` are AWS's defaults written out (facts.md §4).
 */
export function cryptoProfileOptions(profile: CryptoProfile): TunnelOptions {
  switch (profile) {
    case 'modern':
      return both('AES256-GCM-16', 'SHA2-384', 20);
    case 'compatible':
      return both('AES256', 'SHA2-256', 14);
    case 'seed':
      return {};
  }
}

function both(
  encryption: 'AES256-GCM-16' | 'AES256',
  integrity: 'SHA2-256' | 'SHA2-384',
  dhGroup: number,
): TunnelOptions {
  return {
    ikeVersions: ['ikev2'],
    phase1EncryptionAlgorithms: [encryption],
    phase1IntegrityAlgorithms: [integrity],
    phase1DhGroupNumbers: [dhGroup],
    phase1LifetimeSeconds: 28800,
    phase2EncryptionAlgorithms: [encryption],
    phase2IntegrityAlgorithms: [integrity],
    phase2DhGroupNumbers: [dhGroup],
    phase2LifetimeSeconds: 3600,
    dpdTimeoutSeconds: 30,
    startupAction: 'add',
    enableTunnelLifecycleControl: true,
  };
}
