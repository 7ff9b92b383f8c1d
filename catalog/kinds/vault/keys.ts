import { CAPABILITIES } from '../../../model/vault/policy';
import {
  choice,
  type Key,
  list,
  type MapShape,
  map,
  type Refusal,
  type Shape,
  TEXT,
  text,
  whole,
} from '../../shape/shape';
import {
  APPROLE_NAME,
  CLAIM,
  MOUNT_PATH,
  OPTION_NAME,
  POLICY_NAME,
  ROLE_ID,
  RULE_PATH,
  SECRET_REFERENCE,
  USER_NAME,
  VAULT_ADDRESS,
  VAULT_NAMESPACE,
} from './formats';

/** Vault's own bounds: 768 hours is the longest that a token lives where nobody has configured more. */
const TTL = whole(60, 2_764_800);

export const DEFAULT_TOKEN_TTL_SECONDS = 3600;
export const DEFAULT_SECRET_ID_TTL_SECONDS = 2_592_000;

const CREATE: Key = {
  shape: { kind: 'map', keys: {}, unknown: 'error', mayBeEmpty: true },
  description: 'Written as create: {}: it is made. Without it, it exists already and is not managed',
};

/** An entry that may say nothing: `secret: {}`, or nothing after its colon. */
const entry = (keys: MapShape['keys'], refused: MapShape['refused'] = {}): MapShape => ({
  kind: 'map',
  keys: { ...keys, create: CREATE },
  unknown: 'error',
  refused,
  mayBeEmpty: true,
});

const entries = (key: Parameters<typeof text>[0], of: Shape, max: number): Shape => ({
  kind: 'entries',
  key,
  of,
  max,
  mayBeEmpty: true,
});

/** A credential of Vault itself; never in a catalog, also not by reference. */
const credential = (from: string): Refusal => ({
  code: 'secret',
  message: `a credential of Vault never stands in a catalog; it comes from ${from}`,
  mend: 'remove it',
});

const TOKEN = credential('VAULT_TOKEN, ~/.vault-token or a prompt');

const INSECURE: Refusal = {
  code: 'refused-key',
  message: "the server's certificate is always verified",
  mend: 'use ca_file: a PEM file with the authority that signed it',
};

const MOUNT = entry(
  {
    version: { shape: choice(1, 2), description: 'Version of the KV engine', default: 1 },
    description: { shape: TEXT, description: 'What it is for, shown by Vault' },
  },
  {
    type: { code: 'refused-key', message: 'is always kv', mend: 'write version: 1 or version: 2' },
    options: {
      code: 'refused-key',
      message: 'are made from version',
      mend: 'write version: 1 or version: 2',
    },
  },
);

const RULE = map({
  path: {
    shape: text(RULE_PATH),
    description: 'Path as KV v1 has it: no data/, no metadata/',
    required: true,
  },
  capabilities: {
    shape: list(choice(...CAPABILITIES), { min: 1, max: CAPABILITIES.length, distinct: true }),
    description: 'What may be done there; deny stands alone',
    required: true,
  },
});

const CLAIMS = list(text(CLAIM), { max: 200, distinct: true });

const POLICY = entry({
  rules: { shape: list(RULE, { min: 1, max: 200 }), description: 'Paths with what may be done there' },
  may: { shape: CLAIMS, description: 'Lines like read secret/aws/access_key that validate checks' },
  may_not: { shape: CLAIMS, description: 'The same, for what must be refused' },
});

const USER = entry({
  role: {
    shape: choice('super', 'regular'),
    description:
      'regular: the own cubbyhole and secret/*; super: also makes tokens of its environment, and lists and revokes all',
    default: 'regular',
  },
  api: {
    shape: choice('fullaccess', 'readonly'),
    description: 'readonly: secret/* is read and listed only',
    default: 'fullaccess',
  },
});

const APPROLE = entry(
  {
    policies: {
      shape: list(text(POLICY_NAME), { min: 1, max: 50, distinct: true }),
      description: 'policies of its tokens',
      required: true,
    },
    token_ttl_seconds: {
      shape: TTL,
      description: 'How long a token of it lives; longer than an apply',
      default: DEFAULT_TOKEN_TTL_SECONDS,
    },
    secret_id_ttl_seconds: {
      shape: TTL,
      description: 'How long a secret id of it lives',
      default: DEFAULT_SECRET_ID_TTL_SECONDS,
    },
  },
  { secret_id: credential('kakehashi, which issues it when it is asked for') },
);

const AUDIT = entry({
  type: { shape: choice('file', 'syslog', 'socket'), description: 'kind of device', required: true },
  options: {
    shape: { kind: 'entries', key: OPTION_NAME, of: TEXT, max: 30 },
    description: "The device's options as texts: file_path for a file, address for a socket",
  },
});

/** `vault`. */
export const VAULT: MapShape = map(
  {
    address: { shape: text(VAULT_ADDRESS), description: "the server's URL, without a path", required: true },
    namespace: { shape: text(VAULT_NAMESPACE), description: 'Namespace in which everything is' },
    ca_file: { shape: TEXT, description: 'PEM file with the authority that signed its certificate' },
    server: {
      shape: choice('vault', 'openbao'),
      description: 'Which of the two it is: openbao refuses audit devices over its API',
      default: 'vault',
    },
    auth: {
      shape: map(
        {
          method: { shape: choice('token', 'approle'), description: 'How to log in', default: 'token' },
          role_id: { shape: text(ROLE_ID), description: 'For approle: which role' },
        },
        { token: TOKEN, secret_id: credential('VAULT_SECRET_ID') },
      ),
      description: 'How kakehashi logs in',
      default: { method: 'token' },
    },
    mounts: {
      shape: entries(MOUNT_PATH, MOUNT, 100),
      description: 'KV engines by path',
      default: { secret: { version: 1 } },
    },
    policies: { shape: entries(POLICY_NAME, POLICY, 500), description: 'Policies by name' },
    users: { shape: entries(USER_NAME, USER, 1000), description: 'Users that get tokens, by name' },
    approles: { shape: entries(APPROLE_NAME, APPROLE, 500), description: 'Roles for CI, by name' },
    audits: { shape: entries(MOUNT_PATH, AUDIT, 20), description: 'Audit devices by path' },
    preshared_keys: {
      shape: {
        ...text({ ...SECRET_REFERENCE, example: 'vault://secret/vpn' }),
        hidden: {
          code: 'secret',
          message: 'a pre-shared key never stands in a catalog; this is the folder in which they are kept',
          mend: 'write a reference like vault://secret/vpn',
        },
      },
      description: 'Folder of the keys of connections: vault://secret/vpn',
    },
  },
  {
    token: TOKEN,
    secret_id: credential('VAULT_SECRET_ID'),
    insecure: INSECURE,
    skip_verify: INSECURE,
    skip_tls_verify: INSECURE,
  },
);
