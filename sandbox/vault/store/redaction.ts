import type { SandboxObject } from '../../store/sandbox-object';

/** For each type of object, the attributes in which every value is a secret. */
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

/** An object that can be printed: values that Vault keeps secret are masked, the names of their fields are kept. */
export function withoutSecretValues(object: SandboxObject, mask: string): SandboxObject {
  const names = SECRET[object.type];
  if (names === undefined) return object;
  return {
    ...object,
    attributes: without(object.attributes, names, mask) as SandboxObject['attributes'],
  };
}
