import type { ObjectValue } from '../../protocol/values';
import { flag, text } from '../../provider/attributes';
import { seconds } from '../request/duration';
import type { Api, Reply } from './api';
import type { VaultResource } from './resource';
import { bodyOf, picked, unpackedText } from './values';

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

function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
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
    return { id, computed: { ...computed, lease_started: now() } };
  },
  read(api, id, state) {
    const found = lookUp(api, id);
    if (found === undefined) return undefined;
    const { data } = found;
    const policies = (data.policies as readonly string[]).filter(
      (name) => name !== 'default' || flag(state, 'no_default_policy'),
    );
    return {
      policies,
      display_name: unpackedText(data.display_name).replace(/^token-/, ''),
      num_uses: Number(data.num_uses ?? 0),
      no_parent: data.orphan === true,
      renewable: data.renewable === true,
    };
  },
  update: () => undefined,
  delete(api, id) {
    if (lookUp(api, id) !== undefined) api.write('auth/token/revoke-accessor', { accessor: id });
  },
};
