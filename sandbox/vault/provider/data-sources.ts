import type { ObjectValue } from '../../protocol/values';
import { flag, number, text } from '../../provider/attributes';
import { crc32 } from '../../provider/derived';
import type { Json } from '../request/exchange';
import { type Api, ProviderError } from './api';
import { policyDocument } from './policy-document';
import { backendOf } from './roles';
import { dataJson, dataMap, versionedMount } from './secrets';
import type { VaultDataType } from './types';
import { picked } from './values';

type Reader = (api: Api, config: ObjectValue) => ObjectValue;

function nothingAt(path: string): ProviderError {
  return new ProviderError(`no secret found at "${path}"`);
}

/** A secret of KV v1 or v2, by a path of version 1. */
function plainSecret(api: Api, path: string, version: number): ObjectValue {
  const mount = versionedMount(api, path);
  const at = mount === undefined ? path : `${mount}data/${path.slice(mount.length)}`;
  const found = api.read(at, version > 0 ? { version: String(version) } : {});
  if (found === undefined) throw nothingAt(path);
  const data = (mount === undefined ? found.data : (found.data.data ?? {})) as Json;
  return {
    id: path,
    data: dataMap(data),
    data_json: dataJson(data),
    lease_duration: found.leaseSeconds,
    lease_id: '',
    lease_renewable: false,
  };
}

/** A version of a secret of KV v2, for the data source and the ephemeral resource. */
export function versionedSecret(api: Api, config: ObjectValue): ObjectValue {
  const path = `${text(config, 'mount')}/data/${text(config, 'name')}`;
  const version = number(config, 'version') ?? 0;
  const found = api.read(path, version > 0 ? { version: String(version) } : {});
  if (found === undefined) throw nothingAt(path);
  const data = (found.data.data ?? {}) as Json;
  const metadata = (found.data.metadata ?? {}) as Json;
  return {
    id: path,
    path,
    data: dataMap(data),
    data_json: dataJson(data),
    ...picked(metadata, ['created_time', 'custom_metadata', 'deletion_time', 'destroyed']),
  };
}

const READERS: Readonly<Record<VaultDataType, Reader>> = {
  vault_approle_auth_backend_role_id: (api, config) => {
    const path = `auth/${backendOf(config)}/role/${text(config, 'role_name')}/role-id`;
    const found = api.read(path);
    if (found === undefined) throw new ProviderError(`no AppRole auth backend role ID found at "${path}"`);
    return { id: path, backend: backendOf(config), ...picked(found.data, ['role_id']) };
  },
  vault_auth_backend: (api, config) => {
    const path = text(config, 'path').replace(/\/$/, '');
    const found = api.mount(`auth/${path}`);
    if (found === undefined) throw new ProviderError(`auth backend "${path}" not found`);
    const settings = found.config as Json;
    return {
      id: path,
      ...picked(found, ['type', 'description', 'accessor', 'local']),
      default_lease_ttl_seconds: Number(settings.default_lease_ttl),
      max_lease_ttl_seconds: Number(settings.max_lease_ttl),
      listing_visibility: String(settings.listing_visibility ?? ''),
    };
  },
  vault_generic_secret: (api, config) => ({
    ...plainSecret(api, text(config, 'path'), number(config, 'version') ?? 0),
    ...(flag(config, 'with_lease_start_time') ? { lease_start_time: new Date().toISOString() } : {}),
  }),
  vault_kv_secret: (api, config) => plainSecret(api, text(config, 'path'), 0),
  vault_kv_secret_v2: versionedSecret,
  vault_policy_document: (_, config) => {
    const hcl = policyDocument(config);
    return { hcl, id: String(crc32(hcl)) };
  },
};

/** Reads a data source. @throws {@link ProviderError} with the provider's message */
export function readVaultData(api: Api, type: string, config: ObjectValue): ObjectValue {
  const reader = (READERS as Readonly<Record<string, Reader>>)[type];
  if (reader === undefined) throw new ProviderError(`The sandbox does not simulate the data source ${type}`);
  return reader(api, config);
}
