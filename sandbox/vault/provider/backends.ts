import type { ObjectValue, Value } from '../../protocol/values';
import { objects, text } from '../../provider/attributes';
import type { Json } from '../request/exchange';
import { trimmed } from './mount';
import type { VaultResource } from './resource';
import { bodyOf, fullBodyOf, picked, terraformValue, unpackedText } from './values';

function tuneOf(given: ObjectValue): ObjectValue | undefined {
  return objects(given, 'tune')[0];
}

function tuneBody(given: ObjectValue): Json {
  const tune = tuneOf(given) ?? {};
  const set = Object.entries(tune).filter(
    ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(set);
}

/** A time as Go shows it, without the parts at its end that are zero: `768h`, `1h30m`. */
function shownTime(total: number): string {
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const parts = [hours > 0 ? `${hours}h` : '', minutes > 0 ? `${minutes}m` : '', rest > 0 ? `${rest}s` : ''];
  return parts.join('') || '0s';
}

const HEADERS_AND_KEYS = [
  'allowed_response_headers',
  'passthrough_request_headers',
  'audit_non_hmac_request_keys',
  'audit_non_hmac_response_keys',
];

/** Empty values for all lists of the block, without which the server would keep those that were removed from it. */
function emptyLists(given: ObjectValue): Json {
  return tuneOf(given) === undefined ? {} : Object.fromEntries(HEADERS_AND_KEYS.map((name) => [name, []]));
}

/**
 * The settings of an auth method. Times are those of the state's block if it has one, since the server writes them otherwise; what the
 * block leaves out stays empty, where the server has a default for it.
 */
function readTune(server: Json, state: ObjectValue | undefined): ObjectValue {
  const lists = HEADERS_AND_KEYS.map((name): [string, Value] => [name, terraformValue(server[name]) ?? []]);
  const texts = ['token_type', 'listing_visibility'].map((name): [string, Value] => {
    const isLeftOut = state !== undefined && text(state, name) === '';
    return [name, isLeftOut ? '' : unpackedText(server[name])];
  });
  const times = ['default_lease_ttl', 'max_lease_ttl'].map((name): [string, Value] => [
    name,
    state === undefined ? shownTime(Number(server[name] ?? 0)) : text(state, name),
  ]);
  return Object.fromEntries([...lists, ...texts, ...times]);
}

/** `vault_auth_backend`. The id is the path, by default the type. */
export const authBackend: VaultResource = {
  create(api, given) {
    const path = text(given, 'path') || text(given, 'type');
    api.write(`sys/auth/${trimmed(path)}`, {
      ...bodyOf(given, ['type', 'description', 'local']),
      config: tuneBody(given),
    });
    return { id: path };
  },
  read(api, id, state) {
    const found = api.mount(`auth/${trimmed(id)}`);
    if (found === undefined) return undefined;
    const settings = api.read(`sys/mounts/auth/${trimmed(id)}/tune`)?.data ?? {};
    return {
      path: id,
      ...picked(found, ['type', 'description', 'accessor', 'local']),
      tune: [readTune(settings, tuneOf(state))],
    };
  },
  update(api, id, { prior, planned }) {
    api.write(
      `sys/mounts/auth/${trimmed(id)}/tune`,
      { ...fullBodyOf(planned, prior, ['description']), ...emptyLists(planned), ...tuneBody(planned) },
      'error updating Vault',
    );
    return undefined;
  },
  delete: (api, id) => api.delete(`sys/auth/${trimmed(id)}`),
};

/** `vault_audit`. The id is the path, by default the type. */
export const audit: VaultResource = {
  create(api, given) {
    const path = (text(given, 'path') || text(given, 'type')).replace(/^\/|\/$/g, '');
    api.write(
      `sys/audit/${path}`,
      bodyOf(given, ['type', 'description', 'local', 'options']),
      'error enabling audit backend',
    );
    return { id: path };
  },
  read(api, id) {
    const found = api.read('sys/audit')?.data[`${id}/`] as Json | undefined;
    return found && { path: id, ...picked(found, ['type', 'description', 'local', 'options']) };
  },
  delete: (api, id) => api.delete(`sys/audit/${id}`),
};
