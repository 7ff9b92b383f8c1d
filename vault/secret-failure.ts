import type { SecretFolder } from '../model/vault/secret-folder';
import type { SecretReference } from '../model/vault/secret-reference';
import type { Answer, JsonObject } from './answer';
import { shortened, VaultError } from './vault-error';

type Place = SecretReference | SecretFolder;

export function missing(reference: SecretReference): VaultError {
  return new VaultError(
    'missing',
    `${reference}: there is no such secret ("vault read is failed" on the controller); correct the reference, or store it: kakehashi secret put ${reference}`,
  );
}

export function folderNotSecret(reference: SecretReference, count: number): VaultError {
  return new VaultError(
    'missing',
    `${reference}: must be a secret, got a folder with ${count} in it; see: kakehashi secret list ${reference}`,
  );
}

export function secretNotFolder(folder: SecretFolder): VaultError {
  const parent = folder.path.split('/').slice(0, -1);
  const above = [`vault://${folder.engine}`, ...parent].join('/');
  return new VaultError(
    'missing',
    `${folder}: must be a folder, got a secret; list the folder that it is in: kakehashi secret list ${above}`,
  );
}

export function emptyFolder(folder: SecretFolder): VaultError {
  return new VaultError(
    'missing',
    `${folder}: nothing is in it; Vault keeps no empty folders, so this may also be a wrong name`,
  );
}

/** A version of a KV v2 secret that was deleted or destroyed. */
export function deleted(reference: SecretReference, metadata: JsonObject): VaultError {
  const { version, deletion_time: time, destroyed } = metadata;
  const which = typeof version === 'number' ? `version ${version} ` : '';
  const when = typeof time === 'string' && time !== '' ? ` on ${shortened(time, 40)}` : '';
  return new VaultError(
    'missing',
    destroyed === true
      ? `${reference}: its ${which}was destroyed; store it again: kakehashi secret put ${reference}`
      : `${reference}: its ${which}was deleted${when}; undelete it, or store it again: kakehashi secret put ${reference}`,
  );
}

/** A secret that the controller could not read either. Names of other fields are not shown: they may be credentials. */
export function noValue(reference: SecretReference, value: unknown, data: JsonObject): VaultError {
  const others = Object.keys(data).length;
  const got =
    value === ''
      ? 'an empty one'
      : value !== undefined
        ? `one of type ${value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value}`
        : `${others === 0 ? 'no field' : others === 1 ? 'another field' : `${others} other fields`}`;
  return new VaultError(
    'no-value',
    `${reference}: must have a text in its field "value", got ${got}; store it as the controller reads it: kakehashi secret put ${reference}`,
  );
}

/** A cubbyhole that the next log-in does not see. */
export function lostCubbyhole(place: Place): VaultError {
  return new VaultError(
    'cubbyhole',
    `${place}: a cubbyhole belongs to one token, and each AppRole log-in is a new one; keep it in a kv engine, such as ${elsewhere(place)}`,
  );
}

function elsewhere({ path }: Place): string {
  return path === '' ? 'vault://secret' : `vault://secret/${path}`;
}

/** Something was written to an engine that the catalog takes for KV version 2, and it answered as version 1 does. */
export function notVersioned(reference: SecretReference): VaultError {
  return new VaultError(
    'engine',
    `${reference}: the engine is KV version 1, and vault.mounts.${reference.engine} says 2: what was written lies at ${reference.engine}/data/${reference.path}; correct the catalog, store it again, and remove that`,
  );
}

/** A 404 that is not about the secret: undefined where it is. */
export function noEngine(place: Place, answer: Answer): VaultError | undefined {
  if (answer.errors.some((words) => /no handler for route|unsupported path/i.test(words))) {
    return new VaultError(
      'engine',
      `${place}: nothing is mounted at "${place.engine}"; correct the first part of the reference, or mount a kv engine there`,
    );
  }
  const said = [...answer.errors, ...answer.warnings].map((words) => shortened(words)).join('; ');
  return said === '' ? undefined : new VaultError('refused', `${place}: the server answered 404: ${said}`);
}
