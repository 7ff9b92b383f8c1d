import { folder, listed, pathsBelow, scanned } from '../core/entries';
import { type Backend, type Call, param, type Route } from '../core/route';
import { goDuration, timestamp } from '../request/duration';
import { type Answer, badRequest, type Json, notFound, VaultError } from '../request/exchange';
import { Fields } from '../request/fields';
import {
  type Entry,
  isDeleted,
  newEntry,
  oldestVersion,
  type Version,
  withVersion,
  withVersions,
} from './kv2-entry';

export const KV2_RECORD = 'vault_kv_secret_v2';
export const KV2_CONFIG_RECORD = 'vault_kv_secret_backend_v2';

function id(call: Call): string {
  return call.mount + param(call, 'path');
}

function entryOf(call: Call): Entry | undefined {
  const kept = call.vault.store.get(KV2_RECORD, id(call)) as unknown as Entry | undefined;
  // A store that was written before OpenBao's metadata versions were simulated has none.
  return (
    kept && {
      ...kept,
      current_metadata_version: kept.current_metadata_version ?? 0,
      metadata_cas_required: kept.metadata_cas_required ?? false,
    }
  );
}

function keep(call: Call, entry: Entry): void {
  call.vault.store.put(KV2_RECORD, id(call), { ...entry });
}

interface MountConfig {
  readonly max_versions: number;
  readonly cas_required: boolean;
  readonly delete_version_after_seconds: number;
  /** @default false */
  readonly metadata_cas_required?: boolean;
}

function configOf(call: Call): MountConfig {
  const kept = call.vault.store.get(KV2_CONFIG_RECORD, call.mount) as unknown as MountConfig | undefined;
  return kept ?? { max_versions: 0, cas_required: false, delete_version_after_seconds: 0 };
}

function metadataOf(entry: Entry, number: number, { created_time, deletion_time, destroyed }: Version): Json {
  const { custom_metadata } = entry;
  return { created_time, custom_metadata, deletion_time, destroyed, version: number };
}

function readVersion(call: Call): Answer {
  const entry = entryOf(call);
  const asked = Number(call.request.query?.version ?? 0);
  if (!Number.isInteger(asked) || asked < 0) throw badRequest('invalid version number');
  const number = asked || (entry?.current_version ?? 0);
  const version = entry?.versions[number];
  if (entry === undefined || version === undefined) throw notFound();
  const metadata = metadataOf(entry, number, version);
  if (isDeleted(version, call.vault.now())) return { status: 404, data: { data: null, metadata } };
  return { data: { data: version.data, metadata } };
}

/** Checks `cas`. @throws {@link VaultError} 400 if it is required and missing, or is not the current version */
function checkCas(call: Call, entry: Entry | undefined): void {
  const options = new Fields(call.fields.map('options') ?? {});
  const required = entry?.cas_required === true || configOf(call).cas_required;
  if (required && !options.has('cas')) throw badRequest('check-and-set parameter required for this call');
  if (options.has('cas') && options.count('cas') !== (entry?.current_version ?? 0))
    throw badRequest('check-and-set parameter did not match the current version');
}

function addVersion(call: Call, entry: Entry | undefined, data: Json): Answer {
  const config = configOf(call);
  const now = call.vault.now();
  const born = entry ?? {
    ...newEntry(now),
    delete_version_after_seconds: config.delete_version_after_seconds,
  };
  const next = withVersion(born, data, now, config.max_versions);
  keep(call, next);
  const version = next.versions[next.current_version];
  return { data: version && metadataOf(next, next.current_version, version) };
}

function writeData(call: Call): Answer {
  const data = call.fields.map('data') ?? ('data' in call.fields.body ? {} : undefined);
  if (param(call, 'path') === '' || param(call, 'path').endsWith('/'))
    throw badRequest("cannot write to a path ending in '/'");
  if (data === undefined) throw badRequest('no data provided');
  const entry = entryOf(call);
  checkCas(call, entry);
  return addVersion(call, entry, data);
}

/** Applies a JSON merge patch (RFC 7396). */
function merged(before: Json, patch: Json): Json {
  const result: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(patch)) {
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (value === null) delete result[key];
    else result[key] = isNested ? merged((before[key] ?? {}) as Json, value as Json) : value;
  }
  return result;
}

function patchData(call: Call): Answer {
  const data = call.fields.map('data');
  if (data === undefined) throw badRequest('no data provided');
  const entry = entryOf(call);
  const version = entry?.versions[entry.current_version];
  if (entry === undefined || version === undefined || isDeleted(version, call.vault.now())) throw notFound();
  checkCas(call, entry);
  return addVersion(call, entry, merged(version.data ?? {}, data));
}

function changeVersions(
  call: Call,
  numbers: readonly number[],
  change: (version: Version) => Version,
): undefined {
  const entry = entryOf(call);
  if (entry !== undefined) keep(call, withVersions(entry, numbers, change));
  return undefined;
}

function deleted(call: Call): (version: Version) => Version {
  const now = call.vault.now();
  return (version) => (isDeleted(version, now) ? version : { ...version, deletion_time: timestamp(now) });
}

