import type { AwsSettings } from '../../../catalog/kinds/aws/settings';

type Providers = typeof import('@aws-sdk/credential-providers');
type Chain = ReturnType<Providers['fromNodeProviderChain']>;

/** What a client of AWS's SDK takes: keys, or where it gets them from. */
export type CredentialSource =
  | Awaited<ReturnType<Chain>>
  | ReturnType<Providers['fromNodeProviderChain' | 'fromTokenFile' | 'fromTemporaryCredentials']>;

/** Variables in which the credentials may be. */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The credentials of AWS in the order of Terraform's provider: the catalog's profile, else keys in the variables, else what
 * AWS's SDK finds by itself; then the role to assume.
 *
 * @param variables - those of Terraform's process
 */
export function credentialChain(
  variables: Variables,
  settings: Partial<AwsSettings>,
  region: string,
): CredentialSource {
  const providers = require('@aws-sdk/credential-providers') as Providers;
  // Whoever installs this package reads in it which Node it needs; the SDK's warning would stand on the screen of every run.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { profile, assumeRole, endpoints = {} } = settings;
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = variables;
  const hasKeys = profile === undefined && AWS_ACCESS_KEY_ID !== '' && AWS_SECRET_ACCESS_KEY !== '';
  const base = hasKeys
    ? {
        accessKeyId: AWS_ACCESS_KEY_ID,
        secretAccessKey: AWS_SECRET_ACCESS_KEY,
        ...(AWS_SESSION_TOKEN === '' ? {} : { sessionToken: AWS_SESSION_TOKEN }),
      }
    : providers.fromNodeProviderChain(profile === undefined ? {} : { profile });
  if (assumeRole === undefined) return base;
  const { roleArn, externalId, sessionName, webIdentityTokenFile } = assumeRole;
  const clientConfig = {
    region,
    ...(endpoints.sts === undefined ? {} : { endpoint: endpoints.sts }),
  };
  if (webIdentityTokenFile !== undefined) {
    return providers.fromTokenFile({
      roleArn,
      webIdentityTokenFile,
      clientConfig,
      ...(sessionName === undefined ? {} : { roleSessionName: sessionName }),
    });
  }
  return providers.fromTemporaryCredentials({
    masterCredentials: base,
    clientConfig,
    params: {
      RoleArn: roleArn,
      RoleSessionName: sessionName ?? 'kakehashi',
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    },
  });
}
