import type { Call } from '../core/route';
import { timestamp } from '../request/duration';
import { badRequest, type Json, oneError, VaultError } from '../request/exchange';
import { isNetwork } from '../request/source-address';
import { digest, newUuid } from '../store/identifiers';
import type { AppRole } from './role';

export const SECRET_ID_RECORD = 'vault_approle_auth_backend_role_secret_id';

/** The record of a secret id, without the secret itself. Times are in milliseconds; 0 stands for never. */
export interface SecretId {
  readonly secret_id_sha256: string;
  readonly accessor: string;
  readonly mount: string;
  readonly role_name: string;
  readonly cidr_list: readonly string[];
  readonly token_bound_cidrs: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** How often it can still be used; 0 for any number of times. */
  readonly num_uses: number;
  readonly ttl_seconds: number;
  readonly created_at: number;
  readonly expires_at: number;
}

function all({ vault, mount }: Call): readonly SecretId[] {
  return vault.store
    .all(SECRET_ID_RECORD)
    .map(({ attributes }) => attributes as unknown as SecretId)
    .filter((each) => each.mount === mount);
}

/** The valid secret ids of a role. Records of expired ones are deleted. */
export function secretIdsOf(call: Call, role: AppRole): readonly SecretId[] {
  const now = call.vault.now();
  const own = all(call).filter(({ role_name }) => role_name === role.role_name);
  const expired = own.filter(({ expires_at }) => expires_at > 0 && expires_at <= now);
  for (const each of expired) call.vault.store.delete(SECRET_ID_RECORD, each.accessor);
  return own.filter((each) => !expired.includes(each));
}

export function findSecretId(call: Call, role: AppRole, secret: string): SecretId | undefined {
  const sha256 = digest(secret);
  return secretIdsOf(call, role).find(({ secret_id_sha256 }) => secret_id_sha256 === sha256);
}

export function findByAccessor(call: Call, role: AppRole, accessor: string): SecretId | undefined {
  return secretIdsOf(call, role).find((each) => each.accessor === accessor);
}

export function forget(call: Call, secretId: SecretId | undefined): undefined {
  if (secretId !== undefined) call.vault.store.delete(SECRET_ID_RECORD, secretId.accessor);
  return undefined;
}

/** Counts one log-in. The last one that is allowed deletes the secret id. */
export function useSecretId(call: Call, secretId: SecretId): void {
  if (secretId.num_uses === 0) return;
  if (secretId.num_uses === 1) forget(call, secretId);
  else
    call.vault.store.put(SECRET_ID_RECORD, secretId.accessor, {
      ...secretId,
      num_uses: secretId.num_uses - 1,
    });
}

function metadataIn(call: Call): Readonly<Record<string, string>> {
  const text = call.fields.text('metadata');
  if (text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      const pairs = Object.entries(parsed);
      if (pairs.every(([, value]) => typeof value === 'string')) return Object.fromEntries(pairs);
    }
  } catch {
    // The error is thrown below, without the text.
  }
  throw badRequest('failed to parse metadata: failed to parse the input: invalid <key,value> format');
}

function within(asked: number, limit: number, message: string): void {
  if (limit > 0 && (asked === 0 || asked > limit)) throw badRequest(message);
}

function networksIn(call: Call, name: string): readonly string[] {
  const networks = call.fields.list(name);
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong === undefined) return networks;
  throw new VaultError(500, oneError(`failed to validate CIDR blocks: invalid CIDR address: ${wrong}`));
}

/** Creates a secret id for a role. @param chosen the caller's; empty for one that the server chooses */
export function newSecretId(call: Call, role: AppRole, chosen = ''): Json {
  if (!role.bind_secret_id) throw badRequest('bind_secret_id is not set on the role');
  const { fields, vault, mount } = call;
  const uses = fields.count('num_uses', role.secret_id_num_uses);
  const ttl = fields.seconds('ttl', role.secret_id_ttl);
  if (fields.has('num_uses'))
    within(uses, role.secret_id_num_uses, "num_uses cannot be higher than the role's secret_id_num_uses");
  if (fields.has('ttl'))
    within(ttl, role.secret_id_ttl, "ttl cannot be longer than the role's secret_id_ttl");
  const secret = chosen || newUuid();
  if (findSecretId(call, role, secret) !== undefined)
    throw new VaultError(500, oneError('failed to store secret_id: SecretID is already registered'));
  const record: SecretId = {
    secret_id_sha256: digest(secret),
    accessor: newUuid(),
    mount,
    role_name: role.role_name,
    cidr_list: networksIn(call, 'cidr_list'),
    token_bound_cidrs: networksIn(call, 'token_bound_cidrs'),
    metadata: metadataIn(call),
    num_uses: uses,
    ttl_seconds: ttl,
    created_at: vault.now(),
    expires_at: ttl === 0 ? 0 : vault.now() + ttl * 1000,
  };
  vault.store.put(SECRET_ID_RECORD, record.accessor, { ...record });
  return {
    secret_id: secret,
    secret_id_accessor: record.accessor,
    secret_id_num_uses: uses,
    secret_id_ttl: ttl,
  };
}

export function secretIdView(secretId: SecretId): Json {
  return {
    secret_id_accessor: secretId.accessor,
    secret_id_num_uses: secretId.num_uses,
    secret_id_ttl: secretId.ttl_seconds,
    cidr_list: secretId.cidr_list,
    token_bound_cidrs: secretId.token_bound_cidrs,
    metadata: secretId.metadata,
    creation_time: timestamp(secretId.created_at),
    expiration_time: secretId.expires_at === 0 ? '0001-01-01T00:00:00Z' : timestamp(secretId.expires_at),
    last_updated_time: timestamp(secretId.created_at),
  };
}
