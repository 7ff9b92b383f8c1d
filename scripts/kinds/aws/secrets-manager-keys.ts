import { Failure } from '../../../base/errors';
import type { NetworkTunnels } from '../../../model/tunnel/description';

/** Names under which a key may stand in an object that names its tunnel in another field. */
const KEY_NAME = /^(psk|pre_?-?shared_?-?key)$/i;

/**
 * The pre-shared keys in the secret that AWS keeps for a VPN connection, by inside CIDR.
 *
 * AWS documents that the secret holds "the pre-shared key(s)" (EC2 API reference, VpnConnection.PreSharedKeyArn), but not in
 * which layout. So every layout is accepted that has a key beside the outside address or the inside CIDR of its tunnel: as
 * the name of the field that holds the key, or in the same object. Numbers of tunnels are never used.
 *
 * @throws {@link Failure} naming the fields, never their values, where a tunnel's key can't be identified
 */
export function keysOfSecret(
  where: string,
  secret: string,
  description: NetworkTunnels,
): Readonly<Record<string, string>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(secret);
  } catch {
    throw new Failure(
      `${where}: the secret of its connection must be JSON that names each tunnel, got a text of ${secret.length} characters, not shown`,
    );
  }
  return Object.fromEntries(
    Object.entries(description.tunnels).map(([insideCidr, { outside_address }]) => {
      const found = [...new Set(keysBeside(parsed, [outside_address, insideCidr]))];
      const [key] = found;
      if (found.length !== 1 || key === undefined) {
        throw new Failure(
          `${where}: the secret of its connection must hold one key beside ${outside_address} or ${insideCidr}, got ${found.length}; its fields: ${fieldsOf(parsed).join(', ') || 'none'}`,
        );
      }
      return [insideCidr, key];
    }),
  );
}

/** Every text that stands under one of the names, or beside it in a field whose name is that of a key. */
function keysBeside(value: unknown, names: readonly string[]): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const fields = Object.entries(value);
  const isNamed = fields.some(([name, part]) => !KEY_NAME.test(name) && names.includes(String(part)));
  return fields.flatMap(([name, part]) => {
    const isKey = names.includes(name) || (isNamed && KEY_NAME.test(name));
    if (isKey && typeof part === 'string') return [part];
    if (names.includes(name)) return keyOf(part);
    return keysBeside(part, names);
  });
}

/** The key in the object that stands under a tunnel's name. */
function keyOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    KEY_NAME.test(name) && typeof part === 'string' ? [part] : [],
  );
}

function fieldsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...new Set([...names, ...Object.values(value).flatMap(fieldsOf)])].sort();
}