/** A route that changes the versions that the body lists in `versions`. */
function versionsRoute(verb: string, change: (call: Call) => (version: Version) => Version): Route {
  return {
    path: new RegExp(`^${verb}/(?<path>.+)$`, 's'),
    exists: (call) => entryOf(call) !== undefined,
    write: (call) => {
      const numbers = call.fields.list('versions').map(Number);
      if (numbers.length === 0)
        throw badRequest(`${verb === 'destroy' ? 'no' : 'No'} version number provided`);
      return changeVersions(call, numbers, change(call));
    },
  };
}

function readMetadata(call: Call): Answer {
  if (call.request.path === `${call.mount}metadata`)
    throw new Misdirected('Non-listing operations on the root of a K/V v2 mount are not supported.');
  const entry = entryOf(call);
  if (entry === undefined) throw notFound();
  const { versions, delete_version_after_seconds, current_metadata_version, metadata_cas_required, ...rest } =
    entry;
  const shown = Object.entries(versions).map(([number, { data: _, ...version }]) => [number, version]);
  return {
    data: {
      ...rest,
      ...(call.vault.kind === 'openbao' ? { current_metadata_version, metadata_cas_required } : {}),
      delete_version_after: goDuration(delete_version_after_seconds),
      oldest_version: oldestVersion(entry),
      versions: Object.fromEntries(shown),
    },
  };
}

/** Checks OpenBao's `metadata_cas`. @throws {@link VaultError} 400 if it is required and missing, or is not the current version */
function checkMetadataCas(call: Call, entry: Entry): void {
  const { fields } = call;
  const required = entry.metadata_cas_required || configOf(call).metadata_cas_required === true;
  if (call.vault.kind !== 'openbao') return;
  if (required && !fields.has('metadata_cas'))
    throw badRequest('metadata check-and-set parameter required for this call');
  if (fields.has('metadata_cas') && fields.count('metadata_cas') !== entry.current_metadata_version)
    throw badRequest('metadata check-and-set parameter does not match the current version');
}

function writeMetadata(call: Call): Answer {
  const { fields } = call;
  const before = entryOf(call) ?? newEntry(call.vault.now());
  checkMetadataCas(call, before);
  keep(call, {
    ...before,
    current_metadata_version: before.current_metadata_version + 1,
    metadata_cas_required: fields.flag('metadata_cas_required', before.metadata_cas_required),
    updated_time: timestamp(call.vault.now()),
    cas_required: fields.flag('cas_required', before.cas_required),
    max_versions: fields.count('max_versions', before.max_versions),
    custom_metadata: fields.texts('custom_metadata') ?? before.custom_metadata,
    delete_version_after_seconds: fields.seconds('delete_version_after', before.delete_version_after_seconds),
  });
  return undefined;
}

/** A handler for a path of version 1, to which Vault answers with a warning in a body without data. */
function misdirected(command: string): () => never {
  const warning =
    'Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use. ' +
    `If using the Vault CLI, use 'vault kv ${command}' for this operation.`;
  return () => {
    throw new Misdirected(warning);
  };
}

/** A request to KV v2 had a path of version 1. Vault answers with status 404, and a warning in place of an error. */
export class Misdirected extends VaultError {
  constructor(readonly warning: string) {
    super(404);
  }
}

/** The routes of the key/value engine, version 2. */
export const KV2: Backend = [
  {
    path: /^config$/,
    read: (call) => {
      const {
        max_versions,
        cas_required,
        delete_version_after_seconds,
        metadata_cas_required = false,
      } = configOf(call);
      const delete_version_after = goDuration(delete_version_after_seconds);
      const own = call.vault.kind === 'openbao' ? { metadata_cas_required } : {};
      return { data: { cas_required, delete_version_after, max_versions, ...own } };
    },
    write: (call) => {
      const { fields } = call;
      const before = configOf(call);
      call.vault.store.put(KV2_CONFIG_RECORD, call.mount, {
        max_versions: fields.count('max_versions', before.max_versions),
        cas_required: fields.flag('cas_required', before.cas_required),
        metadata_cas_required: fields.flag('metadata_cas_required', before.metadata_cas_required),
        delete_version_after_seconds: fields.seconds(
          'delete_version_after',
          before.delete_version_after_seconds,
        ),
      });
      return undefined;
    },
  },
  {
    path: /^data\/(?<path>.*)$/s,
    exists: (call) => entryOf(call) !== undefined,
    read: readVersion,
    write: writeData,
    patch: patchData,
    list: misdirected('list'),
    delete: (call) => changeVersions(call, [entryOf(call)?.current_version ?? 0], deleted(call)),
  },
  versionsRoute('delete', deleted),
  versionsRoute(
    'undelete',
    () => (version) => (version.destroyed ? version : { ...version, deletion_time: '' }),
  ),
  versionsRoute('destroy', () => (version) => ({ ...version, destroyed: true, data: null })),
  {
    path: /^metadata(\/(?<path>.*))?$/s,
    exists: (call) => entryOf(call) !== undefined,
    read: readMetadata,
    write: writeMetadata,
    list: (call) => listed(pathsBelow(call.vault.store, KV2_RECORD, call.mount), folder(param(call, 'path'))),
    scan: (call) =>
      scanned(pathsBelow(call.vault.store, KV2_RECORD, call.mount), folder(param(call, 'path'))),
    delete: (call) => {
      call.vault.store.delete(KV2_RECORD, id(call));
      return undefined;
    },
  },
  {
    path: /^.*$/s,
    read: misdirected('get'),
    write: misdirected('put'),
    patch: misdirected('patch'),
    list: misdirected('list'),
    delete: misdirected('delete'),
  },
];
