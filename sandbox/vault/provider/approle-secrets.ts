import type { ObjectValue } from '../../protocol/values';
import { flag, text } from '../../provider/attributes';
import { goJsonOf } from '../../provider/json-text';
import { seconds } from '../request/duration';
import type { Json } from '../request/exchange';
import { type Api, ProviderError, type Reply } from './api';
import type { VaultResource } from './resource';
import { backendOf } from './roles';
import { bodyOf, picked, terraformValue, unpackedText } from './values';

function rolePath(state: ObjectValue): string {
  return `auth/${backendOf(state)}/role/${text(state, 'role_name')}`;
}

function secretIdBody(given: ObjectValue): Json {
  const networks = given.cidr_list;
  return {
    ...bodyOf(given, ['metadata', 'num_uses', 'ttl', 'secret_id']),
    ...(Array.isArray(networks) ? { cidr_list: networks } : {}),
  };
}

/** The result of a look-up by accessor; undefined if the server refuses the accessor as unknown. */
function lookedUp(look: () => Reply): Reply | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function byAccessor(api: Api, state: ObjectValue): Reply | undefined {
  const path = `${rolePath(state)}/secret-id-accessor/lookup`;
  return lookedUp(() => api.write(path, { secret_id_accessor: text(state, 'accessor') }));
}

/** Whether the wrapping token still exists. When it has expired or was used, the resource is planned anew. */
function isWrapped(api: Api, state: ObjectValue): boolean {
  const accessor = text(state, 'wrapping_accessor');
  return lookedUp(() => api.write('auth/token/lookup-accessor', { accessor })) !== undefined;
}

/** `vault_approle_auth_backend_role_secret_id`: a secret id, in clear or wrapped in the state. */
export const secretId: VaultResource = {
  create(api, given) {
    const role = rolePath(given);
    const path = text(given, 'secret_id') === '' ? `${role}/secret-id` : `${role}/custom-secret-id`;
    const wrap = seconds(text(given, 'wrapping_ttl'), 'wrapping_ttl');
    const { data, wrap: info } = api.write(
      path,
      secretIdBody(given),
      'error writing AppRole auth backend role SecretID',
      wrap,
    );
    const head = `backend=${backendOf(given)}::role=${text(given, 'role_name')}`;
    if (wrap === 0) {
      const accessor = unpackedText(data.secret_id_accessor);
      const computed = { secret_id: unpackedText(data.secret_id), accessor };
      return {
        id: `${head}::accessor=${accessor}`,
        computed: { ...computed, wrapping_token: null, wrapping_accessor: null },
      };
    }
    const wrapping_accessor = unpackedText(info.accessor);
    const computed = {
      wrapping_token: unpackedText(info.token),
      wrapping_accessor,
      accessor: flag(given, 'with_wrapped_accessor') ? unpackedText(info.wrapped_accessor) : null,
      secret_id: null,
    };
    return { id: `${head}::wrapped=true::accessor=${computed.accessor ?? wrapping_accessor}`, computed };
  },
  read(api, id, state): ObjectValue | undefined {
    const [, backend = '', role_name = '', accessor = ''] =
      /^backend=(.*)::role=(.*?)(?:::wrapped=true)?::accessor=(.*)$/.exec(id) ?? [];
    if (id.includes('::wrapped=true') && !flag(state, 'with_wrapped_accessor'))
      return isWrapped(api, state) ? {} : undefined;
    const found = byAccessor(api, { ...state, backend, role_name, accessor });
    if (found === undefined) return undefined;
    const { cidr_list, secret_id_ttl, secret_id_num_uses, metadata } = found.data;
    return {
      backend,
      role_name,
      accessor,
      cidr_list: terraformValue(cidr_list),
      metadata: goJsonOf(terraformValue(metadata ?? {})),
      ttl: terraformValue(secret_id_ttl),
      num_uses: terraformValue(secret_id_num_uses),
    };
  },
  update: () => undefined,
  delete(api, _, state) {
    const accessor = text(state, 'accessor');
    if (accessor !== '')
      api.write(`${rolePath(state)}/secret-id-accessor/destroy`, { secret_id_accessor: accessor });
    else if (isWrapped(api, state))
      api.write('auth/token/revoke-accessor', { accessor: text(state, 'wrapping_accessor') });
  },
};

/** `vault_approle_auth_backend_login`: a token. The id is its accessor. */
export const login: VaultResource = {
  create(api, given) {
    const { auth } = api.write(
      `auth/${backendOf(given)}/login`,
      bodyOf(given, ['role_id', 'secret_id']),
      'error logging into AppRole auth backend',
    );
    const accessor = unpackedText(auth.accessor);
    const computed = {
      ...picked(auth, ['client_token', 'policies', 'renewable', 'lease_duration', 'metadata']),
      accessor,
      lease_started: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    };
    return { id: accessor, computed };
  },
  read(api, id, state) {
    const started = text(state, 'lease_started');
    if (started !== '' && Number.isNaN(Date.parse(started)))
      throw new ProviderError(`error parsing lease start time: ${started}`);
    const found = lookedUp(() => api.write('auth/token/lookup-accessor', { accessor: id }));
    return found && picked(found.data, ['policies', 'renewable', 'lease_duration', 'metadata', 'accessor']);
  },
  delete(api, id) {
    if (lookedUp(() => api.write('auth/token/lookup-accessor', { accessor: id })) !== undefined)
      api.write('auth/token/revoke-accessor', { accessor: id });
  },
};
