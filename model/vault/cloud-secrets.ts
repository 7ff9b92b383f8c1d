/** The clouds whose credentials the controller's SDK reads from Vault (docs/reference/vcp.md). */
export type Cloud = keyof typeof CLOUD_SECRETS;

/**
 * The secrets of each cloud: their names in the SDK's configuration, and the last segment of their path
 * (`vault://<engine>/<cloud>/<segment>`). Both are the same but for Hokudai's user name.
 */
export const CLOUD_SECRETS = {
  aws: { access_key: 'access_key', secret_key: 'secret_key' },
  azure: {
    subscription_id: 'subscription_id',
    client_id: 'client_id',
    client_secret: 'client_secret',
    tenant_id: 'tenant_id',
  },
  oracle: { user_ocid: 'user_ocid', fingerprint: 'fingerprint', private_key: 'private_key' },
  sakura: { token: 'token', secret: 'secret' },
  vmware: { user: 'user', password: 'password' },
  hokudai: { user_name: 'user', password: 'password' },
  gcp: { credentials: 'credentials' },
  chameleon: {
    application_credential_id: 'application_credential_id',
    application_credential_secret: 'application_credential_secret',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/** The paths of a cloud's secrets below a folder: `aws/access_key`, …, in the order of the SDK's configuration. */
export function cloudSecretPaths(cloud: Cloud): readonly string[] {
  return Object.values<string>(CLOUD_SECRETS[cloud]).map((segment) => `${cloud}/${segment}`);
}
