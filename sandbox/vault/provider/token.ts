import type { ObjectValue } from '../../protocol/values';
import { text } from '../../provider/attributes';
import { seconds } from '../request/duration';
import type { Api, Reply } from './api';
import type { VaultResource } from './resource';
import { bodyOf, picked, terraformValue, unpackedText } from './values';

const FIELDS = [
  'policies',
  'ttl',
  'explicit_max_ttl',
  'period',
  'num_uses',
  'renewable',
  'no_default_policy',
  'no_parent',
];

function lookUp(api: Api, accessor: string): Reply | undefined {
  try {
    return api.write('auth/token/lookup-accessor', { accessor });
  } catch {
    return undefined;
  }
}

/** A time without parts of a second, as Go's RFC 3339. */
function withoutFraction(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `vault_token`. The id is the accessor. The token itself is in the state, wrapped if the configuration demands it. */
export const token: VaultResource = {
  create(api, given) {
    const role = text(given, 'role_name');
    const wrap = seconds(text(given, 'wrapping_ttl'), 'wrapping_ttl');
    const body = {
      ...bodyOf(given, FIELDS),
      display_name: text(given, 'display_name'),
      ...((given.metadata ?? null) === null ? {} : { meta: given.metadata }),
    };
    const path = role === '' ? 'auth/token/create' : `auth/token/create/${role}`;
    const { auth, wrap: info } = api.write(path, body, 'error creating token', wrap);
    const id = unpackedText(wrap === 0 ? auth.accessor : info.wrapped_accessor);
    const computed: ObjectValue =
      wrap === 0
        ? {
            ...picked(auth, ['client_token', 'lease_duration', 'renewable']),
            wrapped_token: null,
            wrapping_accessor: null,
          }
        : {
            client_token: null,
            wrapped_token: unpackedText(info.token),
            wrapping_accessor: unpackedText(info.accessor),
          };
    return { id, computed: { ...computed, lease_started: withoutFraction(Date.now()) } };
  },
  read(api, id) {
    const found = lookUp(api, id);
    if (found === undefined) return undefined;
    const { data } = found;
    const policies = (data.policies as readonly string[]).filter((name) => name !== 'default');
    const [issued, expires] = [Date.parse(String(data.issue_time)), Date.parse(String(data.expire_time))];
    return {
      policies,
      display_name: unpackedText(data.display_name).replace(/^token-/, ''),
      num_uses: Number(data.num_uses ?? 0),
      no_parent: data.orphan === true,
      renewable: data.renewable === true,
      metadata: terraformValue(data.meta),
      lease_started: withoutFraction(issued),
      lease_duration: Math.floor((expires - issued) / 1000),
    };
  },
  update: () => undefined,
  delete(api, id) {
    if (lookUp(api, id) !== undefined) api.write('auth/token/revoke-accessor', { accessor: id });
  },
};
