import { cryptoProfileOptions } from '../../../../model/clouds/aws/crypto-options';
import { tunnelOptionProblems } from '../../../../model/clouds/aws/tunnel-option-problems';
import {
  optionKey,
  TUNNEL_OPTION_KINDS,
  type TunnelOptions,
} from '../../../../model/clouds/aws/tunnel-options';
import { CRYPTO_PROFILES } from '../../../../model/tunnel/crypto-profiles';

const messages = (options: TunnelOptions): readonly string[] =>
  tunnelOptionProblems(options).map(({ option, message }) => `${optionKey(option)}: ${message}`);

test.each(CRYPTO_PROFILES)('the profile %s is one that AWS takes', (profile) => {
  expect(messages(cryptoProfileOptions(profile))).toEqual([]);
});

test('modern offers exactly one proposal, and seed sets nothing', () => {
  const modern = cryptoProfileOptions('modern');
  expect([
    modern.ikeVersions,
    modern.phase1EncryptionAlgorithms,
    modern.phase1IntegrityAlgorithms,
    modern.phase1DhGroupNumbers,
  ]).toEqual([['ikev2'], ['AES256-GCM-16'], ['SHA2-384'], [20]]);
  expect(cryptoProfileOptions('seed')).toEqual({});
});

test('every option is spelled as the provider spells its argument', () => {
  expect(Object.keys(TUNNEL_OPTION_KINDS).map((name) => optionKey(name as keyof TunnelOptions))).toEqual([
    'inside_cidr',
    'ike_versions',
    'phase1_encryption_algorithms',
    'phase1_integrity_algorithms',
    'phase1_dh_group_numbers',
    'phase1_lifetime_seconds',
    'phase2_encryption_algorithms',
    'phase2_integrity_algorithms',
    'phase2_dh_group_numbers',
    'phase2_lifetime_seconds',
    'dpd_timeout_seconds',
    'dpd_timeout_action',
    'rekey_margin_time_seconds',
    'rekey_fuzz_percentage',
    'replay_window_size',
    'startup_action',
    'enable_tunnel_lifecycle_control',
  ]);
});

describe('ranges: the edge is accepted, its neighbour is not', () => {
  test.each<[keyof TunnelOptions, number, number]>([
    ['phase1LifetimeSeconds', 900, 28800],
    ['phase2LifetimeSeconds', 900, 3600],
    ['rekeyMarginTimeSeconds', 60, 1800],
    ['rekeyFuzzPercentage', 0, 100],
    ['replayWindowSize', 64, 2048],
    ['dpdTimeoutSeconds', 30, 2147483647],
  ])('%s from %d to %d', (option, min, max) => {
    const alone = (value: number) =>
      tunnelOptionProblems({ [option]: value }).filter(({ message }) =>
        message.startsWith('must be a whole'),
      );
    expect([...alone(min), ...alone(max)]).toEqual([]);
    for (const value of [min - 1, max + 1, min + 0.5]) {
      expect(alone(value).map(({ message }) => message)).toEqual([
        `must be a whole number from ${min} to ${max}, got ${value}`,
      ]);
    }
  });
});

test.each<[string, TunnelOptions, readonly string[]]>([
  [
    'group 5 in phase 1',
    { phase1DhGroupNumbers: [5] },
    ['phase1_dh_group_numbers: must be of 2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, got 5'],
  ],
  ['group 5 in phase 2', { phase2DhGroupNumbers: [5] }, []],
  ['an empty list', { ikeVersions: [] }, ['ike_versions: must name at least one of ikev1, ikev2, got none']],
  [
    'a value twice',
    { ikeVersions: ['ikev2', 'ikev2'] },
    ['ike_versions: must name each value once, got "ikev2" twice'],
  ],
  [
    'equal lifetimes',
    { phase1LifetimeSeconds: 3600 },
    ["phase1_lifetime_seconds: phase 2's lifetime (3600 s) must be shorter than phase 1's (3600 s)"],
  ],
  ['a lifetime one second longer', { phase1LifetimeSeconds: 3601 }, []],
  ['a margin of half', { rekeyMarginTimeSeconds: 1800 }, []],
  [
    'a margin over half',
    { rekeyMarginTimeSeconds: 451, phase2LifetimeSeconds: 900 },
    [
      "rekey_margin_time_seconds: the rekey margin (451 s) must be at most half of phase 2's lifetime (900 s)",
    ],
  ],
  [
    "AWS's own margin over half of a short lifetime",
    { phase2LifetimeSeconds: 900 },
    ["phase2_lifetime_seconds: the rekey margin (540 s) must be at most half of phase 2's lifetime (900 s)"],
  ],
  [
    'AWS starts with both versions',
    { startupAction: 'start' },
    ['startup_action: "start" needs ike_versions: [ikev2], got ["ikev1","ikev2"]'],
  ],
  ['AWS starts with IKEv2', { startupAction: 'start', ikeVersions: ['ikev2'] }, []],
])('%s', (_, options, expected) => {
  expect(messages(options)).toEqual(expected);
});
