import type { SandboxObject } from '../../store/sandbox-object';

/** Attributes, by the type of an object, below which every value is a secret. */
const SECRET: Readonly<Record<string, readonly string[]>> = {
  vault_kv_secret: ['data'],
  vault_kv_secret_v2: ['data'],
  vault_cubbyhole: ['data'],
  vault_wrapped_response: ['response'],
  vault_token: ['token_sha256'],
  vault_approle_auth_backend_role_secret_id: ['secret_id_sha256'],
};

function masked(value: unknown, mask: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return mask;
  return Object.fromEntries(Object.keys(value).map((name) => [name, mask]));
}

function without(value: unknown, names: readonly string[], mask: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      names.includes(name) && part !== null ? masked(part, mask) : without(part, names, mask),
    ]),
  );
}

/** An object as it may be shown: of what Vault keeps, the names of the fields stay and the values go. */
export function withoutSecretValues(object: SandboxObject, mask: string): SandboxObject {
  const names = SECRET[object.type];
  if (names === undefined) return object;
  return {
    ...object,
    attributes: without(object.attributes, names, mask) as SandboxObject['attributes'],
  };
}
