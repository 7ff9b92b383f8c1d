import { folder, listed, pathsBelow, scanned } from '../core/entries';
import { type Backend, type Call, param } from '../core/route';
import { MAX_TTL_SECONDS } from '../core/tokens';
import { seconds } from '../request/duration';
import { badRequest, type Json, notFound, oneError, VaultError } from '../request/exchange';

export const KV1_RECORD = 'vault_kv_secret';
export const CUBBYHOLE_RECORD = 'vault_cubbyhole';

/** Where an engine stores its entries: the type of the records, and what their ids begin with. */
interface Place {
  readonly type: string;
  prefix(call: Call): string;
  /** The error for a request with a missing field. Its status differs between the two engines. */
  refusal(message: string): VaultError;
}

const SHARED: Place = { type: KV1_RECORD, prefix: ({ mount }) => mount, refusal: badRequest };

/** The place of cubbyholes: the entries of one lie below its token's accessor, and are deleted with the token. */
const OWN: Place = {
  type: CUBBYHOLE_RECORD,
  prefix: ({ caller }) => `${caller?.accessor ?? ''}/`,
  refusal: (message) => new VaultError(500, oneError(message)),
};

function entries(place: Place, leaseOf: (data: Json) => number): Backend {
  const id = (call: Call) => place.prefix(call) + param(call, 'path');
  const dataOf = (call: Call) => call.vault.store.get(place.type, id(call))?.data as Json | undefined;
  return [
    {
      path: /^(?<path>.*)$/s,
      exists: (call) => dataOf(call) !== undefined,
      read: (call) => {
        if (place === OWN && param(call, 'path') === '') throw place.refusal('missing path');
        const data = dataOf(call);
        if (data === undefined) throw notFound();
        return { data, leaseSeconds: leaseOf(data) };
      },
      write: (call) => {
        const path = param(call, 'path');
        if (!call.request.path.startsWith(call.mount)) throw place.refusal('missing path');
        if (path === '' || path.endsWith('/')) throw badRequest("cannot write to a path ending in '/'");
        if (Object.keys(call.fields.body).length === 0) throw place.refusal('missing data fields');
        call.vault.store.put(place.type, id(call), { path: call.mount + path, data: call.fields.body });
        return undefined;
      },
      list: (call) => {
        const paths = pathsBelow(call.vault.store, place.type, place.prefix(call));
        return listed(paths, folder(param(call, 'path')));
      },
      ...(place === OWN
        ? {}
        : {
            scan: (call: Call) =>
              scanned(
                pathsBelow(call.vault.store, place.type, place.prefix(call)),
                folder(param(call, 'path')),
              ),
          }),
      delete: (call) => {
        call.vault.store.delete(place.type, id(call));
        return undefined;
      },
    },
  ];
}

/** The lease of an entry of KV v1, which the entry may name in `ttl` or `lease`. Vault does not enforce it. */
function leaseSeconds({ ttl, lease }: Json): number {
  try {
    return seconds(ttl ?? lease, 'ttl') || MAX_TTL_SECONDS;
  } catch {
    return MAX_TTL_SECONDS;
  }
}

/** The routes of the key/value engine, version 1. */
export const KV1: Backend = entries(SHARED, leaseSeconds);

/** The routes of the cubbyhole engine: those of version 1, with separate entries for each token and no leases. */
export const CUBBYHOLE: Backend = entries(OWN, () => 0);
