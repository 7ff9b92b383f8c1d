import type { Broken } from './table';

/** The section as its problems need it: the server, and what is wrong. */
const vault = (rest: string): string =>
  `vault: { address: https://10.0.2.15:8443${rest === '' ? '' : `, ${rest}`} }\n`;

/** The two keys of a credential. */
const keys = (access: string, secret = 'vault://secret/aws/secret_key'): string =>
  `providers: { aws: { access_key: ${access}, secret_key: ${secret} } }\n`;

/** References, and credentials in their place. */
export const REFERENCES: readonly Broken[] = [
  {
    name: 'a reference without its server',
    added: keys('vault://secret/aws/access_key'),
    problems: [
      '29:21-31 missing-key providers.aws.access_key: key "vault" is missing: the server in which vault://secret/aws/access_key is kept | write vault: { address: https://10.0.2.15:8443 }',
    ],
  },
  {
    name: 'one key of two',
    added: `${vault('')}providers: { aws: { access_key: vault://secret/aws/access_key } }\n`,
    problems: [
      '30:21-31 missing-key providers.aws: key "secret_key" is missing: access_key is given, and a credential is whole or not there | write secret_key: vault://secret/aws/secret_key beside it',
    ],
  },
  {
    name: 'a session token alone',
    added: `${vault('')}providers: { aws: { token: vault://secret/aws/token } }\n`,
    problems: [
      '30:21-26 missing-key providers.aws: keys "access_key" and "secret_key" are missing: token is given, and a credential is whole or not there | write access_key: vault://secret/aws/access_key, secret_key: vault://secret/aws/secret_key beside it',
    ],
  },
  {
    name: 'references and a profile',
    added: `${vault('')}providers: { aws: { profile: lab, access_key: vault://secret/aws/access_key, secret_key: vault://secret/aws/secret_key } }\n`,
    problems: [
      '30:21-28 two-credentials providers.aws.profile: must not stand beside access_key: one of the two says who asks | remove profile, or the references',
    ],
  },
  {
    name: 'a secret key in clear text beside a reference',
    added: `${vault('')}${keys('vault://secret/aws/access_key', 'wJalrXUtnFEMI')}`,
    problems: [
      '30:64-74 secret providers.aws.secret_key: a credential never stands in a catalog; it comes from the environment: AWS_SECRET_ACCESS_KEY | write a reference like vault://secret/aws/secret_key, or remove it and set AWS_SECRET_ACCESS_KEY, or use profile or assume_role',
    ],
  },
  {
    name: 'a secret key that YAML reads as a number',
    added: `${vault('')}${keys('vault://secret/aws/access_key', '123456')}`,
    problems: [
      '30:64-74 secret providers.aws.secret_key: a credential never stands in a catalog; it comes from the environment: AWS_SECRET_ACCESS_KEY | write a reference like vault://secret/aws/secret_key, or remove it and set AWS_SECRET_ACCESS_KEY, or use profile or assume_role',
    ],
  },
  {
    name: 'a session token in clear text',
    added: 'providers: { aws: { token: FwoGZXIvYXdz } }\n',
    problems: [
      '29:21-26 secret providers.aws.token: a credential never stands in a catalog; it comes from the environment: AWS_SESSION_TOKEN | write a reference like vault://secret/aws/token, or remove it and set AWS_SESSION_TOKEN, or use profile or assume_role',
    ],
  },
  {
    name: 'a reference without a path',
    added: `${vault('')}${keys('vault://secret')}`,
    problems: [
      '30:21-31 bad-reference providers.aws.access_key: must be a reference like vault://secret/aws/access_key, got an engine without a path',
    ],
  },
  {
    name: 'a reference with a slash at its end',
    added: `${vault('')}${keys('vault://secret/aws/')}`,
    problems: [
      '30:21-31 bad-reference providers.aws.access_key: must be a reference like vault://secret/aws/access_key, got one with a slash at its end',
    ],
  },
  {
    name: 'a reference with one slash',
    added: `${vault('')}${keys("'vault:/secret/aws/access_key'")}`,
    problems: [
      '30:21-31 bad-reference providers.aws.access_key: must be a reference like vault://secret/aws/access_key, got one that does not begin with vault://',
    ],
  },
  {
    name: 'a reference in capitals',
    added: `${vault('')}${keys('VAULT://secret/aws/access_key')}`,
    problems: [
      '30:21-31 bad-reference providers.aws.access_key: must be a reference like vault://secret/aws/access_key, got one that does not begin with vault://',
    ],
  },
  {
    name: 'a reference with dots for a segment',
    added: `${vault('')}${keys('vault://secret/../access_key')}`,
    problems: [
      '30:21-31 bad-reference providers.aws.access_key: must be a reference like vault://secret/aws/access_key, got one with dots for a segment',
    ],
  },
  {
    name: 'a reference with a question',
    added: `${vault('')}${keys("'vault://secret/aws/access_key?version=1'")}`,
    problems: [
      '30:21-31 bad-reference providers.aws.access_key: must be a reference like vault://secret/aws/access_key, got one with other characters than letters, digits and _ . = @ + -',
    ],
  },
  {
    name: 'an engine that is misspelled',
    added: `${vault('')}${keys('vault://secrets/aws/access_key')}`,
    problems: [
      '30:33-63 unknown-mount providers.aws.access_key: there is no mount "secrets" in the catalog; did you mean "secret"? | where it exists already, declare it: mounts: { secrets: {} }',
    ],
  },
  {
    name: 'a cubbyhole that is misspelled',
    added: `${vault('')}${keys('vault://cubyhole/aws/access_key')}`,
    problems: [
      '30:33-64 unknown-mount providers.aws.access_key: there is no mount "cubyhole" in the catalog; did you mean "cubbyhole"? | where it exists already, declare it: mounts: { cubyhole: {} }',
    ],
  },
  {
    name: 'an engine that is not declared',
    added: `${vault('')}${keys('vault://cloud/aws/access_key')}`,
    problems: [
      '30:33-61 note assumed-mount providers.aws.access_key: cloud is no mount of the catalog: taken to exist in Vault, as KV v1',
    ],
  },
  {
    name: 'an engine that keeps no secrets',
    added: `${vault('')}${keys('vault://sys/aws/access_key')}`,
    problems: [
      '30:33-59 bad-engine providers.aws.access_key: sys keeps no secrets, got vault://sys/aws/access_key | mounts: secret',
    ],
  },
  {
    name: 'a segment that is no mount by itself',
    added: `${vault('mounts: { team/kv: {} }')}${keys('vault://team/aws/access_key', 'vault://team/kv/secret_key')}`,
    problems: [
      '30:33-60 unknown-mount providers.aws.access_key: there is no mount "team" in the catalog; did you mean "team/kv"? | where it exists already, declare it: mounts: { team: {} }',
    ],
  },
  {
    name: 'a KV v2 path in a reference',
    added: `${vault('mounts: { secret: { version: 2 } }')}${keys('vault://secret/data/aws/access_key')}`,
    problems: [
      '30:33-67 versioned-path providers.aws.access_key: secret is a KV v2 mount, where data/ comes by itself; did you mean "vault://secret/aws/access_key"?',
    ],
  },
  {
    name: 'cubbyhole references for an AppRole',
    added: `${vault('auth: { method: approle, role_id: ci }')}${keys('vault://cubbyhole/aws/access_key', 'vault://cubbyhole/aws/secret_key')}`,
    problems: [
      "30:33-65 cubbyhole-approle providers.aws.access_key: an AppRole's cubbyhole is always empty: each log-in is a new token with its own | keep it in secret, or use auth: { method: token }",
      "30:79-111 cubbyhole-approle providers.aws.secret_key: an AppRole's cubbyhole is always empty: each log-in is a new token with its own | keep it in secret, or use auth: { method: token }",
    ],
  },
  {
    name: 'half a credential in a cubbyhole, and the other half in clear text',
    added: `${vault('auth: { method: approle, role_id: ci }')}${keys('vault://cubbyhole/aws/access_key', 'wJalrXUtnFEMI')}`,
    problems: [
      "30:33-65 cubbyhole-approle providers.aws.access_key: an AppRole's cubbyhole is always empty: each log-in is a new token with its own | keep it in secret, or use auth: { method: token }",
      '30:67-77 secret providers.aws.secret_key: a credential never stands in a catalog; it comes from the environment: AWS_SECRET_ACCESS_KEY | write a reference like vault://secret/aws/secret_key, or remove it and set AWS_SECRET_ACCESS_KEY, or use profile or assume_role',
    ],
  },
  {
    name: 'connection keys in a cubbyhole',
    added: vault('preshared_keys: vault://cubbyhole/vpn'),
    problems: [
      '29:59-80 cubbyhole-keys vault.preshared_keys: keys of connections must outlive a token, and a cubbyhole vanishes with its own | keep them in an engine that all users share: vault://secret/vpn',
    ],
  },
  {
    name: 'connection keys that are keys',
    added: vault('preshared_keys: kXyz_012345678'),
    problems: [
      '29:43-57 secret vault.preshared_keys: a pre-shared key never stands in a catalog; this is the folder in which they are kept | write a reference like vault://secret/vpn',
    ],
  },
  {
    name: 'connection keys in an engine that is misspelled',
    added: vault('preshared_keys: vault://secert/vpn'),
    problems: [
      '29:59-77 unknown-mount vault.preshared_keys: there is no mount "secert" in the catalog; did you mean "secret"? | where it exists already, declare it: mounts: { secert: {} }',
    ],
  },
  {
    name: 'a control character in a secret key',
    added: 'providers: { aws: { secret_key: "wJal\\u0001rXUt" } }\n',
    problems: [
      '29:33-49 control-character providers.aws.secret_key: must be visible characters, got others (not shown)',
    ],
  },
  {
    name: 'connection keys that are a list',
    added: vault('preshared_keys: [kXyz_012345678]'),
    problems: [
      '29:43-57 secret vault.preshared_keys: a pre-shared key never stands in a catalog; this is the folder in which they are kept | write a reference like vault://secret/vpn',
    ],
  },
  {
    name: 'a reference with two slashes',
    added: vault('preshared_keys: vault://secret//vpn'),
    problems: [
      '29:43-57 bad-reference vault.preshared_keys: must be a reference like vault://secret/aws/access_key, got one with two slashes in its path',
    ],
  },
  {
    name: 'a reference without an engine',
    added: vault("preshared_keys: 'vault:///vpn'"),
    problems: [
      '29:43-57 bad-reference vault.preshared_keys: must be a reference like vault://secret/aws/access_key, got one without an engine',
    ],
  },
  {
    name: 'a reference that is too long',
    added: vault(
      'preshared_keys: vault://secret/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ),
    problems: [
      '29:43-57 bad-reference vault.preshared_keys: must be a reference like vault://secret/aws/access_key, got one that is too long',
    ],
  },
];
