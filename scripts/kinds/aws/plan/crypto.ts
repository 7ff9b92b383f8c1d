import {
  CRYPTO_PROFILES,
  type CryptoProfile,
  PROFILE_ALGORITHMS,
} from '../../../../model/tunnel/crypto-profiles';
import type { Attributes } from '../../../../terraform/plan/scrub';

/** What AWS accepts for a tunnel, by parameter; an empty list accepts all that AWS knows. */
export type Crypto = Readonly<Record<(typeof PARAMETERS)[number], readonly string[]>>;

const PARAMETERS = [
  'ike_versions',
  'phase1_encryption_algorithms',
  'phase1_integrity_algorithms',
  'phase1_dh_group_numbers',
  'phase2_encryption_algorithms',
  'phase2_integrity_algorithms',
  'phase2_dh_group_numbers',
] as const;

export function cryptoOf(connection: Attributes, tunnel: 1 | 2): Crypto {
  const list = (name: string): readonly string[] => {
    const value = connection[`tunnel${tunnel}_${name}`];
    return Array.isArray(value) ? value.map(String).sort() : [];
  };
  return Object.fromEntries(PARAMETERS.map((name) => [name, list(name)])) as Crypto;
}

/** Whether AWS, with the new parameters, accepts what the gateway host proposes by the old ones. */
export function hasMatch(before: Crypto, after: Crypto): boolean {
  const proposed = expected('seed');
  return PARAMETERS.every((name) => {
    const old = before[name].length > 0 ? before[name] : proposed[name];
    return after[name].length === 0 || old.some((value) => after[name].includes(value));
  });
}

/** `compatible → modern (AES256/DH14 → AES256-GCM/DH20)`. */
export function cryptoWords(before: Crypto, after: Crypto): string {
  const profiles = [profileOf(before), profileOf(after)];
  const parameters = parameterWords(before, after);
  return profiles.includes(undefined) ? parameters : `${profiles.join(' → ')} (${parameters})`;
}

/** The suites of both phases; each phase alone where they are not the same. */
function parameterWords(before: Crypto, after: Crypto): string {
  const versions = (crypto: Crypto) =>
    crypto.ike_versions.map((version) => version.replace('ikev', 'IKEv')).join('+');
  const isVersion =
    before.ike_versions.length > 0 && after.ike_versions.length > 0 && versions(before) !== versions(after);
  const [first, second] = ([1, 2] as const).map((phase) => {
    const isIntegrity = suite(before, phase, false) === suite(after, phase, false);
    const [old, now] = [before, after].map((crypto) => suite(crypto, phase, isIntegrity));
    return old === now ? '' : `${old} → ${now}`;
  });
  const phases = first === second ? [first] : [first && `IKE ${first}`, second && `ESP ${second}`];
  return [isVersion ? `${versions(before)} → ${versions(after)}` : '', ...phases].filter(Boolean).join(', ');
}

/** The parameters that a profile names. `seed` names none to AWS: here are those that the gateway host proposes. */
function expected(profile: CryptoProfile): Crypto {
  const { encryption, integrity, dhGroup } = PROFILE_ALGORITHMS[profile];
  return {
    ike_versions: ['ikev2'],
    phase1_encryption_algorithms: [encryption],
    phase1_integrity_algorithms: [integrity],
    phase1_dh_group_numbers: [String(dhGroup)],
    phase2_encryption_algorithms: [encryption],
    phase2_integrity_algorithms: [integrity],
    phase2_dh_group_numbers: [String(dhGroup)],
  };
}

function profileOf(crypto: Crypto): CryptoProfile | undefined {
  if (PARAMETERS.every((name) => crypto[name].length === 0)) return 'seed';
  const named = CRYPTO_PROFILES.filter((profile) => profile !== 'seed');
  return named.find((profile) =>
    PARAMETERS.every((name) => crypto[name].join() === expected(profile)[name].join()),
  );
}

/** `AES256-GCM/DH20` */
function suite(crypto: Crypto, phase: 1 | 2, withIntegrity: boolean): string {
  const [ciphers, integrity, groups] = [
    crypto[`phase${phase}_encryption_algorithms`].map((cipher) => cipher.replace(/-16$/, '')),
    crypto[`phase${phase}_integrity_algorithms`],
    crypto[`phase${phase}_dh_group_numbers`],
  ];
  if ([...ciphers, ...integrity, ...groups].length === 0) return "AWS's default proposals";
  const any = (values: readonly string[], name: string) =>
    values.length === 0 ? `any ${name}` : values.join('+');
  return [
    any(ciphers, 'cipher'),
    ...(withIntegrity ? [any(integrity, 'integrity')] : []),
    groups.length === 0 ? 'any DH group' : `DH${groups.join('+')}`,
  ].join('/');
}
