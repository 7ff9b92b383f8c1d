import { cryptoProfileOptions } from '../../../model/clouds/aws/crypto-options';
import { TUNNEL_NUMBERS } from '../../../model/clouds/aws/tunnel-options';
import { CRYPTO_PROFILES } from '../../../model/tunnel/crypto-profiles';
import type { Attributes, ScrubbedChange } from '../../../terraform/plan/scrub';

/** The attributes of a tunnel that say what may be negotiated, without `tunnelN_`, and the options that they come from. */
const PARTS = [
  ['ike_versions', 'ikeVersions'],
  ['phase1_encryption_algorithms', 'phase1EncryptionAlgorithms'],
  ['phase1_integrity_algorithms', 'phase1IntegrityAlgorithms'],
  ['phase1_dh_group_numbers', 'phase1DhGroupNumbers'],
  ['phase2_encryption_algorithms', 'phase2EncryptionAlgorithms'],
  ['phase2_integrity_algorithms', 'phase2IntegrityAlgorithms'],
  ['phase2_dh_group_numbers', 'phase2DhGroupNumbers'],
] as const;

/** What a plan does to the cryptography of a connection's tunnels. */
export interface CryptoChange {
  /** `crypto compatible → modern (AES256/DH14 → AES256-GCM/DH20), both tunnels`. */
  readonly words: readonly string[];
  /** The attributes that the words tell. */
  readonly told: readonly string[];
}

/** The change of a VPN connection's cryptography; undefined where it stays as it is. */
export function cryptoChange({
  changed,
  before,
  after,
  planned = after,
}: ScrubbedChange): CryptoChange | undefined {
  const touched = TUNNEL_NUMBERS.map((number) => ({
    number,
    told: PARTS.map(([name]) => `tunnel${number}_${name}`).filter((name) => changed.includes(name)),
  })).filter(({ told }) => told.length > 0);
  if (touched.length === 0) return undefined;
  const words = touched.map(({ number }) => [number, tunnelWords(number, before, planned)] as const);
  const texts = [...new Set(words.map(([, text]) => text))];
  const isBoth = texts.length === 1 && touched.length === TUNNEL_NUMBERS.length;
  return {
    words: isBoth
      ? texts.map((text) => `${text}, both tunnels`)
      : words.map(
          ([number, text]) => `${text}, tunnel ${String(before[`tunnel${number}_inside_cidr`] ?? number)}`,
        ),
    told: touched.flatMap(({ told }) => told),
  };
}

function tunnelWords(number: number, before: Attributes, after: Attributes): string {
  const [from, to] = [profileOf(number, before), profileOf(number, after)];
  const [old, wanted] = [algorithms(number, before), algorithms(number, after)];
  const profiles = from === to ? from : `${from} → ${to}`;
  return `crypto ${profiles} (${old === wanted ? old : `${old} → ${wanted}`})`;
}

function profileOf(number: number, values: Attributes): string {
  const found = CRYPTO_PROFILES.find((profile) => {
    const options = cryptoProfileOptions(profile);
    return PARTS.every(
      ([name, option]) => setOf(values[`tunnel${number}_${name}`]) === setOf(options[option]),
    );
  });
  return found ?? 'with options of its own';
}

/** `AES256-GCM/DH20`. */
function algorithms(number: number, values: Attributes): string {
  const list = (name: string): readonly string[] => itemsOf(values[`tunnel${number}_${name}`]);
  const ciphers = list('phase1_encryption_algorithms').map((cipher) => cipher.replace(/-16$/, ''));
  const groups = list('phase1_dh_group_numbers').map((group) => `DH${group}`);
  if (ciphers.length === 0 && groups.length === 0) return "AWS's default proposals";
  return [ciphers.join('+') || 'any cipher', groups.join('+') || 'any DH group'].join('/');
}

function setOf(value: unknown): string {
  return itemsOf(value).join();
}

function itemsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String).sort() : [];
}
