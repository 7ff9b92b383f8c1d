import { listed, pathsBelow } from '../core/entries';
import { type Backend, type Call, param } from '../core/route';
import { tidied } from '../core/tidy';
import { type Answer, badRequest, notFound, oneError, VaultError } from '../request/exchange';
import { login } from './login';
import {
  APPROLE_RECORD,
  type AppRole,
  appRole,
  appRoleView,
  newAppRole,
  roleRecordId,
  writtenAppRole,
} from './role';
import { roleFieldRoutes } from './role-fields';
import {
  findByAccessor,
  findSecretId,
  forget,
  newSecretId,
  type SecretId,
  secretIdsOf,
  secretIdView,
} from './secret-ids';

function save(call: Call, role: AppRole): undefined {
  call.vault.store.put(APPROLE_RECORD, roleRecordId(call.mount, role.role_name), { ...role });
  return undefined;
}

/** The role that the path names. @throws {@link VaultError} 404 if there is none */
function roleIn(call: Call): AppRole {
  const role = appRole(call, param(call, 'role'));
  if (role === undefined)
    throw new VaultError(404, `role ${JSON.stringify(param(call, 'role'))} does not exist`);
  return role;
}

/** The role that the path names, for a list of its secret ids, which Vault refuses with status 400 if there is none. */
function listedRole(call: Call): AppRole {
  const role = appRole(call, param(call, 'role'));
  if (role === undefined) throw badRequest(`role ${JSON.stringify(param(call, 'role'))} does not exist`);
  return role;
}

function named(call: Call, role: AppRole): SecretId | undefined {
  const secret = call.fields.text('secret_id');
  if (secret === '') throw badRequest('missing secret_id');
  return findSecretId(call, role, secret);
}

function namedByAccessor(call: Call, role: AppRole): SecretId | undefined {
  const accessor = call.fields.text('secret_id_accessor');
  if (accessor === '') throw badRequest('missing secret_id_accessor');
  return findByAccessor(call, role, accessor);
}

function lookUp(secretId: SecretId | undefined): Answer {
  return secretId === undefined ? undefined : { data: secretIdView(secretId) };
}

/** Creates a secret id. @param chosen the caller's; empty for one that the server chooses */
function issue(call: Call, chosen: string): Answer {
  return { data: newSecretId(call, roleIn(call), chosen) };
}

function destroyByAccessor(call: Call): undefined {
  const found = namedByAccessor(call, roleIn(call));
  if (found !== undefined) return forget(call, found);
  const accessor = JSON.stringify(call.fields.text('secret_id_accessor'));
  throw new VaultError(500, oneError(`failed to find accessor entry for secret_id_accessor: ${accessor}`));
}

function destroy(call: Call): undefined {
  return forget(call, named(call, roleIn(call)));
}

/** The routes of AppRole, with which machines log in by a role id and a secret id. */
export const APPROLE: Backend = [
  { path: /^login$/, open: true, write: login },
  {
    path: /^role\/?$/,
    list: (call) => listed(pathsBelow(call.vault.store, APPROLE_RECORD, `${call.mount}role/`), ''),
  },
  {
    path: /^role\/(?<role>[^/]+)$/,
    exists: (call) => appRole(call, param(call, 'role')) !== undefined,
    read: (call) => {
      const role = appRole(call, param(call, 'role'));
      if (role === undefined) throw notFound();
      return { data: appRoleView(role, call.vault.kind) };
    },
    write: (call) => {
      const name = param(call, 'role');
      return save(call, writtenAppRole(call.fields, appRole(call, name) ?? newAppRole(call.mount, name)));
    },
    delete: (call) => {
      const role = appRole(call, param(call, 'role'));
      if (role === undefined) return undefined;
      for (const each of secretIdsOf(call, role)) forget(call, each);
      call.vault.store.delete(APPROLE_RECORD, roleRecordId(call.mount, role.role_name));
      return undefined;
    },
  },
  ...roleFieldRoutes(save),
  { path: /^tidy\/secret-id$/, write: tidied },
  {
    path: /^role\/(?<role>[^/]+)\/role-id$/,
    read: (call) => {
      const role = appRole(call, param(call, 'role'));
      if (role === undefined) throw notFound();
      return { data: { role_id: role.role_id } };
    },
    write: (call) => {
      const role_id = call.fields.text('role_id');
      if (role_id === '') throw badRequest('missing role_id');
      return save(call, { ...roleIn(call), role_id });
    },
  },
  {
    path: /^role\/(?<role>[^/]+)\/secret-id\/?$/,
    write: (call) => issue(call, ''),
    list: (call) =>
      listed(
        secretIdsOf(call, listedRole(call)).map(({ accessor }) => accessor),
        '',
      ),
  },
  {
    path: /^role\/(?<role>[^/]+)\/custom-secret-id$/,
    write: (call) => {
      if (call.fields.text('secret_id') === '') throw badRequest('missing secret_id');
      return issue(call, call.fields.text('secret_id'));
    },
  },
  {
    path: /^role\/(?<role>[^/]+)\/secret-id\/lookup$/,
    write: (call) => lookUp(named(call, roleIn(call))),
  },
  { path: /^role\/(?<role>[^/]+)\/secret-id\/destroy$/, write: destroy, delete: destroy },
  {
    path: /^role\/(?<role>[^/]+)\/secret-id-accessor\/lookup$/,
    write: (call) => {
      const found = namedByAccessor(call, roleIn(call));
      if (found === undefined) throw notFound();
      return lookUp(found);
    },
  },
  {
    path: /^role\/(?<role>[^/]+)\/secret-id-accessor\/destroy$/,
    write: destroyByAccessor,
    delete: destroyByAccessor,
  },
];
