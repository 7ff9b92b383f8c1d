import {
  IKE_VERSIONS,
  optionKey,
  PHASE1_DH_GROUPS,
  PHASE2_DH_GROUPS,
  TUNNEL_OPTION_RANGES,
  type TunnelOptions,
} from '../../../model/clouds/aws/tunnel-options';
import { ENCRYPTION_ALGORITHMS, INTEGRITY_ALGORITHMS } from '../../../model/tunnel/algorithms';
import type { Shape } from '../../shape/shape';
import { choice, FLAG, list, optional, text, whole } from '../../shape/shapes';
import { INSIDE_CIDR } from './inside-cidr';

/** Several of some values, each once. */
const several = <const V extends readonly (string | number)[]>(values: V) =>
  list(choice(...values), { min: 1, max: values.length, distinct: true });

const described = <T, D>(option: keyof TunnelOptions, shape: Shape<T, D>) =>
  optional(shape, `aws_vpn_connection.tunnelN_${optionKey(option)}`);

/** A number within the range that AWS allows. */
const number = (option: keyof typeof TUNNEL_OPTION_RANGES) => {
  const { min, max } = TUNNEL_OPTION_RANGES[option];
  return described(option, whole(min, max));
};

/** The options that both tunnels may share, as a catalog spells them. */
export const BOTH_TUNNELS = {
  ike_versions: described('ikeVersions', several(IKE_VERSIONS)),
  phase1_encryption_algorithms: described('phase1EncryptionAlgorithms', several(ENCRYPTION_ALGORITHMS)),
  phase1_integrity_algorithms: described('phase1IntegrityAlgorithms', several(INTEGRITY_ALGORITHMS)),
  phase1_dh_group_numbers: described('phase1DhGroupNumbers', several(PHASE1_DH_GROUPS)),
  phase1_lifetime_seconds: number('phase1LifetimeSeconds'),
  phase2_encryption_algorithms: described('phase2EncryptionAlgorithms', several(ENCRYPTION_ALGORITHMS)),
  phase2_integrity_algorithms: described('phase2IntegrityAlgorithms', several(INTEGRITY_ALGORITHMS)),
  phase2_dh_group_numbers: described('phase2DhGroupNumbers', several(PHASE2_DH_GROUPS)),
  phase2_lifetime_seconds: number('phase2LifetimeSeconds'),
  dpd_timeout_seconds: number('dpdTimeoutSeconds'),
  dpd_timeout_action: described('dpdTimeoutAction', choice('clear', 'none', 'restart')),
  rekey_margin_time_seconds: number('rekeyMarginTimeSeconds'),
  rekey_fuzz_percentage: number('rekeyFuzzPercentage'),
  replay_window_size: number('replayWindowSize'),
  startup_action: described('startupAction', choice('add', 'start')),
  enable_tunnel_lifecycle_control: described('enableTunnelLifecycleControl', FLAG),
};

/** The options of one tunnel. */
export const ONE_TUNNEL = {
  inside_cidr: described('insideCidr', text(INSIDE_CIDR)),
  ...BOTH_TUNNELS,
};
