import type { Resource } from '../resource';
import { type Found, type Rule, unseen, violated } from '../rule';
import { isValues, textAt, UNKNOWN, valueAt } from '../values';
import { AWS_VPN, AZURE_VPN, isIpsec, judgeList, tunnelsOf } from './tunnel-arguments';

/** Encryption that authenticates by itself (RFC 5282, RFC 4106): no integrity algorithm protects the data beside it. */
const AEAD = /GCM/i;
const WEAK_ENCRYPTION = /^(3?DES|DES3|3DES|NULL|None)$/i;
const WEAK_INTEGRITY = /^(MD5|SHA-?1)$/i;

export const IKEV2: Rule = {
  id: 'KKH-VPN-01',
  severity: 'high',
  title: 'A connection negotiates with IKEv2 alone',
  reason:
    'IKEv1 is obsolete (RFC 9395): its aggressive mode gives a hash of the pre-shared key to whoever asks, and one end that accepts both can be pushed to the older one.',
  fix: 'Set tunnel_options: { ike_versions: [ikev2] } of the vpn section, or use the profile modern; on Azure leave connection_protocol at IKEv2.',
  references: ['RFC 9395', 'RFC 7296', 'AWS Config: vpn connections with IKEv2'],
  types: [AWS_VPN, AZURE_VPN],
  judge: (resource) => (resource.type === AWS_VPN ? awsVersions(resource) : azureVersion(resource)),
};

function awsVersions(resource: Resource): readonly Found[] {
  return tunnelsOf(resource).flatMap((tunnel) => {
    const attribute = tunnel.name('ike_versions');
    return judgeList(
      tunnel.list('ike_versions'),
      attribute,
      `the IKE versions of tunnel ${tunnel.number}`,
      (version) =>
        version === 'ikev2' ? undefined : violated(`tunnel ${tunnel.number} accepts ${version}`, attribute),
      `tunnel ${tunnel.number} accepts IKEv1 too, because no version is named`,
    );
  });
}

function azureVersion(resource: Resource): readonly Found[] {
  if (!isIpsec(resource)) return [];
  const version = textAt(resource.values, 'connection_protocol');
  if (version === UNKNOWN) return [unseen('its IKE version is not known', 'connection_protocol')];
  if (version === undefined || version === 'IKEv2') return [];
  return [violated(`the connection speaks ${version}`, 'connection_protocol')];
}

export const CIPHERS: Rule = {
  id: 'KKH-VPN-02',
  severity: 'high',
  title: 'A connection encrypts without DES, 3DES and NULL, and authenticates without MD5 and SHA-1',
  reason:
    'These algorithms are broken or too short (RFC 8221, RFC 8247). Encryption that authenticates by itself, AES-GCM, is not judged by the integrity algorithm beside it, which is then only the pseudo-random function of IKE. A profile for old daemons (seed) needs an acceptance with its reason.',
  fix: 'Use crypto: modern or compatible in the vpn section, or name the algorithms in tunnel_options (AWS) or ipsec_policy (Azure).',
  references: ['RFC 8221', 'RFC 8247', 'Azure Policy 50b83b09-03da-41c1-b656-c293c914862b'],
  types: [AWS_VPN, AZURE_VPN],
  judge: (resource) => (resource.type === AWS_VPN ? awsCiphers(resource) : azureCiphers(resource)),
};

function awsCiphers(resource: Resource): readonly Found[] {
  return tunnelsOf(resource).flatMap((tunnel) =>
    [1, 2].flatMap((phase) => {
      const what = `tunnel ${tunnel.number}, phase ${phase}`;
      const encryption = `phase${phase}_encryption_algorithms`;
      const integrity = `phase${phase}_integrity_algorithms`;
      const ciphers = tunnel.list(encryption);
      const found = judgeList(
        ciphers,
        tunnel.name(encryption),
        `the encryption of ${what}`,
        (one) =>
          WEAK_ENCRYPTION.test(one)
            ? violated(`${what} encrypts with ${one}`, tunnel.name(encryption))
            : undefined,
        `${what} accepts all that AWS knows, because no encryption is named`,
      );
      const isAead = Array.isArray(ciphers) && ciphers.every((one) => one !== UNKNOWN && AEAD.test(one));
      if (isAead) return found;
      return [
        ...found,
        ...judgeList(
          tunnel.list(integrity),
          tunnel.name(integrity),
          `the integrity algorithm of ${what}`,
          (one) =>
            WEAK_INTEGRITY.test(one)
              ? violated(`${what} authenticates with ${one}`, tunnel.name(integrity))
              : undefined,
          `${what} accepts SHA-1, because no integrity algorithm is named`,
        ),
      ];
    }),
  );
}

