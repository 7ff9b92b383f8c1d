import type { Cidr } from '../net/cidr';
import { cloudInsideAddress, siteInsideAddress } from './inside-cidr';
import type { TunnelOptions } from './options';

/** One proposal for IKE (phase 1) or ESP (phase 2). */
export interface Proposal {
  readonly encryption: string;
  /** Absent for an AEAD cipher in ESP: it has no integrity algorithm of its own. In IKE it gives the pseudo-random function. */
  readonly integrity?: string;
  readonly dh_group: number;
}

/**
 * One tunnel as both ends need it, without its key. The keys are those of the `tunnels` output (format.md),
 * in snake_case, because this is what Terraform stores and what the gateway's renderer reads back.
 */
export interface TunnelDescription<Address = string> {
  /** The cloud's public address. */
  readonly outside_address: Address;
  readonly cloud_inside_address: string;
  readonly site_inside_address: string;
  readonly ike_versions: readonly number[];
  readonly ike: readonly Proposal[];
  readonly esp: readonly Proposal[];
  readonly lifetimes: { readonly ike_seconds: number; readonly esp_seconds: number };
  readonly dpd: { readonly timeout_seconds: number; readonly action: string };
  readonly startup: 'site' | 'cloud';
}

/** The tunnels of one network: the value of one key of the `tunnels` output. Tunnels are keyed by inside CIDR. */
export interface NetworkTunnels<Address = string> {
  readonly mode: 'route-based' | 'policy-based';
  readonly routing: 'static' | 'bgp';
  /** The cloud's networks. */
  readonly networks: readonly string[];
  readonly cloud_asn: number;
  /** The secret of AWS's Secrets Manager that holds the keys; absent where Terraform's state holds them. */
  readonly preshared_key_arn?: Address;
  readonly tunnels: Readonly<Record<string, TunnelDescription<Address>>>;
}

/** What the gateway proposes where a profile sets nothing: today's libreswan has no DH group 2 (facts.md §4). */
const SEED = { encryption: 'AES128', integrity: 'SHA1', dhGroup: 14 } as const;

/** The description of a tunnel from its options and the outside address that the cloud gave it. */
export function describeTunnel<Address>(
  options: TunnelOptions & { readonly insideCidr: Cidr },
  outsideAddress: Address,
): TunnelDescription<Address> {
  return {
    outside_address: outsideAddress,
    cloud_inside_address: cloudInsideAddress(options.insideCidr),
    site_inside_address: siteInsideAddress(options.insideCidr),
    ike_versions: (options.ikeVersions ?? ['ikev2']).map((version) => (version === 'ikev1' ? 1 : 2)),
    ike: proposals(
      options.phase1EncryptionAlgorithms,
      options.phase1IntegrityAlgorithms,
      options.phase1DhGroupNumbers,
      (_, integrity) => integrity,
    ),
    esp: proposals(
      options.phase2EncryptionAlgorithms,
      options.phase2IntegrityAlgorithms,
      options.phase2DhGroupNumbers,
      (encryption, integrity) => (encryption.includes('GCM') ? undefined : integrity),
    ),
    lifetimes: {
      ike_seconds: options.phase1LifetimeSeconds ?? 28800,
      esp_seconds: options.phase2LifetimeSeconds ?? 3600,
    },
    dpd: { timeout_seconds: options.dpdTimeoutSeconds ?? 30, action: options.dpdTimeoutAction ?? 'clear' },
    startup: options.startupAction === 'start' ? 'cloud' : 'site',
  };
}

function proposals(
  encryptions: readonly string[] = [SEED.encryption],
  integrities: readonly string[] = [SEED.integrity],
  dhGroups: readonly number[] = [SEED.dhGroup],
  integrityOf: (encryption: string, integrity: string) => string | undefined,
): readonly Proposal[] {
  const all = encryptions.flatMap((encryption) =>
    integrities.flatMap((integrity) =>
      dhGroups.map((dhGroup) => ({
        encryption,
        integrity: integrityOf(encryption, integrity),
        dh_group: dhGroup,
      })),
    ),
  );
  return [...new Map(all.map((proposal) => [JSON.stringify(proposal), proposal])).values()];
}
