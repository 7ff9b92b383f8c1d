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
  const isIntegrity = suite(before, false) === suite(after, false);
  const parameters = `${suite(before, isIntegrity)} → ${suite(after, isIntegrity)}`;
  return profiles.includes(undefined) ? parameters : `${profiles.join(' → ')} (${parameters})`;
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

/** `AES256-GCM/DH20`, with phase 2 after it where it differs. */
function suite(crypto: Crypto, withIntegrity: boolean): string {
  if (PARAMETERS.every((name) => crypto[name].length === 0)) return "AWS's default proposals";
  const phase = (number: 1 | 2): string => {
    const ciphers = crypto[`phase${number}_encryption_algorithms`].map((cipher) =>
      cipher.replace(/-16$/, ''),
    );
    const integrity = withIntegrity ? crypto[`phase${number}_integrity_algorithms`] : [];
    const groups = crypto[`phase${number}_dh_group_numbers`];
    return [
      ciphers.join('+') || 'any cipher',
      ...(integrity.length > 0 ? [integrity.join('+')] : []),
      `DH${groups.join('+') || ' any'}`,
    ].join('/');
  };
  const versions =
    crypto.ike_versions.length === 1 && crypto.ike_versions[0] === 'ikev2' ? [] : crypto.ike_versions;
  const ike =
    versions.length === 0 ? '' : `${versions.map((version) => version.replace('ikev', 'IKEv')).join('+')} `;
  return `${ike}${phase(1)}${phase(1) === phase(2) ? '' : `, ESP ${phase(2)}`}`;
}