function azureCiphers(resource: Resource): readonly Found[] {
  if (!isIpsec(resource)) return [];
  return ['ike', 'ipsec'].flatMap((phase) => {
    const at = (argument: string) => `ipsec_policy.${phase}_${argument}`;
    const encryption = textAt(resource.values, at('encryption'));
    const integrity = textAt(resource.values, at('integrity'));
    const found: Found[] = [];
    if (encryption === UNKNOWN)
      found.push(unseen(`the encryption of ${phase} is not known`, at('encryption')));
    else if (encryption !== undefined && WEAK_ENCRYPTION.test(encryption))
      found.push(violated(`${phase} encrypts with ${encryption}`, at('encryption')));
    const isAead = typeof encryption === 'string' && AEAD.test(encryption);
    if (isAead) return found;
    if (integrity === UNKNOWN)
      found.push(unseen(`the integrity algorithm of ${phase} is not known`, at('integrity')));
    else if (integrity !== undefined && WEAK_INTEGRITY.test(integrity))
      found.push(violated(`${phase} authenticates with ${integrity}`, at('integrity')));
    return found;
  });
}

/** The Diffie-Hellman groups of Azure's words. What is not here is `None`, or a word that Azure does not have. */
const AZURE_GROUPS: Readonly<Record<string, number>> = {
  DHGroup1: 1,
  DHGroup2: 2,
  DHGroup14: 14,
  DHGroup2048: 14,
  DHGroup24: 24,
  ECP256: 19,
  ECP384: 20,
  PFS1: 1,
  PFS2: 2,
  PFS14: 14,
  PFS2048: 14,
  PFS24: 24,
};

export const DH_GROUPS: Rule = {
  id: 'KKH-VPN-03',
  severity: 'high',
  title: 'Key exchange uses Diffie-Hellman groups of 14 or more, and not 22',
  reason:
    'Groups below 14 are within reach of an attacker with much money; RFC 8247 forbids 22, and says that 23 and 24 should not be used, because nobody shows how their primes were chosen.',
  fix: 'Use crypto: modern (group 20) or compatible (group 14), or name the groups in tunnel_options (AWS) or ipsec_policy (Azure).',
  references: ['RFC 8247, section 2.4'],
  types: [AWS_VPN, AZURE_VPN],
  judge: (resource) => (resource.type === AWS_VPN ? awsGroups(resource) : azureGroups(resource)),
};

function groupFinding(group: number, what: string, attribute: string): Found | undefined {
  if (group < 14 || group === 22) return violated(`${what} uses group ${group}`, attribute);
  if (group === 23 || group === 24) return violated(`${what} uses group ${group}`, attribute, 'medium');
  return undefined;
}

function awsGroups(resource: Resource): readonly Found[] {
  return tunnelsOf(resource).flatMap((tunnel) =>
    [1, 2].flatMap((phase) => {
      const attribute = tunnel.name(`phase${phase}_dh_group_numbers`);
      const what = `tunnel ${tunnel.number}, phase ${phase}`;
      return judgeList(
        tunnel.list(`phase${phase}_dh_group_numbers`),
        attribute,
        `the groups of ${what}`,
        (group) => groupFinding(Number(group), what, attribute),
        `${what} accepts group 2, because no group is named`,
      );
    }),
  );
}

