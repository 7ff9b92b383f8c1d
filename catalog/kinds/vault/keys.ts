import { CAPABILITIES } from '../../../model/vault/policy';
import { SECRET_REFERENCE } from '../../shape/reference-formats';
import type { Format, Keys, MapForm, Refusal, Shape } from '../../shape/shape';
import {
  choice,
  explained,
  FLAG,
  hidden,
  list,
  map,
  mayBeEmpty,
  named,
  optional,
  required,
  rows,
  TEXT,
  text,
  whole,
  withDefault,
} from '../../shape/shapes';
import {
  APPROLE_NAME,
  CLAIM,
  MOUNT_PATH,
  OPTION_NAME,
  POLICY_NAME,
  ROLE_ID,
  RULE_PATH,
  USER_NAME,
  VAULT_ADDRESS,
  VAULT_NAMESPACE,
} from './formats';

/** Vault's own bounds: 768 hours is the longest that a token lives where nobody has configured more. */
const TTL = whole(60, 2_764_800);

const CREATE = optional(
  mayBeEmpty(map({})),
  'Written as create: {}: it is made. Without it, it exists already and is not managed',
);

const ADOPT = withDefault(
  FLAG,
  false,
  'Beside create: takes over what the server has under this name already, and replaces it; default: that is refused',
);

/** Servers refuse a second mount and a second audit device at a path, so that nothing of another can be taken over. */
const NOT_ADOPTED: Refusal = {
  code: 'refused-key',
  message: 'nothing can be taken over here: the server makes no second one at a path',
  fix: 'leave create out: what exists already is used as it is',
};

/** An entry that may say nothing: `secret: {}`, or nothing after its colon. */
const entry = <const K extends Keys>(keys: K, refused?: MapForm['refused']) =>
  mayBeEmpty(map({ ...keys, create: CREATE }, refused));

const entries = <T, D>(key: Format<string>, of: Shape<T, D>, max: number) =>
  named(key, of, { max, mayBeEmpty: true });

/** A credential of Vault itself; never in a catalog, also not by reference. */
const credential = (from: string): Refusal => ({
  code: 'secret',
  message: `a credential of Vault never stands in a catalog; it comes from ${from}`,
  fix: 'remove it',
});

const TOKEN = credential('VAULT_TOKEN, ~/.vault-token or a prompt');

const INSECURE: Refusal = {
  code: 'refused-key',
  message: "the server's certificate is always verified",
  fix: 'use ca_file: a PEM file with the authority that signed it',
};

export const MOUNT = entry(
  {
    version: withDefault(
      explained(choice(1, 2), { 1: 'one value a path', 2: 'with versions of each value' }),
      1,
      'Version of the KV secrets engine',
    ),
    description: optional(TEXT, 'What it is for, shown by Vault'),
    formerly: optional(text(MOUNT_PATH), 'The path that it had before: it moves, with all secrets in it'),
  },
  {
    adopt: NOT_ADOPTED,
    type: { code: 'refused-key', message: 'is always kv', fix: 'write version: 1 or version: 2' },
    options: {
      code: 'refused-key',
      message: 'are made from version',
      fix: 'write version: 1 or version: 2',
    },
  },
);

const RULE = map({
  path: required(text(RULE_PATH), 'Path as KV v1 has it: no data/, no metadata/'),
  capabilities: required(
    list(choice(...CAPABILITIES), { min: 1, max: CAPABILITIES.length, distinct: true }),
    'What may be done there; deny stands alone',
  ),
});

const CLAIMS = list(text(CLAIM), { max: 200, distinct: true });

export const POLICY = entry({
  rules: optional(rows(RULE, { min: 1, max: 200 }), 'Paths with what may be done there'),
  may: optional(CLAIMS, 'Lines like read secret/aws/access_key that validate checks'),
  may_not: optional(CLAIMS, 'The same, for what must be refused'),
  adopt: ADOPT,
});

export const USER = entry({
  role: withDefault(
    explained(choice('super', 'regular'), {
      super: 'also makes tokens of its environment, and lists and revokes all',
      regular: 'the own cubbyhole and secret/*',
    }),
    'regular',
    'What the user may do in Vault',
  ),
  api: withDefault(
    explained(choice('fullaccess', 'readonly'), {
      fullaccess: 'secret/* is read and written',
      readonly: 'secret/* is read and listed only',
    }),
    'fullaccess',
    'How far it goes',
  ),
  adopt: ADOPT,
});

export const APPROLE = entry(
  {
    policies: required(
      list(text(POLICY_NAME), { min: 1, max: 50, distinct: true }),
      'policies of its tokens',
    ),
    token_ttl_seconds: withDefault(
      TTL,
      3600,
      'How long a token of it lives, in seconds; longer than an apply',
    ),
    secret_id_ttl_seconds: withDefault(TTL, 2_592_000, 'How long a secret id of it lives, in seconds'),
    adopt: ADOPT,
  },
  { secret_id: credential('kakehashi, which issues it when it is asked for') },
);

export const AUDIT = entry(
  {
    type: required(choice('file', 'syslog', 'socket'), 'kind of device'),
    options: optional(
      named(OPTION_NAME, TEXT, { max: 30 }),
      "The device's options as texts: file_path for a file, address for a socket",
    ),
  },
  { adopt: NOT_ADOPTED },
);

/** The section `vault`. */
export const VAULT_KEYS = map(
  {
    address: required(text(VAULT_ADDRESS), "the server's URL, without a path"),
    namespace: optional(text(VAULT_NAMESPACE), 'Namespace in which everything is'),
    ca_file: optional(TEXT, 'PEM file with the authority that signed its certificate'),
    server: withDefault(
      explained(choice('vault', 'openbao'), {
        vault: 'HashiCorp Vault',
        openbao: 'OpenBao, which refuses audit devices over its API',
      }),
      'vault',
      'Which of the two servers it is',
    ),
    auth: withDefault(
      map(
        {
          method: withDefault(
            explained(choice('token', 'approle'), {
              token: 'with VAULT_TOKEN, ~/.vault-token or a prompt',
              approle: 'with role_id, and the secret id in VAULT_SECRET_ID',
            }),
            'token',
            'How to log in',
          ),
          role_id: optional(text(ROLE_ID), 'For approle: which role'),
        },
        { token: TOKEN, secret_id: credential('VAULT_SECRET_ID') },
      ),
      { method: 'token' },
      'How kakehashi logs in',
    ),
    mounts: withDefault(entries(MOUNT_PATH, MOUNT, 100), { secret: { version: 1 } }, 'KV engines by path'),
    policies: optional(entries(POLICY_NAME, POLICY, 500), 'Policies by name'),
    users: optional(entries(USER_NAME, USER, 1000), 'Users that get tokens, by name'),
    approles: optional(entries(APPROLE_NAME, APPROLE, 500), 'Roles for CI, by name'),
    audits: optional(entries(MOUNT_PATH, AUDIT, 20), 'Audit devices by path'),
    preshared_keys: optional(
      hidden(
        { ...SECRET_REFERENCE, example: 'vault://secret/vpn' },
        {
          code: 'secret',
          message: 'a pre-shared key never stands in a catalog; this is the folder in which they are kept',
          fix: 'write a reference like vault://secret/vpn',
        },
      ),
      'Folder of the keys of connections: vault://secret/vpn',
    ),
  },
  {
    token: TOKEN,
    secret_id: credential('VAULT_SECRET_ID'),
    insecure: INSECURE,
    skip_verify: INSECURE,
    skip_tls_verify: INSECURE,
  },
);
