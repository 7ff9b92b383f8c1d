import { type Crypto, cryptoOf, cryptoWords, hasMatch } from '../../../../../scripts/kinds/aws/plan/crypto';

function crypto(options: Readonly<Record<string, readonly unknown[]>>): Crypto {
  return cryptoOf(
    Object.fromEntries(Object.entries(options).map(([name, value]) => [`tunnel1_${name}`, value])),
    1,
  );
}

const MODERN = {
  ike_versions: ['ikev2'],
  phase1_encryption_algorithms: ['AES256-GCM-16'],
  phase1_integrity_algorithms: ['SHA2-384'],
  phase1_dh_group_numbers: [20],
  phase2_encryption_algorithms: ['AES256-GCM-16'],
  phase2_integrity_algorithms: ['SHA2-384'],
  phase2_dh_group_numbers: [20],
};
const COMPATIBLE = {
  ike_versions: ['ikev2'],
  phase1_encryption_algorithms: ['AES256'],
  phase1_integrity_algorithms: ['SHA2-256'],
  phase1_dh_group_numbers: [14],
  phase2_encryption_algorithms: ['AES256'],
  phase2_integrity_algorithms: ['SHA2-256'],
  phase2_dh_group_numbers: [14],
};

it.each<[string, Parameters<typeof crypto>[0], Parameters<typeof crypto>[0], boolean, string]>([
  ['compatible → modern', COMPATIBLE, MODERN, false, 'compatible → modern (AES256/DH14 → AES256-GCM/DH20)'],
  ['modern → seed', MODERN, {}, true, "modern → seed (AES256-GCM/DH20 → AWS's default proposals)"],
  // The gateway host proposes the algorithms of the profile seed, which modern does not accept.
  ['seed → modern', {}, MODERN, false, "seed → modern (AWS's default proposals → AES256-GCM/DH20)"],
  [
    'only the integrity of phase 2',
    COMPATIBLE,
    { ...COMPATIBLE, phase2_integrity_algorithms: ['SHA2-512'] },
    false,
    'ESP AES256/SHA2-256/DH14 → AES256/SHA2-512/DH14',
  ],
  [
    'one more group',
    MODERN,
    { ...MODERN, phase1_dh_group_numbers: [21, 20] },
    true,
    'IKE AES256-GCM/DH20 → AES256-GCM/DH20+21',
  ],
  ['another IKE version', MODERN, { ...MODERN, ike_versions: ['ikev1'] }, false, 'IKEv2 → IKEv1'],
])('%s', (_, before, after, matches, words) => {
  expect(hasMatch(crypto(before), crypto(after))).toBe(matches);
  expect(cryptoWords(crypto(before), crypto(after))).toBe(words);
});
