import { Failure } from '../../../base/errors';
import type { Loaded } from '../../../catalog/environment/catalog';
import { sandboxFiles } from '../../session/folders';
import type { Session } from '../../session/session';
import { credentialChain } from './credential-chain';
import { awsCredentials, withCredentials } from './credentials';

/** A secret of Secrets Manager. */
export interface SecretRequest {
  readonly arn: string;
  readonly region: string;
  /** Names endpoints and credentials: the same that the provider uses. */
  readonly loaded: Loaded;
}

/**
 * The text of one secret of AWS's Secrets Manager, with the credentials that the provider would use; in the sandbox, that of
 * the simulated connection.
 *
 * @throws {@link Failure} with AWS's error code; the secret is not in the message
 */
export async function readSecret(session: Session, request: SecretRequest): Promise<string> {
  const { arn } = request;
  const text = session.simulated ? simulated(arn) : await fetchSecret(session, request);
  if (text === undefined || text === '')
    throw new Failure(`${arn}: holds no text: is it the secret of a VPN connection?`);
  return text;
}

function simulated(arn: string): string | undefined {
  const { simulatedSecret } =
    require('../../../sandbox/aws/secrets') as typeof import('../../../sandbox/aws/secrets');
  return simulatedSecret(sandboxFiles().objectsFile, arn);
}

async function fetchSecret(
  session: Session,
  { arn, region, loaded }: SecretRequest,
): Promise<string | undefined> {
  const { SecretsManagerClient, GetSecretValueCommand } =
    require('@aws-sdk/client-secrets-manager') as typeof import('@aws-sdk/client-secrets-manager');
  const endpoint = loaded.catalog.kinds['aws-network']?.settings.endpoints.secretsmanager;
  const settings = loaded.catalog.kinds['aws-network']?.settings ?? {};
  const variables = withCredentials(session.variables, await awsCredentials(session, loaded));
  const client = new SecretsManagerClient({
    region,
    credentials: credentialChain(variables, settings, region),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }), {
      abortSignal: session.stop,
    });
    return SecretString;
  } catch (error) {
    const { name, message } = error as Error;
    throw new Failure(
      `${arn}: can't be read from Secrets Manager: ${name}: ${message}; the gateway's files need secretsmanager:GetSecretValue on it`,
    );
  } finally {
    client.destroy();
  }
}