function azureGroups(resource: Resource): readonly Found[] {
  if (!isIpsec(resource)) return [];
  return ['dh_group', 'pfs_group'].flatMap((argument) => {
    const attribute = `ipsec_policy.${argument}`;
    const word = textAt(resource.values, attribute);
    if (word === undefined) return [];
    if (word === UNKNOWN) return [unseen(`its ${argument} is not known`, attribute)];
    const group = AZURE_GROUPS[word];
    // Without perfect forward secrecy, or with IKE's own group again: another rule judges the former.
    if (group === undefined) return argument === 'dh_group' ? [violated(`IKE uses ${word}`, attribute)] : [];
    return groupFinding(group, argument === 'dh_group' ? 'IKE' : 'perfect forward secrecy', attribute) ?? [];
  });
}

/** AWS: "Site-to-Site VPN tunnel options". */
const PHASE_1 = { usual: 28_800, min: 900, max: 28_800 };
const PHASE_2 = { usual: 3600, min: 900, max: 3600 };
/** Azure's gateways renew IKE after 28,800 seconds, whatever is set for ESP. */
const AZURE_IKE_SECONDS = 28_800;

export const LIFETIMES: Rule = {
  id: 'KKH-VPN-04',
  severity: 'medium',
  title: 'Perfect forward secrecy is on, and keys of data live no longer than those of IKE',
  reason:
    'Without perfect forward secrecy the key of IKE opens all recorded traffic. A lifetime of ESP above that of IKE is never reached, and outside of the ranges of AWS a connection is refused only after minutes.',
  fix: 'On AWS keep phase1_lifetime_seconds within 900 to 28800, phase2_lifetime_seconds within 900 to 3600 and not above the former; on Azure name a pfs_group and keep ipsec.sa_lifetime at 28800s or less.',
  references: ['RFC 7296, section 2.12', 'AWS: Site-to-Site VPN tunnel options'],
  types: [AWS_VPN, AZURE_VPN],
  judge: (resource) => (resource.type === AWS_VPN ? awsLifetimes(resource) : azureLifetimes(resource)),
};

function awsLifetimes(resource: Resource): readonly Found[] {
  return tunnelsOf(resource).flatMap((tunnel) => {
    const [first, second] = ['phase1_lifetime_seconds', 'phase2_lifetime_seconds'] as const;
    const one = tunnel.number_(first) ?? PHASE_1.usual;
    const two = tunnel.number_(second) ?? PHASE_2.usual;
    const what = `tunnel ${tunnel.number}`;
    const ranges = (
      [
        [one, PHASE_1, first, 1],
        [two, PHASE_2, second, 2],
      ] as const
    ).flatMap(([seconds, { min, max }, argument, phase]) => {
      if (seconds === UNKNOWN)
        return [unseen(`the lifetime of ${what}, phase ${phase}, is not known`, tunnel.name(argument))];
      if (seconds >= min && seconds <= max) return [];
      const text = `${what}, phase ${phase}, lives ${seconds} s; AWS takes ${min} to ${max}`;
      return [violated(text, tunnel.name(argument))];
    });
    if (one === UNKNOWN || two === UNKNOWN || two <= one) return ranges;
    const text = `${what}: keys of phase 2 live ${two} s, those of phase 1 ${one} s`;
    return [...ranges, violated(text, tunnel.name(second))];
  });
}

function azureLifetimes(resource: Resource): readonly Found[] {
  if (!isIpsec(resource)) return [];
  const policy = valueAt(resource.values, 'ipsec_policy');
  if (policy === UNKNOWN) return [unseen('its IPsec policy is not known', 'ipsec_policy')];
  if (policy === undefined || (!isValues(policy) && !Array.isArray(policy))) return [];
  const found: Found[] = [];
  const [pfs, lifetime] = ['ipsec_policy.pfs_group', 'ipsec_policy.sa_lifetime'] as const;
  const group = textAt(resource.values, pfs);
  if (group === UNKNOWN) found.push(unseen('its group of perfect forward secrecy is not known', pfs));
  else if (group === 'None' || group === undefined)
    found.push(violated('perfect forward secrecy is off', pfs));
  const seconds = textAt(resource.values, lifetime);
  if (seconds === UNKNOWN) found.push(unseen('the lifetime of ESP is not known', lifetime));
  else if (Number(seconds ?? 27_000) > AZURE_IKE_SECONDS)
    found.push(violated(`keys of ESP live ${seconds} s, those of IKE ${AZURE_IKE_SECONDS} s`, lifetime));
  return found;
}
