import type { VaultCore } from '../core/core';
import { WRAPPING_POLICY } from '../core/default-policy';
import type { Backend, Call } from '../core/route';
import type { Token } from '../core/tokens';
import { timestamp } from '../request/duration';
import { type Answer, badRequest, type Json, VaultError } from '../request/exchange';

const TYPE = 'vault_wrapped_response';

/** Stores the body of a reply under a new token that works once. @returns the body to send in its place */
export function wrapped(vault: VaultCore, body: Json, path: string, seconds: number): Json {
  const { secret, token } = vault.tokens.create({
    policies: [WRAPPING_POLICY],
    path,
    display_name: '',
    meta: null,
    num_uses: 1,
    creation_ttl: seconds,
    explicit_max_ttl: seconds,
    period: 0,
    renewable: false,
    orphan: true,
    parent: '',
    role: '',
  });
  vault.store.put(TYPE, token.accessor, { response: body });
  // The accessor of a secret id is included, so that the secret id can be destroyed without unwrapping it.
  const { auth, data } = body as { readonly auth?: Json | null; readonly data?: Json | null };
  const accessor = auth?.accessor ?? data?.secret_id_accessor;
  return {
    request_id: '',
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data: null,
    wrap_info: {
      token: secret,
      accessor: token.accessor,
      ttl: seconds,
      creation_time: timestamp(vault.now()),
      creation_path: path,
      ...(typeof accessor === 'string' ? { wrapped_accessor: accessor } : {}),
    },
    warnings: null,
    auth: null,
  };
}

/** Deletes the wrapped response of a token that has been revoked. */
export function forgetWrapped({ store }: Pick<VaultCore, 'store'>, accessor: string): void {
  store.delete(TYPE, accessor);
}

/** The wrapping token in a request's body, or else the token of the request. */
function named(call: Call): Token {
  const secret = call.fields.text('token') || call.request.token;
  if (secret === '') throw new VaultError(403, 'error validating wrapping token: token is empty');
  const token = call.vault.tokens.find(secret);
  if (token === undefined || call.vault.store.get(TYPE, token.accessor) === undefined)
    throw badRequest('wrapping token is not valid or does not exist');
  return token;
}

/** The wrapped response. It is deleted together with its token. */
function unwrapped(call: Call): Json {
  const token = named(call);
  const response = call.vault.store.get(TYPE, token.accessor)?.response as Json;
  call.vault.tokens.revoke(token.accessor);
  return response;
}

function lookUp(call: Call): Answer {
  const { path, creation_time, creation_ttl } = named(call);
  return {
    data: {
      creation_path: path,
      creation_time: timestamp(creation_time * 1000),
      creation_ttl,
    },
  };
}

function rewrap(call: Call): Answer {
  const token = named(call);
  const body = unwrapped(call);
  return { bare: wrapped(call.vault, body, token.path, token.creation_ttl) };
}

/** The routes of response wrapping. */
export const SYS_WRAPPING: Backend = [
  {
    path: /^wrapping\/wrap$/,
    doubled: true,
    write: (call) => {
      if (!call.request.wrapSeconds) throw badRequest('endpoint requires response wrapping to be used');
      return { data: call.fields.body };
    },
  },
  { path: /^wrapping\/lookup$/, open: true, read: lookUp, write: lookUp },
  { path: /^wrapping\/unwrap$/, first: named, write: (call) => ({ bare: unwrapped(call) }) },
  { path: /^wrapping\/rewrap$/, write: rewrap },
];
