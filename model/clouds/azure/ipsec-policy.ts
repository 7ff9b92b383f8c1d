import type { CryptoProfile } from '../../tunnel/crypto-profiles';
import { type Proposal, proposalsOf } from '../../tunnel/proposal';

/**
 * A custom IPsec policy of a connection, in Azure's words. A connection has one, and every field of it is set: without a policy
 * Azure proposes weak algorithms too.
 */
export interface IpsecPolicy {
  readonly ikeEncryption: string;
  readonly ikeIntegrity: string;
  readonly dhGroup: string;
  readonly ipsecEncryption: string;
  readonly ipsecIntegrity: string;
  readonly pfsGroup: string;
}

/** Azure's names of what the gateway's daemons have too, with ours (learn.microsoft.com, "About cryptographic requirements"). */
export const CIPHERS: Readonly<Record<string, string>> = {
  AES128: 'AES128',
  AES256: 'AES256',
  GCMAES128: 'AES128-GCM-16',
  GCMAES256: 'AES256-GCM-16',
};
export const IKE_HASHES: Readonly<Record<string, string>> = {
  SHA1: 'SHA1',
  SHA256: 'SHA2-256',
  SHA384: 'SHA2-384',
};
export const IPSEC_HASHES: Readonly<Record<string, string>> = { SHA1: 'SHA1', SHA256: 'SHA2-256' };
export const DH_GROUPS: Readonly<Record<string, number>> = {
  DHGroup2: 2,
  DHGroup14: 14,
  DHGroup2048: 14,
  DHGroup24: 24,
  ECP256: 19,
  ECP384: 20,
};
export const PFS_GROUPS: Readonly<Record<string, number>> = {
  PFS2: 2,
  PFS14: 14,
  PFS2048: 14,
  PFS24: 24,
  ECP256: 19,
  ECP384: 20,
};

/** Values of azurerm for each field, also those that no daemon of the gateway has. */
export const POLICY_VALUES = {
  ikeEncryption: ['AES128', 'AES192', 'AES256', 'DES', 'DES3', 'GCMAES128', 'GCMAES256'],
  ikeIntegrity: ['GCMAES128', 'GCMAES256', 'MD5', 'SHA1', 'SHA256', 'SHA384'],
  dhGroup: ['DHGroup1', 'DHGroup14', 'DHGroup2', 'DHGroup2048', 'DHGroup24', 'ECP256', 'ECP384', 'None'],
  ipsecEncryption: [
    'AES128',
    'AES192',
    'AES256',
    'DES',
    'DES3',
    'GCMAES128',
    'GCMAES192',
    'GCMAES256',
    'None',
  ],
  ipsecIntegrity: ['GCMAES128', 'GCMAES192', 'GCMAES256', 'MD5', 'SHA1', 'SHA256'],
  pfsGroup: ['ECP256', 'ECP384', 'None', 'PFS1', 'PFS14', 'PFS2', 'PFS2048', 'PFS24', 'PFSMM'],
} as const satisfies Readonly<Record<keyof IpsecPolicy, readonly string[]>>;

/** The policy of each named choice of cryptography: what the gateway proposes, and nothing else. */
export const PROFILE_POLICIES: Readonly<Record<CryptoProfile, IpsecPolicy>> = {
  modern: {
    ikeEncryption: 'GCMAES256',
    ikeIntegrity: 'SHA384',
    dhGroup: 'ECP384',
    ipsecEncryption: 'GCMAES256',
    ipsecIntegrity: 'GCMAES256',
    pfsGroup: 'ECP384',
  },
  compatible: {
    ikeEncryption: 'AES256',
    ikeIntegrity: 'SHA256',
    dhGroup: 'DHGroup14',
    ipsecEncryption: 'AES256',
    ipsecIntegrity: 'SHA256',
    pfsGroup: 'PFS2048',
  },
  seed: {
    ikeEncryption: 'AES128',
    ikeIntegrity: 'SHA1',
    dhGroup: 'DHGroup14',
    ipsecEncryption: 'AES128',
    ipsecIntegrity: 'SHA1',
    pfsGroup: 'PFS2048',
  },
};

/** A field whose value does not do, and why: after the value. */
export interface PolicyProblem {
  readonly field: keyof IpsecPolicy;
  readonly must: string;
}

/** What can't be in a policy, because Azure refuses it or no daemon of the gateway has it. */
export function policyProblems(policy: Partial<IpsecPolicy>): readonly PolicyProblem[] {
  const known: Readonly<Record<keyof IpsecPolicy, readonly string[]>> = {
    ikeEncryption: Object.keys(CIPHERS),
    ikeIntegrity: Object.keys(IKE_HASHES),
    dhGroup: Object.keys(DH_GROUPS),
    ipsecEncryption: Object.keys(CIPHERS),
    ipsecIntegrity: [...Object.keys(IPSEC_HASHES), 'GCMAES128', 'GCMAES256'],
    pfsGroup: Object.keys(PFS_GROUPS),
  };
  const problems: PolicyProblem[] = [];
  for (const field of Object.keys(known) as (keyof IpsecPolicy)[]) {
    const value = policy[field];
    if (value === undefined || known[field].includes(value)) continue;
    problems.push({
      field,
      must: `must be one of ${known[field].join(', ')}, which the gateway's daemons have too`,
    });
  }
  const { ipsecEncryption: cipher, ipsecIntegrity: hash } = policy;
  if (cipher === undefined || hash === undefined || problems.length > 0) return problems;
  const isGcm = cipher.startsWith('GCM');
  if (isGcm !== hash.startsWith('GCM') || (isGcm && cipher !== hash)) {
    const must = isGcm
      ? `must be ${cipher}, as the encryption is`
      : `must be SHA1 or SHA256 beside ${cipher}`;
    problems.push({ field: 'ipsecIntegrity', must });
  }
  return problems;
}

/** The one proposal of IKE, and that of ESP, that a policy stands for. @throws Error for a policy with problems */
export function policyProposals(policy: IpsecPolicy): {
  readonly ike: readonly Proposal[];
  readonly esp: readonly Proposal[];
} {
  const { ipsecIntegrity } = policy;
  return {
    ike: proposalsOf('ike', {
      encryption: [found(CIPHERS, policy.ikeEncryption)],
      integrity: [found(IKE_HASHES, policy.ikeIntegrity)],
      dhGroups: [found(DH_GROUPS, policy.dhGroup)],
    }),
    esp: proposalsOf('esp', {
      encryption: [found(CIPHERS, policy.ipsecEncryption)],
      // A cipher with its own integrity leaves it out.
      integrity: [ipsecIntegrity.startsWith('GCM') ? 'SHA1' : found(IPSEC_HASHES, ipsecIntegrity)],
      dhGroups: [found(PFS_GROUPS, policy.pfsGroup)],
    }),
  };
}

function found<T>(table: Readonly<Record<string, T>>, name: string): T {
  const value = Object.hasOwn(table, name) ? table[name] : undefined;
  if (value === undefined)
    throw new Error(`${name} is no value of a checked policy: this is a bug of kakehashi`);
  return value;
}
