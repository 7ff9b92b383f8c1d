import type { VaultKind } from '../core/core';
import type { Call } from '../core/route';
import { badRequest, type Json, oneError, VaultError } from '../request/exchange';
import type { Fields } from '../request/fields';
import { newUuid } from '../store/identifiers';

export const APPROLE_RECORD = 'vault_approle_auth_backend_role';

/** A role with which machines log in. Times are in seconds. */
export interface AppRole {
  readonly backend: string;
  readonly role_name: string;
  readonly role_id: string;
  readonly bind_secret_id: boolean;
  readonly secret_id_bound_cidrs: readonly string[] | null;
  readonly secret_id_num_uses: number;
  readonly secret_id_ttl: number;
  readonly token_bound_cidrs: readonly string[];
  readonly token_explicit_max_ttl: number;
  readonly token_max_ttl: number;
  readonly token_no_default_policy: boolean;
  readonly token_num_uses: number;
  readonly token_period: number;
  readonly token_policies: readonly string[];
  readonly token_ttl: number;
  readonly token_type: string;
}

/** The id of a role's record, which is also the id of its Terraform resource. */
export function roleRecordId(mount: string, name: string): string {
  return `${mount}role/${name}`;
}

export function appRole({ vault, mount }: Call, name: string): AppRole | undefined {
  return vault.store.get(APPROLE_RECORD, roleRecordId(mount, name)) as unknown as AppRole | undefined;
}

export function newAppRole(mount: string, name: string): AppRole {
  return {
    backend: mount.replace(/^auth\//, '').replace(/\/$/, ''),
    role_name: name,
    role_id: newUuid(),
    bind_secret_id: true,
    secret_id_bound_cidrs: null,
    secret_id_num_uses: 0,
    secret_id_ttl: 0,
    token_bound_cidrs: [],
    token_explicit_max_ttl: 0,
    token_max_ttl: 0,
    token_no_default_policy: false,
    token_num_uses: 0,
    token_period: 0,
    token_policies: [],
    token_ttl: 0,
    token_type: 'default',
  };
}

/** The role with the fields of a body. Fields that the body leaves out keep their values. */
export function writtenAppRole(fields: Fields, before: AppRole): AppRole {
  const list = (name: 'token_bound_cidrs' | 'token_policies', old: string) =>
    fields.has(name) ? fields.list(name) : fields.has(old) ? fields.list(old) : before[name];
  const seconds = (name: keyof AppRole & string, old: string) =>
    fields.seconds(fields.has(name) || !fields.has(old) ? name : old, before[name] as number);
  const type = fields.has('token_type') ? fields.text('token_type') : before.token_type;
  // Batch tokens are not simulated.
  if (!['default', 'service', 'default-service', ''].includes(type))
    throw badRequest(
      type === 'batch'
        ? 'batch tokens are not simulated'
        : `invalid 'token_type' value ${JSON.stringify(type)}`,
    );
  const role: AppRole = {
    ...before,
    role_id: fields.text('role_id') || before.role_id,
    bind_secret_id: fields.flag('bind_secret_id', before.bind_secret_id),
    secret_id_bound_cidrs: fields.has('secret_id_bound_cidrs')
      ? fields.list('secret_id_bound_cidrs')
      : before.secret_id_bound_cidrs,
    secret_id_num_uses: fields.count('secret_id_num_uses', before.secret_id_num_uses),
    secret_id_ttl: fields.seconds('secret_id_ttl', before.secret_id_ttl),
    token_bound_cidrs: list('token_bound_cidrs', 'bound_cidr_list'),
    token_explicit_max_ttl: fields.seconds('token_explicit_max_ttl', before.token_explicit_max_ttl),
    token_max_ttl: seconds('token_max_ttl', 'token_max_ttl'),
    token_no_default_policy: fields.flag('token_no_default_policy', before.token_no_default_policy),
    token_num_uses: fields.count('token_num_uses', before.token_num_uses),
    token_period: seconds('token_period', 'period'),
    token_policies: list('token_policies', 'policies'),
    token_ttl: fields.seconds('token_ttl', before.token_ttl),
    token_type: type === '' ? 'default' : type,
  };
  const hasConstraint =
    role.bind_secret_id || role.token_bound_cidrs.length > 0 || (role.secret_id_bound_cidrs ?? []).length > 0;
  if (!hasConstraint)
    throw new VaultError(500, oneError('at least one constraint should be enabled on the role'));
  if (role.token_max_ttl > 0 && role.token_ttl > role.token_max_ttl)
    throw badRequest("'token_ttl' cannot be greater than 'token_max_ttl'");
  return role;
}

/** A role as the answer to a read: everything but its name and id. */
export function appRoleView(role: AppRole, kind: VaultKind): Json {
  const { backend: _, role_name: __, role_id: ___, ...view } = role;
  return {
    ...view,
    local_secret_ids: false,
    ...(kind === 'openbao' ? { token_strictly_bind_ip: false } : {}),
  };
}
