import type { ObjectValue } from '../../protocol/values';
import { text } from '../../provider/attributes';
import type { Json } from '../request/exchange';
import type { Api } from './api';
import type { VaultResource } from './resource';
import { bodyOf, fullBodyOf, picked } from './values';

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

function trimmed(path: string): string {
  return path.replace(/^\/|\/$/g, '');
}

/** A mount, read from the list of all mounts: a read of one mount does not distinguish a missing mount from a refusal. */
export function mountAt(api: Api, list: 'sys/mounts' | 'sys/auth', path: string): Json | undefined {
  return api.read(list)?.data[`${trimmed(path)}/`] as Json | undefined;
}

/** `vault_mount`. The id is the path. A new path moves the mount with its contents. */
export const mount: VaultResource = {
  create(api, given) {
    const path = trimmed(text(given, 'path'));
    api.write(`sys/mounts/${path}`, {
      ...bodyOf(given, ['type', 'description', 'local', 'options', 'seal_wrap', 'external_entropy_access']),
      config: { ...bodyOf(given, LISTS), ...times(given) },
    });
    return { id: path };
  },
  read(api, id) {
    const found = mountAt(api, 'sys/mounts', id);
    if (found === undefined) return undefined;
    const config = found.config as Json;
    return {
      path: id,
      ...picked(found, [
        'type',
        'description',
        'accessor',
        'local',
        'options',
        'seal_wrap',
        'external_entropy_access',
      ]),
      ...picked(config, LISTS),
      audit_non_hmac_request_keys: (config.audit_non_hmac_request_keys ?? []) as readonly string[],
      audit_non_hmac_response_keys: (config.audit_non_hmac_response_keys ?? []) as readonly string[],
      default_lease_ttl_seconds: Number(config.default_lease_ttl),
      max_lease_ttl_seconds: Number(config.max_lease_ttl),
      force_no_cache: config.force_no_cache === true,
    };
  },
  update(api, id, { prior, planned }) {
    const path = trimmed(text(planned, 'path'));
    if (path !== id) api.write('sys/remount', { from: id, to: path }, 'error remounting in Vault');
    api.write(
      `sys/mounts/${path}/tune`,
      { ...fullBodyOf(planned, prior, ['description', 'options', ...LISTS]), ...times(planned) },
      'error updating Vault',
    );
    return path;
  },
  delete: (api, id) => api.delete(`sys/mounts/${id}`),
};
