import { isObject, type ObjectValue } from '../../protocol/values';
import { text } from '../../provider/attributes';
import type { Json } from '../request/exchange';
import type { VaultResource } from './resource';
import { bodyOf, fullBodyOf, picked, terraformValue } from './values';

const LISTS = [
  'audit_non_hmac_request_keys',
  'audit_non_hmac_response_keys',
  'passthrough_request_headers',
  'allowed_response_headers',
  'listing_visibility',
];

function times(given: ObjectValue): Json {
  const { default_lease_ttl_seconds: usual, max_lease_ttl_seconds: longest } = given;
  return {
    ...(typeof usual === 'number' ? { default_lease_ttl: `${usual}s` } : {}),
    ...(typeof longest === 'number' ? { max_lease_ttl: `${longest}s` } : {}),
  };
}

/** A path of a mount without the slashes around it, which the server takes and the state keeps. */
export function trimmed(path: string): string {
  return path.replace(/^\/|\/$/g, '');
}

/** Settings that a read takes from the server's `config`. */
const SETTINGS = [
  ...LISTS,
  'allowed_managed_keys',
  'delegated_auth_accessors',
  'identity_token_key',
  'force_no_cache',
];

/**
 * The type and the options of a mount. The server says kv with version 2 of a mount that was made as kv-v2; the state keeps the alias,
 * and has the version only if the options had it before.
 */
function kindOf({ type, options }: Json, state: ObjectValue): ObjectValue {
  const told = terraformValue(options);
  const versions = isObject(told) ? told : {};
  if (text(state, 'type') !== 'kv-v2' || type !== 'kv' || versions.version !== '2')
    return { type: terraformValue(type), options: told };
  const { version, ...others } = versions;
  const before = state.options ?? null;
  const hadVersion = isObject(before) && (before.version ?? '') !== '';
  return { type: 'kv-v2', options: hadVersion ? { ...others, version } : others };
}

/** `vault_mount`. The id is the path. A new path moves the mount with its contents. */
export const mount: VaultResource = {
  create(api, given) {
    const path = text(given, 'path');
    api.write(`sys/mounts/${trimmed(path)}`, {
      ...bodyOf(given, ['type', 'description', 'local', 'options', 'seal_wrap', 'external_entropy_access']),
      config: { ...bodyOf(given, LISTS), ...times(given) },
    });
    return { id: path };
  },
  read(api, id, state) {
    const found = api.mount(trimmed(id));
    if (found === undefined) return undefined;
    const config = found.config as Json;
    return {
      path: id,
      ...kindOf(found, state),
      ...picked(found, ['description', 'accessor', 'local', 'seal_wrap', 'external_entropy_access']),
      ...picked(config, SETTINGS),
      default_lease_ttl_seconds: Number(config.default_lease_ttl),
      max_lease_ttl_seconds: Number(config.max_lease_ttl),
    };
  },
  update(api, id, { prior, planned }) {
    const path = text(planned, 'path');
    if (path !== id) api.write('sys/remount', { from: id, to: path }, 'error remounting in Vault');
    api.write(
      `sys/mounts/${trimmed(path)}/tune`,
      { ...fullBodyOf(planned, prior, ['description', 'options', ...LISTS]), ...times(planned) },
      'error updating Vault',
    );
    return path;
  },
  delete: (api, id) => api.delete(`sys/mounts/${trimmed(id)}`),
};
