import { type CryptoProfile, PROFILE_ALGORITHMS } from '../../tunnel/crypto-profiles';
import { TUNNEL_OPTION_DEFAULTS, type TunnelOptions } from './tunnel-options';

/**
 * The tunnel options of a profile. AWS gets exactly the one combination that the gateway proposes; lifetimes and DPD are
 * AWS's defaults written out. `seed` sets nothing, as the controller's own `aws_vpn.tf` does: AWS accepts all that it knows.
 */
export function cryptoProfileOptions(profile: CryptoProfile): TunnelOptions {
  if (profile === 'seed') return {};
  const { encryption, integrity, dhGroup } = PROFILE_ALGORITHMS[profile];
  return {
    ikeVersions: ['ikev2'],
    phase1EncryptionAlgorithms: [encryption],
    phase1IntegrityAlgorithms: [integrity],
    phase1DhGroupNumbers: [dhGroup],
    phase1LifetimeSeconds: TUNNEL_OPTION_DEFAULTS.phase1LifetimeSeconds,
    phase2EncryptionAlgorithms: [encryption],
    phase2IntegrityAlgorithms: [integrity],
    phase2DhGroupNumbers: [dhGroup],
    phase2LifetimeSeconds: TUNNEL_OPTION_DEFAULTS.phase2LifetimeSeconds,
    dpdTimeoutSeconds: TUNNEL_OPTION_DEFAULTS.dpdTimeoutSeconds,
    startupAction: 'add',
    enableTunnelLifecycleControl: true,
  };
}
