import type { ObjectValue } from '../../protocol/values';
import { text } from '../../provider/attributes';
import type { Api } from './api';
import type { VaultResource } from './resource';
import { bodyOf, fullBodyOf, picked } from './values';

const TOKEN_FIELDS = [
  'alias_metadata',
  'token_bound_cidrs',
  'token_explicit_max_ttl',
  'token_max_ttl',
  'token_no_default_policy',
  'token_num_uses',
  'token_period',
  'token_policies',
  'token_ttl',
  'token_type',
];

const TOKEN_ROLE_FIELDS = [
  ...TOKEN_FIELDS,
  'allowed_entity_aliases',
  'allowed_policies',
  'allowed_policies_glob',
  'disallowed_policies',
  'disallowed_policies_glob',
  'orphan',
  'path_suffix',
  'renewable',
];

/** What the provider writes of a token role also where it is not set (provider 5.6.0), so that nothing of an existing role stays. */
const UNSET = {
  allowed_entity_aliases: [],
  allowed_policies: [],
  allowed_policies_glob: [],
  disallowed_policies: [],
  disallowed_policies_glob: [],
  orphan: false,
  path_suffix: '',
};

/** `vault_token_auth_backend_role`. The id is the path. */
export const tokenRole: VaultResource = {
  create(api, given) {
    const id = `auth/token/roles/${text(given, 'role_name')}`;
    api.write(id, { ...UNSET, ...bodyOf(given, TOKEN_ROLE_FIELDS) });
    return { id };
  },
  read(api, id) {
    const found = api.read(id);
    return found && { role_name: id.replace(/^.*\//, ''), ...picked(found.data, TOKEN_ROLE_FIELDS) };
  },
  update(api, id, { prior, planned }) {
    api.write(id, fullBodyOf(planned, prior, TOKEN_ROLE_FIELDS));
    return undefined;
  },
  delete: (api, id) => api.delete(id),
};

const APP_ROLE_FIELDS = [
  ...TOKEN_FIELDS,
  'bind_secret_id',
  'secret_id_bound_cidrs',
  'secret_id_num_uses',
  'secret_id_ttl',
];

/** The path of the auth method in the attribute `backend`, by default `approle`. */
export function backendOf(given: ObjectValue): string {
  return text(given, 'backend').replace(/^\/|\/$/g, '') || 'approle';
}

/** Sets the role id if one is configured; the server has generated one otherwise. */
function setRoleId(api: Api, id: string, given: ObjectValue): void {
  const roleId = text(given, 'role_id');
  if (roleId !== '')
    api.write(`${id}/role-id`, { role_id: roleId }, 'error writing AppRole auth backend role');
}

/** `vault_approle_auth_backend_role`. The id is the path. */
export const appRole: VaultResource = {
  create(api, given) {
    const id = `auth/${backendOf(given)}/role/${text(given, 'role_name')}`;
    api.write(id, bodyOf(given, APP_ROLE_FIELDS), `error writing AppRole auth backend role "${id}"`);
    setRoleId(api, id, given);
    return { id };
  },
  read(api, id) {
    const found = api.read(id);
    const named = /^auth\/(.+)\/role\/([^/]+)$/.exec(id);
    if (found === undefined || named === null) return undefined;
    return {
      backend: named[1] ?? '',
      role_name: named[2] ?? '',
      ...picked(found.data, APP_ROLE_FIELDS),
      ...picked(api.read(`${id}/role-id`)?.data ?? {}, ['role_id']),
    };
  },
  update(api, id, { prior, planned }) {
    const body = fullBodyOf(planned, prior, APP_ROLE_FIELDS);
    api.write(id, body, `error updating AppRole auth backend role "${id}"`);
    if (text(planned, 'role_id') !== text(prior, 'role_id')) setRoleId(api, id, planned);
    return undefined;
  },
  delete: (api, id) => api.delete(id),
};
