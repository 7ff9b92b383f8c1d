import { type ObjectValue, unordered, type Value } from '../../protocol/values';
import { flag, number, objects, text } from '../../provider/attributes';
import { goJsonOf } from '../../provider/json-text';
import { seconds } from '../request/duration';
import type { Json } from '../request/exchange';
import { type Api, ProviderError } from './api';
import { trimmed } from './mount';
import type { VaultResource } from './resource';
import { terraformValue } from './values';

/** The object that a JSON text holds. */
function parsed(json: string): Json {
  try {
    return JSON.parse(json) as Json;
  } catch {
    throw new ProviderError('data_json syntax error: must be a JSON object');
  }
}

/** The fields of a secret as a map of texts. Values of other types are JSON. */
export function dataMap(data: Json): ObjectValue {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]): [string, Value] => [
      name,
      typeof value === 'string' ? value : goJsonOf(terraformValue(value)),
    ]),
  );
}

export function dataJson(data: Json): string {
  return goJsonOf(terraformValue(data));
}

/** The path of the KV v2 mount that serves a path; undefined if the mount is not of version 2. */
export function versionedMount(api: Api, path: string): string | undefined {
  const mounts = api.read('sys/mounts')?.data ?? {};
  const mount = Object.keys(mounts).find((each) => path.startsWith(each));
  const options = (mount === undefined ? undefined : (mounts[mount] as Json).options) as
    | Json
    | null
    | undefined;
  return options?.version === '2' ? mount : undefined;
}

/** `vault_kv_secret`: a secret of KV v1, with its values in the state. The id is the path. */
export const kvSecret: VaultResource = {
  create(api, given) {
    const path = text(given, 'path');
    api.write(path, parsed(text(given, 'data_json')));
    return { id: path };
  },
  read(api, id) {
    const found = api.read(id);
    return found && { path: id, data: dataMap(found.data), data_json: dataJson(found.data) };
  },
  update(api, id, { planned }) {
    api.write(id, parsed(text(planned, 'data_json')));
    return undefined;
  },
  delete: (api, id) => api.delete(id),
};

/** The path in a mount of version 2 for a path of version 1. */
function versionedPath(mount: string, path: string, kind: 'data' | 'metadata'): string {
  return `${mount}${kind}/${path.slice(mount.length)}`;
}

/** `vault_generic_secret`: a secret of KV v1 or v2. The id is the path of version 1. */
export const genericSecret: VaultResource = {
  create(api, given) {
    const path = text(given, 'path');
    const mount = versionedMount(api, path);
    const data = parsed(text(given, 'data_json'));
    if (mount === undefined) api.write(path, data);
    else api.write(versionedPath(mount, path, 'data'), { data });
    return { id: path };
  },
  read(api, id, state): ObjectValue | undefined {
    const settings = {
      disable_read: flag(state, 'disable_read'),
      delete_all_versions: flag(state, 'delete_all_versions'),
    };
    if (settings.disable_read) {
      const data_json = text(state, 'data_json');
      return { ...settings, data: dataMap(parsed(data_json)), data_json };
    }
    const mount = versionedMount(api, id);
    const found = api.read(mount === undefined ? id : versionedPath(mount, id, 'data'));
    if (found === undefined) return undefined;
    const data = (mount === undefined ? found.data : (found.data.data ?? {})) as Json;
    return { ...settings, path: id, data: dataMap(data), data_json: dataJson(data) };
  },
  update(api, id, { planned }) {
    this.create(api, { ...planned, path: id }, planned);
    return undefined;
  },
  delete(api, id, state) {
    const mount = versionedMount(api, id);
    if (mount === undefined) api.delete(id);
    else api.delete(versionedPath(mount, id, flag(state, 'delete_all_versions') ? 'metadata' : 'data'));
  },
};

/** Writes the settings in the block `custom_metadata`. */
function writeMetadata(api: Api, id: string, given: ObjectValue): void {
  const [metadata] = objects(given, 'custom_metadata');
  if (metadata === undefined) return;
  const after = number(metadata, 'delete_version_after') ?? 0;
  api.write(id.replace('/data/', '/metadata/'), {
    max_versions: number(metadata, 'max_versions') ?? 0,
    cas_required: flag(metadata, 'cas_required'),
    delete_version_after: `${after}s`,
    custom_metadata: metadata.data ?? {},
  });
}

/** The block `custom_metadata` as the server has it. */
function readMetadata(api: Api, id: string): ObjectValue {
  const { data } = api.read(id.replace('/data/', '/metadata/')) ?? { data: {} as Json };
  return {
    max_versions: Number(data.max_versions ?? 0),
    cas_required: data.cas_required === true,
    delete_version_after: seconds(String(data.delete_version_after ?? '0s'), 'delete_version_after'),
    data: terraformValue(data.custom_metadata) ?? {},
  };
}

/** Writes a new version. @param config the configuration, which alone holds the write-only value */
function writeVersion(api: Api, id: string, given: ObjectValue, config: ObjectValue): void {
  const cas = number(given, 'cas');
  const options = { ...((given.options ?? {}) as Json), ...(cas === undefined ? {} : { cas }) };
  const data = parsed(text(config, 'data_json_wo') || text(given, 'data_json') || '{}');
  api.write(id, { data, ...(Object.keys(options).length === 0 ? {} : { options }) });
}

const SHOWN = ['created_time', 'custom_metadata', 'deletion_time', 'destroyed', 'version'];

/** `vault_kv_secret_v2`: a secret of KV v2. Write-only values are not in the state. The id is the path. */
export const kvSecretV2: VaultResource = {
  create(api, given, config) {
    const name = text(given, 'name').replace(/^\/|\/$/g, '');
    const id = `${text(given, 'mount').replace(/^\/|\/$/g, '')}/data/${name}`;
    if (api.mount(trimmed(text(given, 'mount'))) === undefined)
      throw new ProviderError(`error writing to Vault: no secret engine mount at ${text(given, 'mount')}`);
    writeVersion(api, id, given, config);
    writeMetadata(api, id, given);
    return { id, computed: { path: id } };
  },
  read(api, id, state) {
    const [mount = '', name = ''] = id.split(/\/data\/(.*)/s);
    const place = { mount, name, path: id };
    if (flag(state, 'disable_read')) return place;
    const found = api.read(id);
    if (found === undefined) return undefined;
    const metadata = (found.data.metadata ?? {}) as Json;
    const shown = SHOWN.map((key): [string, Value] => [
      key,
      key === 'custom_metadata' ? goJsonOf(terraformValue(metadata[key])) : String(metadata[key] ?? ''),
    ]);
    // The provider leaves the value to `data_json` of the configuration, and does not read it.
    return {
      ...place,
      data: {},
      metadata: Object.fromEntries(shown),
      custom_metadata: [readMetadata(api, id)],
    };
  },
  update(api, id, { prior, planned, config }) {
    const changed = ['data_json', 'data_json_wo_version', 'cas', 'options'].some(
      (name) => JSON.stringify(prior[name] ?? null) !== JSON.stringify(planned[name] ?? null),
    );
    if (changed) writeVersion(api, id, planned, config);
    const [before, after] = [prior.custom_metadata ?? null, planned.custom_metadata ?? null];
    if (unordered(before) !== unordered(after)) writeMetadata(api, id, planned);
    return undefined;
  },
  delete(api, id, state) {
    api.delete(flag(state, 'delete_all_versions') ? id.replace('/data/', '/metadata/') : id);
  },
};
