import type { Cidr } from '../../net/cidr';
import { PROFILE_ALGORITHMS } from '../../tunnel/crypto-profiles';
import type { TunnelDescription } from '../../tunnel/description';
import { proposalsOf } from '../../tunnel/proposal';
import { TUNNEL_OPTION_DEFAULTS, type TunnelOptions } from './tunnel-options';

/**
 * The description of a tunnel from its options and the outside address that AWS gave it. Where an option is absent, AWS's
 * default stands in it; where no algorithm is chosen, the gateway proposes what the profile `seed` names.
 */
export function describeTunnel<Address>(
  options: TunnelOptions & { readonly insideCidr: Cidr },
  outsideAddress: Address,
): TunnelDescription<Address> {
  const { insideCidr } = options;
  const { encryption, integrity, dhGroup } = PROFILE_ALGORITHMS.seed;
  return {
    outside_address: outsideAddress,
    // AWS has the first host address of the /30, the customer gateway the second.
    cloud_inside_address: insideCidr.address(1),
    site_inside_address: insideCidr.address(2),
    ike_versions: (options.ikeVersions ?? ['ikev2']).map((version) => (version === 'ikev1' ? 1 : 2)),
    ike: proposalsOf('ike', {
      encryption: options.phase1EncryptionAlgorithms ?? [encryption],
      integrity: options.phase1IntegrityAlgorithms ?? [integrity],
      dhGroups: options.phase1DhGroupNumbers ?? [dhGroup],
    }),
    esp: proposalsOf('esp', {
      encryption: options.phase2EncryptionAlgorithms ?? [encryption],
      integrity: options.phase2IntegrityAlgorithms ?? [integrity],
      dhGroups: options.phase2DhGroupNumbers ?? [dhGroup],
    }),
    lifetimes: {
      ike_seconds: options.phase1LifetimeSeconds ?? TUNNEL_OPTION_DEFAULTS.phase1LifetimeSeconds,
      esp_seconds: options.phase2LifetimeSeconds ?? TUNNEL_OPTION_DEFAULTS.phase2LifetimeSeconds,
    },
    dpd: {
      timeout_seconds: options.dpdTimeoutSeconds ?? TUNNEL_OPTION_DEFAULTS.dpdTimeoutSeconds,
      action: options.dpdTimeoutAction ?? TUNNEL_OPTION_DEFAULTS.dpdTimeoutAction,
    },
    startup: options.startupAction === 'start' ? 'cloud' : 'site',
  };
}
