import { listed } from '../core/entries';
import { type Backend, type Call, param } from '../core/route';
import { badRequest, type Json, notFound } from '../request/exchange';
import type { Fields } from '../request/fields';

export const TOKEN_ROLE_RECORD = 'vault_token_auth_backend_role';

/** A role, which limits the tokens that are created for it. Times are in seconds. */
export interface TokenRole {
  readonly role_name: string;
  readonly allowed_policies: readonly string[];
  readonly allowed_policies_glob: readonly string[];
  readonly disallowed_policies: readonly string[];
  readonly disallowed_policies_glob: readonly string[];
  readonly allowed_entity_aliases: readonly string[];
  readonly orphan: boolean;
  readonly renewable: boolean;
  readonly path_suffix: string;
  readonly token_bound_cidrs: readonly string[];
  readonly token_explicit_max_ttl: number;
  readonly token_no_default_policy: boolean;
  readonly token_num_uses: number;
  readonly token_period: number;
  readonly token_type: string;
}

const EMPTY: Omit<TokenRole, 'role_name'> = {
  allowed_policies: [],
  allowed_policies_glob: [],
  disallowed_policies: [],
  disallowed_policies_glob: [],
  allowed_entity_aliases: [],
  orphan: false,
  renewable: true,
  path_suffix: '',
  token_bound_cidrs: [],
  token_explicit_max_ttl: 0,
  token_no_default_policy: false,
  token_num_uses: 0,
  token_period: 0,
  token_type: 'default-service',
};

/** The id of a role's record, which is also the id of its Terraform resource. */
function recordId(name: string): string {
  return `auth/token/roles/${name}`;
}

export function tokenRole({ vault }: Call, name: string): TokenRole | undefined {
  return vault.store.get(TOKEN_ROLE_RECORD, recordId(name)) as unknown as TokenRole | undefined;
}

/** The name under which a body gives a field: old clients leave out `token_`. */
function named(fields: Fields, name: string): string {
  const old = name.replace(/^token_/, '');
  return fields.has(name) || !fields.has(old) ? name : old;
}

const TYPES = ['default-service', 'default', 'service'];

function written(fields: Fields, before: TokenRole): TokenRole {
  const list = (name: keyof TokenRole) =>
    fields.has(name) ? fields.list(name) : (before[name] as readonly string[]);
  const seconds = (name: 'token_period' | 'token_explicit_max_ttl') =>
    fields.seconds(named(fields, name), before[name]);
  const type = fields.has('token_type') ? fields.text('token_type') : before.token_type;
  // Batch tokens are not simulated.
  if (!TYPES.includes(type))
    throw badRequest(
      type === 'batch'
        ? 'batch tokens are not simulated'
        : `invalid 'token_type' value ${JSON.stringify(type)}`,
    );
  return {
    ...before,
    allowed_policies: list('allowed_policies'),
    allowed_policies_glob: list('allowed_policies_glob'),
    disallowed_policies: list('disallowed_policies'),
    disallowed_policies_glob: list('disallowed_policies_glob'),
    allowed_entity_aliases: list('allowed_entity_aliases'),
    token_bound_cidrs: list('token_bound_cidrs'),
    orphan: fields.flag('orphan', before.orphan),
    renewable: fields.flag('renewable', before.renewable),
    path_suffix: fields.has('path_suffix') ? fields.text('path_suffix') : before.path_suffix,
    token_explicit_max_ttl: seconds('token_explicit_max_ttl'),
    token_no_default_policy: fields.flag('token_no_default_policy', before.token_no_default_policy),
    token_num_uses: fields.count('token_num_uses', before.token_num_uses),
    token_period: seconds('token_period'),
    token_type: type,
  };
}

function view({ role_name, ...role }: TokenRole): Json {
  const { token_explicit_max_ttl, token_period } = role;
  return { name: role_name, ...role, explicit_max_ttl: token_explicit_max_ttl, period: token_period };
}

/** The routes of token roles, below `auth/token/`. */
export const TOKEN_ROLES: Backend = [
  {
    path: /^roles\/?$/,
    list: ({ vault }) => {
      const names = vault.store.all(TOKEN_ROLE_RECORD).map(({ attributes }) => String(attributes.role_name));
      return listed(names, '');
    },
  },
  {
    path: /^roles\/(?<name>[^/]+)$/,
    exists: (call) => tokenRole(call, param(call, 'name')) !== undefined,
    read: (call) => {
      const role = tokenRole(call, param(call, 'name'));
      if (role === undefined) throw notFound();
      return { data: view(role) };
    },
    write: (call) => {
      const name = param(call, 'name');
      const before = tokenRole(call, name) ?? { ...EMPTY, role_name: name };
      call.vault.store.put(TOKEN_ROLE_RECORD, recordId(name), { ...written(call.fields, before) });
      return undefined;
    },
    delete: (call) => {
      call.vault.store.delete(TOKEN_ROLE_RECORD, recordId(param(call, 'name')));
      return undefined;
    },
  },
];
