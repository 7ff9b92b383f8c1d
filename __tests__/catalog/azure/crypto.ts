import { NOT_RECORDED, type WrongCatalog, withVpn } from './table';

/** A whole policy with some names of it replaced. */
const policy = (changes: Readonly<Record<string, string>>): string => {
  const names = {
    ike_encryption: 'AES256',
    ike_integrity: 'SHA256',
    dh_group: 'DHGroup14',
    ipsec_encryption: 'AES256',
    ipsec_integrity: 'SHA256',
    pfs_group: 'PFS2048',
    ...changes,
  };
  const list = Object.entries(names).map(([name, value]) => `${name}: ${value}`);
  return `{ ipsec_policy: { ${list.join(', ')} } }`;
};

/** Lifetimes, and algorithms. */
export const CRYPTO: readonly WrongCatalog[] = [
  withVpn(
    'cryptography of no name',
    NOT_RECORDED,
    '{ crypto: strong }',
    '11:22 bad-value azure.default.create.vpn.crypto',
  ),
  withVpn(
    'an SA lifetime below 300 s',
    'IpsecPolicySaLifetimeOutOfRange',
    '{ ipsec: { sa_lifetime: 299s } }',
    '11:36 bad-value azure.default.create.vpn.ipsec.sa_lifetime',
  ),
  withVpn(
    'an SA lifetime of 48 hours',
    'IpsecPolicySaLifetimeOutOfRange',
    '{ ipsec: { sa_lifetime: 48h } }',
    '11:36 bad-value azure.default.create.vpn.ipsec.sa_lifetime',
  ),
  withVpn(
    'an SA lifetime without a unit',
    NOT_RECORDED,
    "{ ipsec: { sa_lifetime: '3600' } }",
    '11:36 bad-value azure.default.create.vpn.ipsec.sa_lifetime',
  ),
  withVpn(
    'an SA lifetime that is a number',
    NOT_RECORDED,
    '{ ipsec: { sa_lifetime: 3600 } }',
    '11:36 wrong-type azure.default.create.vpn.ipsec.sa_lifetime',
  ),
  withVpn(
    'less than 1024 KB',
    'IpsecPolicySaDataSizeOutOfRange',
    '{ ipsec: { sa_datasize_kb: 1023 } }',
    '11:39 bad-value azure.default.create.vpn.ipsec.sa_datasize_kb',
  ),
  withVpn(
    'more KB than 31 bits',
    'IpsecPolicySaDataSizeOutOfRange',
    '{ ipsec: { sa_datasize_kb: 2147483648 } }',
    '11:39 bad-value azure.default.create.vpn.ipsec.sa_datasize_kb',
  ),
  withVpn(
    'a peer that is dead after 8 s',
    NOT_RECORDED,
    '{ ipsec: { dpd: 8s } }',
    '11:28 bad-value azure.default.create.vpn.ipsec.dpd',
  ),
  withVpn(
    'a peer that is dead after more than an hour',
    NOT_RECORDED,
    '{ ipsec: { dpd: 3601s } }',
    '11:28 bad-value azure.default.create.vpn.ipsec.dpd',
  ),
  withVpn(
    'a part of a policy',
    NOT_RECORDED,
    '{ ipsec_policy: { ike_encryption: AES256, dh_group: ECP384 } }',
    '11:14 missing-key azure.default.create.vpn.ipsec_policy',
  ),
  withVpn(
    'a policy without the last name',
    NOT_RECORDED,
    policy({}).replace(', pfs_group: PFS2048', ''),
    '11:14 missing-key azure.default.create.vpn.ipsec_policy',
  ),
  withVpn(
    'an unknown algorithm',
    NOT_RECORDED,
    policy({ ike_encryption: 'AES512' }),
    '11:46 bad-value azure.default.create.vpn.ipsec_policy.ike_encryption',
  ),
  withVpn(
    "AWS's name of an algorithm",
    NOT_RECORDED,
    policy({ ike_integrity: 'SHA2-256' }),
    '11:69 bad-value azure.default.create.vpn.ipsec_policy.ike_integrity',
  ),
  withVpn(
    'a key of azurerm 3',
    NOT_RECORDED,
    policy({ dhgroup: 'ECP384' }),
    '11:169 unknown-key azure.default.create.vpn.ipsec_policy',
  ),
  withVpn(
    'a cipher that no daemon has',
    NOT_RECORDED,
    policy({ ipsec_encryption: 'DES3' }),
    '11:116 bad-option azure.default.create.vpn.ipsec_policy.ipsec_encryption',
  ),
  withVpn(
    'no cipher for ESP',
    NOT_RECORDED,
    policy({ ipsec_encryption: 'None' }),
    '11:116 bad-option azure.default.create.vpn.ipsec_policy.ipsec_encryption',
  ),
  withVpn(
    'MD5',
    NOT_RECORDED,
    policy({ ike_integrity: 'MD5' }),
    '11:69 bad-option azure.default.create.vpn.ipsec_policy.ike_integrity',
  ),
  withVpn(
    'DH group 1',
    NOT_RECORDED,
    policy({ dh_group: 'DHGroup1' }),
    '11:87 bad-option azure.default.create.vpn.ipsec_policy.dh_group',
  ),
  withVpn(
    'a DH group that libreswan has no more',
    NOT_RECORDED,
    policy({ dh_group: 'DHGroup2' }),
    '11:28 incompatible azure.default.create.vpn.ipsec_policy',
  ),
  withVpn(
    'a DH group that libreswan never had',
    NOT_RECORDED,
    policy({ dh_group: 'DHGroup24', pfs_group: 'PFS24' }),
    '11:28 incompatible azure.default.create.vpn.ipsec_policy',
  ),
  withVpn(
    'GCM for ESP with another integrity',
    'IpsecPolicyIntegrityMustMatchGcmEncryption',
    policy({ ipsec_encryption: 'GCMAES256' }),
    '11:144 bad-option azure.default.create.vpn.ipsec_policy.ipsec_integrity',
  ),
  withVpn(
    'GCM for ESP with the other GCM',
    'IpsecPolicyIntegrityMustMatchGcmEncryption',
    policy({ ipsec_encryption: 'GCMAES256', ipsec_integrity: 'GCMAES128' }),
    '11:144 bad-option azure.default.create.vpn.ipsec_policy.ipsec_integrity',
  ),
  withVpn(
    'AES for ESP with the integrity of GCM',
    'IpsecPolicyIntegrityMustMatchGcmEncryption',
    policy({ ipsec_integrity: 'GCMAES256' }),
    '11:141 bad-option azure.default.create.vpn.ipsec_policy.ipsec_integrity',
  ),
  withVpn(
    'AES for IKE with the integrity of GCM',
    'IkePolicyIntegrityMustMatchGcmEncryption',
    policy({ ike_integrity: 'GCMAES256' }),
    '11:69 bad-option azure.default.create.vpn.ipsec_policy.ike_integrity',
  ),
  withVpn(
    'a policy beside seed',
    NOT_RECORDED,
    policy({}).replace('{ ', '{ crypto: seed, '),
    '11:28 seed-with-options azure.default.create.vpn.ipsec_policy',
  ),
];
