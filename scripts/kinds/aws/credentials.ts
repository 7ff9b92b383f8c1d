import type { Loaded } from '../../../catalog/environment/catalog';
import type { AwsCredentials } from '../../../catalog/kinds/aws/settings';
import type { VaultClient } from '../../../vault/client';
import type { CredentialSession, VariableChange } from '../kind';

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

/** AWS's credentials where the catalog keeps them in Vault, by the variables' names; empty where it does not. */
export async function awsCredentials(
  session: CredentialSession,
  { catalog }: Loaded,
): Promise<Readonly<Record<string, string>>> {
  const credentials = catalog.kinds['aws-network']?.settings.credentials;
  const { vault } = catalog.kinds;
  if (session.simulated || credentials === undefined || vault === undefined) return {};
  return credentialVariables(credentials, await session.vaults.client(vault));
}

/** What Terraform's provider needs of them. */
export async function awsVariables(session: CredentialSession, loaded: Loaded): Promise<VariableChange> {
  const credentials = await awsCredentials(session, loaded);
  return (variables) => withCredentials(variables, credentials);
}

/**
 * Reads the credentials, as the variables that the provider reads. Each value is added to the masks.
 *
 * @throws VaultError that names every reference which can't be read
 */
export async function credentialVariables(
  { accessKey, secretKey, sessionToken }: AwsCredentials,
  client: Pick<VaultClient, 'read'>,
): Promise<Record<string, string>> {
  const { readAll } = require('../../../vault/read-all') as typeof import('../../../vault/read-all');
  return readAll(client, {
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secretKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  });
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
