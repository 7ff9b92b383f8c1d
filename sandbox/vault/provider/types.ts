/** The version of hashicorp/vault whose schema and recorded behaviour lie in `sandbox/schemas/`. */
export const VAULT_PROVIDER_VERSION = '5.6.0';

/** Resource types of Vault that the sandbox simulates. */
export const VAULT_MANAGED_TYPES = [
  'vault_approle_auth_backend_login',
  'vault_approle_auth_backend_role',
  'vault_approle_auth_backend_role_secret_id',
  'vault_audit',
  'vault_auth_backend',
  'vault_generic_secret',
  'vault_kv_secret',
  'vault_kv_secret_v2',
  'vault_mount',
  'vault_policy',
  'vault_token',
  'vault_token_auth_backend_role',
] as const;

export type VaultManagedType = (typeof VAULT_MANAGED_TYPES)[number];

/** Data sources of Vault that the sandbox simulates. */
export const VAULT_DATA_TYPES = [
  'vault_approle_auth_backend_role_id',
  'vault_auth_backend',
  'vault_generic_secret',
  'vault_kv_secret',
  'vault_kv_secret_v2',
  'vault_policy_document',
] as const;

export type VaultDataType = (typeof VAULT_DATA_TYPES)[number];

/** Ephemeral resources of Vault that the sandbox simulates. */
export const VAULT_EPHEMERAL_TYPES = ['vault_kv_secret_v2'] as const;
