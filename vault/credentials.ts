import type { Catalog } from '../catalog/ground/catalog';
import type { SecretReference } from '../model/vault/secret-reference';
import type { VaultClient } from './client';
import { isGeneral, VaultError } from './vault-error';

/** Variables that AWS's SDK would prefer to these credentials, or mix with them. */
const WINNING = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
];

/**
 * Reads the cloud credentials that a catalog keeps in Vault, as the variables that Terraform's providers read; empty where
 * it keeps none. Each value is added to the masks. See {@link withCredentials}.
 *
 * @throws {@link VaultError} that names every reference which can't be read
 */
export async function credentialVariables(
  catalog: Catalog,
  client: Pick<VaultClient, 'read'>,
): Promise<Record<string, string>> {
  const { credentials } = catalog.aws;
  if (credentials === undefined) return {};
  const references: Record<string, SecretReference> = {
    AWS_ACCESS_KEY_ID: credentials.accessKey,
    AWS_SECRET_ACCESS_KEY: credentials.secretKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
  };
  return readAll(client, references);
}

/** The variables of a child process with these credentials, without those that would take their place or be mixed with them. */
export function withCredentials(
  variables: NodeJS.ProcessEnv,
  credentials: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  if (Object.keys(credentials).length === 0) return variables;
  const kept = Object.entries(variables).filter(([name]) => !WINNING.includes(name));
  return { ...Object.fromEntries(kept), ...credentials };
}

/** Reads several secrets. An error that all of them share is thrown at once; the others are collected into one. */
export async function readAll(
  client: Pick<VaultClient, 'read'>,
  references: Readonly<Record<string, SecretReference>>,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  const failures: VaultError[] = [];
  for (const [name, reference] of Object.entries(references)) {
    try {
      values[name] = await client.read(reference);
    } catch (error) {
      if (!(error instanceof VaultError) || isGeneral(error)) throw error;
      failures.push(error);
    }
  }
  const [first, ...others] = failures;
  if (first === undefined) return values;
  const lines = failures.map(({ message }) => message);
  throw others.length === 0 ? first : new VaultError(first.code, [...new Set(lines)].join('\n'));
}
