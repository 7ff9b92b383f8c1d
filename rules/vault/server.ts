import { globFits } from '../glob';
import type { Resource } from '../resource';
import { beside, type Found, type Rule, unseen, violated } from '../rule';
import { flagAt, listAt, numberAt, seen, textAt, UNKNOWN, valueAt } from '../values';

const TOKEN_ROLE = 'vault_token_auth_backend_role';
const APPROLE = 'vault_approle_auth_backend_role';
const SECRET_ID = 'vault_approle_auth_backend_role_secret_id';

export const BOUNDED_TOKENS: Rule = {
  id: 'KKH-VLT-04',
  severity: 'high',
  title: 'Tokens and secret ids end, and are not those of root',
  reason:
    'A token that can be renewed for ever is a password that nobody changes. A role that is orphan hands out tokens that outlive whoever made them: fine where they cannot be renewed. A secret id in a state is one that everybody who reads states has.',
  fix: 'Set token_max_ttl, or renewable: false, of a token role; secret_id_ttl or secret_id_num_uses of an AppRole; wrap a secret id, or let kakehashi issue it.',
  references: ['Vault: tokens, TTLs and periodic tokens', 'Vault: AppRole, response wrapping'],
  types: [TOKEN_ROLE, APPROLE, SECRET_ID],
  judge: (resource) => {
    if (resource.type === TOKEN_ROLE) return tokenRole(resource);
    return resource.type === APPROLE ? appRole(resource) : secretId(resource);
  },
};

function tokenRole({ values }: Resource): readonly Found[] {
  const renewable = flagAt(values, 'renewable');
  const limits = [...LIMITS].map((name) => positive(values, name));
  const found: Found[] = [...ofRoot(values, 'allowed_policies'), ...ofRoot(values, 'allowed_policies_glob')];
  const periodic = endless(values);
  if (periodic !== undefined) found.push(periodic);
  else if (!limits.includes(true) && renewable !== false) {
    const isUnseen = renewable === UNKNOWN || limits.includes(UNKNOWN);
    found.push(
      isUnseen
        ? unseen('how long its tokens live is not known', 'token_max_ttl')
        : violated('its tokens can be renewed as long as the server allows', 'token_max_ttl'),
    );
  }
  if (flagAt(values, 'orphan') === true && renewable !== false && !limits.includes(true))
    found.push(violated('its tokens outlive whoever made them', 'orphan'));
  return found;
}

const LIMITS = ['token_max_ttl', 'token_explicit_max_ttl'] as const;

/** Tokens of a role may be those of root where one of its policies is, or a pattern of them fits it. */
function ofRoot(values: Resource['values'], attribute: string): readonly Found[] {
  const policies = listAt(values, attribute);
  if (policies === undefined) return [];
  if (policies === UNKNOWN || policies.includes(UNKNOWN))
    return [unseen('which policies its tokens have is not known', attribute)];
  const isRoot = policies.some((one) => {
    if (one === UNKNOWN) return false;
    const name = one.trim().toLowerCase();
    return name === 'root' || (attribute.endsWith('_glob') && globFits(name, 'root'));
  });
  return isRoot ? [violated('it makes tokens of root', attribute)] : [];
}

/** A token with a period is renewed whatever `token_max_ttl` says; only `token_explicit_max_ttl` ends it. */
function endless(values: Resource['values']): Found | undefined {
  const period = positive(values, 'token_period');
  if (period === false) return undefined;
  const end = positive(values, 'token_explicit_max_ttl');
  if (end === true) return undefined;
  return period === UNKNOWN || end === UNKNOWN
    ? unseen('whether its tokens end is not known', 'token_period')
    : violated('its tokens are renewed without an end', 'token_period');
}

function appRole({ values }: Resource): readonly Found[] {
  const found: Found[] = [...ofRoot(values, 'token_policies')];
  const bounded = (names: readonly string[], what: string) => {
    const limits = names.map((name) => positive(values, name));
    if (limits.includes(true)) return;
    const [first = ''] = names;
    found.push(
      limits.includes(UNKNOWN)
        ? unseen(`whether ${what} end is not known`, first)
        : violated(`its ${what} do not end`, first),
    );
  };
  const periodic = endless(values);
  if (periodic !== undefined) found.push(periodic);
  else bounded(LIMITS, 'tokens');
  bounded(['secret_id_ttl', 'secret_id_num_uses'], 'secret ids');
  return found;
}

function secretId({ values }: Resource): readonly Found[] {
  const attribute = 'wrapping_ttl';
  const wrap = textAt(values, attribute);
  if (wrap === UNKNOWN) return [unseen('whether the secret id is wrapped is not known', attribute)];
  // "0", "0s" and "" wrap nothing.
  return wrap === undefined || !/[1-9]/.test(wrap)
    ? [violated('the secret id is in the state, and is not wrapped', attribute)]
    : [];
}

