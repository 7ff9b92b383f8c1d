import {
  IKE_VERSIONS,
  optionKey,
  PHASE1_DH_GROUPS,
  PHASE2_DH_GROUPS,
  TUNNEL_OPTION_DEFAULTS,
  TUNNEL_OPTION_RANGES,
  type TunnelOptions,
} from '../../../model/clouds/aws/tunnel-options';
import { ENCRYPTION_ALGORITHMS, INTEGRITY_ALGORITHMS } from '../../../model/tunnel/algorithms';
import type { Shape } from '../../shape/shape';
import { choice, explained, FLAG, list, optional, text, whole } from '../../shape/shapes';
import { INSIDE_CIDR } from './inside-cidr';

/** Several of some values, each once. */
const several = <const V extends readonly (string | number)[]>(values: V) =>
  list(choice(...values), { min: 1, max: values.length, distinct: true });

/** What each option is, for editors. AWS's defaults are those of its VPN user guide, tunnel options. */
const MEANINGS: Readonly<Record<keyof TunnelOptions, string>> = {
  insideCidr: 'The /30 of 169.254.0.0/16 inside the tunnel; absent: kakehashi chooses one',
  ikeVersions: 'IKE versions that AWS accepts',
  phase1EncryptionAlgorithms: 'Encryption of IKE that AWS accepts',
  phase1IntegrityAlgorithms: 'Integrity of IKE that AWS accepts',
  phase1DhGroupNumbers: 'Diffie-Hellman groups of IKE that AWS accepts',
  phase1LifetimeSeconds: `Lifetime of the IKE security association, in seconds; absent: ${TUNNEL_OPTION_DEFAULTS.phase1LifetimeSeconds}`,
  phase2EncryptionAlgorithms: 'Encryption of ESP that AWS accepts',
  phase2IntegrityAlgorithms: 'Integrity of ESP that AWS accepts',
  phase2DhGroupNumbers: 'Diffie-Hellman groups for the perfect forward secrecy of ESP that AWS accepts',
  phase2LifetimeSeconds: `Lifetime of the ESP security associations, in seconds, less than that of IKE; absent: ${TUNNEL_OPTION_DEFAULTS.phase2LifetimeSeconds}`,
  dpdTimeoutSeconds: `After how many silent seconds AWS takes the site's end for dead; absent: ${TUNNEL_OPTION_DEFAULTS.dpdTimeoutSeconds}`,
  dpdTimeoutAction: `What AWS does then; absent: ${TUNNEL_OPTION_DEFAULTS.dpdTimeoutAction}`,
  rekeyMarginTimeSeconds: `How many seconds before a lifetime ends AWS negotiates new keys; absent: ${TUNNEL_OPTION_DEFAULTS.rekeyMarginTimeSeconds}`,
  rekeyFuzzPercentage: 'By how many percent of that margin the moment varies at random; absent: 100',
  replayWindowSize: 'Size of the window against replayed packets, in packets; absent: 1024',
  startupAction: 'Which end starts the tunnel; absent: add',
  enableTunnelLifecycleControl: 'Whether AWS asks before it replaces an endpoint; absent: false',
};

const described = <T, D>(option: keyof TunnelOptions, shape: Shape<T, D>) =>
  optional(shape, `${MEANINGS[option]} (tunnelN_${optionKey(option)})`);

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
  dpd_timeout_action: described(
    'dpdTimeoutAction',
    explained(choice('clear', 'none', 'restart'), {
      clear: 'ends the IKE session',
      none: 'does nothing',
      restart: 'starts the IKE session anew',
    }),
  ),
  rekey_margin_time_seconds: number('rekeyMarginTimeSeconds'),
  rekey_fuzz_percentage: number('rekeyFuzzPercentage'),
  replay_window_size: number('replayWindowSize'),
  startup_action: described(
    'startupAction',
    explained(choice('add', 'start'), { add: 'the site starts', start: 'AWS starts' }),
  ),
  enable_tunnel_lifecycle_control: described('enableTunnelLifecycleControl', FLAG),
};

/** The options of one tunnel. */
export const ONE_TUNNEL = {
  inside_cidr: described('insideCidr', text(INSIDE_CIDR)),
  ...BOTH_TUNNELS,
};
