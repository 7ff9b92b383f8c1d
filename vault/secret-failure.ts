import type { SecretFolder } from '../model/vault/secret-folder';
import type { SecretReference } from '../model/vault/secret-reference';
import type { Answer, JsonObject } from './answer';
import { isNoRoute } from './refusal';
import { shortened } from './shortened';
import { VaultError } from './vault-error';

type Place = SecretReference | SecretFolder;

const storeAgain = (reference: SecretReference) => ({
  text: 'store it again',
  command: `secret put ${reference}`,
});

export function missing(reference: SecretReference): VaultError {
  return new VaultError('missing', {
    where: `${reference}`,
    summary: 'there is no such secret ("vault read is failed" on the controller)',
    fixes: ['correct the reference', { text: 'store it', command: `secret put ${reference}` }],
  });
}

export function folderNotSecret(reference: SecretReference, count: number): VaultError {
  return new VaultError('missing', {
    where: `${reference}`,
    summary: `must be a secret, got a folder with ${count} in it`,
    fixes: [{ text: 'see', command: `secret list ${reference}` }],
  });
}

export function secretNotFolder(folder: SecretFolder): VaultError {
  const parent = folder.path.split('/').slice(0, -1);
  const above = [`vault://${folder.engine}`, ...parent].join('/');
  return new VaultError('missing', {
    where: `${folder}`,
    summary: 'must be a folder, got a secret',
    fixes: [{ text: 'list the folder that it is in', command: `secret list ${above}` }],
  });
}

export function emptyFolder(folder: SecretFolder): VaultError {
  return new VaultError('missing', {
    where: `${folder}`,
    summary: 'the folder is empty; Vault keeps no empty folders, so the name may be wrong as well',
  });
}

/** A version of a KV v2 secret was deleted or destroyed. */
export function deleted(reference: SecretReference, metadata: JsonObject): VaultError {
  const { version, deletion_time: time, destroyed } = metadata;
  const which = typeof version === 'number' ? `version ${version} ` : '';
  const when = typeof time === 'string' && time !== '' ? ` on ${shortened(time, 40)}` : '';
  const again = storeAgain(reference);
  return new VaultError(
    'missing',
    destroyed === true
      ? { where: `${reference}`, summary: `its ${which}was destroyed`, fixes: [again] }
      : { where: `${reference}`, summary: `its ${which}was deleted${when}`, fixes: ['undelete it', again] },
  );
}

/** The controller could not read this secret either. Names of other fields are not shown: they may be credentials. */
export function noValue(reference: SecretReference, value: unknown, data: JsonObject): VaultError {
  const others = Object.keys(data).length;
  const got =
    value === ''
      ? 'an empty one'
      : value !== undefined
        ? `one of type ${value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value}`
        : `${others === 0 ? 'no field' : others === 1 ? 'another field' : `${others} other fields`}`;
  return new VaultError('no-value', {
    where: `${reference}`,
    summary: `must have a text in its field "value", got ${got}`,
    fixes: [{ text: 'store it as the controller reads it', command: `secret put ${reference}` }],
  });
}

/** The next log-in would not see what is in this cubbyhole. */
export function lostCubbyhole(place: Place): VaultError {
  return new VaultError('cubbyhole', {
    where: `${place}`,
    summary: 'a cubbyhole belongs to one token, and each AppRole log-in gets a new one',
    fixes: [`keep it in a kv engine, such as ${elsewhere(place)}`],
  });
}

function elsewhere({ path }: Place): string {
  return path === '' ? 'vault://secret' : `vault://secret/${path}`;
}

/** The catalog declares the engine as KV version 2, and it answered a write as version 1 does. */
export function notVersioned(reference: SecretReference): VaultError {
  return new VaultError('engine', {
    where: `${reference}`,
    summary: `the engine is KV version 1, and vault.mounts.${reference.engine} says 2: what was written lies at ${reference.engine}/data/${reference.path}`,
    fixes: ['correct the catalog, store it again, and remove that'],
  });
}

/** The error of a 404 that is not about the secret; undefined where it is. */
export function noEngine(place: Place, answer: Answer): VaultError | undefined {
  if (answer.errors.some(isNoRoute)) {
    return new VaultError('engine', {
      where: `${place}`,
      summary: `nothing is mounted at "${place.engine}"`,
      fixes: ['correct the first part of the reference', 'mount a kv engine there'],
    });
  }
  const reason = [...answer.errors, ...answer.warnings].map((text) => shortened(text)).join('; ');
  if (reason === '') return undefined;
  return new VaultError('refused', { where: `${place}`, summary: `the server answered 404: ${reason}` });
}