/** Whether a number is there and above 0. */
function positive(values: Resource['values'], name: string): boolean | typeof UNKNOWN {
  const number = numberAt(values, name);
  return number === UNKNOWN ? UNKNOWN : number !== undefined && number > 0;
}

const LOOPBACK = /^http:\/\/(localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:\/|$)/i;

export const TLS: Rule = {
  id: 'KKH-VLT-05',
  severity: 'high',
  title: 'Vault is reached by https, and its certificate is verified',
  reason:
    'Tokens and secrets go over this connection. A server on the same machine, as the sandbox’s, may speak http.',
  fix: 'Write an address with https, and ca_file where its authority is not one of the system.',
  references: ['Vault: production hardening'],
  types: ['provider.vault'],
  judge: ({ values }) => {
    const found: Found[] = [];
    const address = textAt(values, 'address');
    if (address === UNKNOWN || address === undefined)
      found.push(unseen('the address is not known: it comes from the environment', 'address'));
    else if (!/^https:\/\//i.test(address) && !LOOPBACK.test(address))
      found.push(violated('Vault is reached without TLS', 'address'));
    const skips = flagAt(values, 'skip_tls_verify');
    if (skips === UNKNOWN)
      found.push(unseen('whether the certificate is verified is not known', 'skip_tls_verify'));
    else if (skips === true)
      found.push(violated('the certificate of Vault is not verified', 'skip_tls_verify'));
    return found;
  },
};

export const AUDITED: Rule = {
  id: 'KKH-VLT-06',
  severity: 'medium',
  title: 'Whoever makes mounts and policies makes an audit device too',
  reason:
    'Without one nobody can say who read a secret. OpenBao has its audit devices in a file, which is a reason to accept this finding.',
  fix: 'Write audits in the section vault, or accept the finding with the reason: it is made elsewhere.',
  references: ['Vault: audit devices'],
  types: ['provider.vault'],
  judge: (provider, context) => {
    const makes = beside(provider, context, 'vault_mount', 'vault_policy');
    const audits = beside(provider, context, 'vault_audit');
    if (makes.length === 0) return [];
    if (audits.length === 0) return [violated('nothing of it is written to an audit log')];
    const isCounted = audits.every(({ written }) =>
      [written.count, written.for_each].some((one) => seen(one) === UNKNOWN),
    );
    return isCounted ? [unseen('whether it makes an audit device is not known')] : [];
  },
};

/** Arguments that bring a secret into the state, with those that do not. */
const IN_STATE: Readonly<Record<string, readonly (readonly [plain: string, writeOnly: string])[]>> = {
  vault_kv_secret: [['data_json', 'nothing: use vault_kv_secret_v2']],
  vault_kv_secret_v2: [['data_json', 'data_json_wo']],
  vault_generic_secret: [['data_json', 'nothing: use vault_kv_secret_v2']],
  vault_aws_secret_backend: [['secret_key', 'secret_key_wo']],
  aws_secretsmanager_secret_version: [
    ['secret_string', 'secret_string_wo'],
    ['secret_binary', 'secret_string_wo'],
  ],
  aws_ssm_parameter: [['value', 'value_wo']],
  azurerm_key_vault_secret: [['value', 'value_wo']],
};

/** Resources whose value is a secret as soon as they are made. */
const BORN_IN_STATE: readonly string[] = [
  'random_password',
  'tls_private_key',
  'vault_token',
  'aws_iam_access_key',
];

/** Data sources whose value is a secret: what they read is in the state too. */
const READ_INTO_STATE: readonly string[] = [
  'data.vault_kv_secret',
  'data.vault_kv_secret_v2',
  'data.vault_generic_secret',
  'data.aws_secretsmanager_secret_version',
  'data.azurerm_key_vault_secret',
];

export const WRITE_ONLY: Rule = {
  id: 'KKH-VLT-07',
  severity: 'critical',
  title: 'No value of a secret is in a state',
  reason:
    'States are in buckets, in backups and on laptops, in clear text. Write-only arguments (Terraform 1.11) reach the cloud alone.',
  fix: 'Use the write-only argument, or let kakehashi secret put the value.',
  references: ['CKV_AWS_149 (a kin)', 'Terraform: write-only arguments'],
  types: [...Object.keys(IN_STATE), ...BORN_IN_STATE, ...READ_INTO_STATE],
  judge: ({ type, values, written }) => {
    if (BORN_IN_STATE.includes(type)) return [violated('it makes a secret in the state')];
    if (READ_INTO_STATE.includes(type)) return [violated('it reads a secret into the state')];
    if (type === 'aws_ssm_parameter') {
      const kind = textAt(values, 'type');
      if (kind === UNKNOWN) return [unseen('whether it is a secret is not known', 'type')];
      if (kind !== 'SecureString') return [];
    }
    return (IN_STATE[type] ?? []).flatMap(([plain, instead]) => {
      if ((valueAt(written, plain) ?? valueAt(values, plain)) === undefined) return [];
      return [violated(`the value is in the state; write-only is ${instead}`, plain)];
    });
  },
};
