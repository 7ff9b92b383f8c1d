import { readFileSync } from 'node:fs';
import type { AwsSettings } from '../../../catalog/kinds/aws/settings';
import type { ServerTimes } from '../server-times';
import { credentialChain } from './credential-chain';

/** The longest time for a connection and for a request, in milliseconds. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
/** The longest time for finding credentials and asking who they are. */
const WHOLE_MS = 25_000;

/** Who a request was signed by. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** Why it is not known. */
export interface NoIdentity {
  /** AWS's code, or that of the connection: `ExpiredToken`, `ECONNREFUSED`. */
  readonly code: string;
  readonly message: string;
  /** Whether STS answered. */
  readonly hasAnswered: boolean;
  readonly endpoint: string;
}

export interface IdentityQuestion {
  /** Those of Terraform's process. */
  readonly variables: NodeJS.ProcessEnv;
  readonly settings: AwsSettings;
  readonly region: string;
  readonly stop: AbortSignal;
  /** Is told the time that STS sends with its answer. */
  readonly times: ServerTimes;
}

/** Asks STS who the provider's credentials are. */
export async function askIdentity(question: IdentityQuestion): Promise<Identity | NoIdentity> {
  const { STSClient, GetCallerIdentityCommand } =
    require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  const { variables, settings, region, stop, times } = question;
  const endpoint = settings.endpoints.sts ?? (variables.AWS_ENDPOINT_URL_STS || variables.AWS_ENDPOINT_URL);
  const authorities = variables.AWS_CA_BUNDLE;
  const client = new STSClient({
    region,
    maxAttempts: 2,
    credentials: credentialChain(variables, settings, region),
    requestHandler: {
      ...TIMEOUTS,
      ...(authorities ? { httpsAgent: { ca: readFileSync(authorities) } } : {}),
    },
    ...(endpoint ? { endpoint } : {}),
  });
  let hasAnswered = false;
  let asked = endpoint || `sts.${region}`;
  client.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args as { request?: { hostname?: string } };
      asked = request?.hostname ?? asked;
      const result = await next(args);
      const { headers } = result.response as { headers?: Readonly<Record<string, string>> };
      hasAnswered = true;
      times.note(asked, headers?.date);
      return result;
    },
    // Before the answer is read, so that a refusal tells the time too.
    { step: 'deserialize', priority: 'low', name: 'serverTime' },
  );
  try {
    const abortSignal = AbortSignal.any([stop, AbortSignal.timeout(WHOLE_MS)]);
    const answer = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
  } catch (error) {
    const { name, message, code } = error as Error & { readonly code?: string };
    const [connection] = /\bE[A-Z]{4,}\b/.exec(message) ?? [];
    return {
      code: code ?? (hasAnswered ? name : (connection ?? name)),
      message,
      hasAnswered,
      endpoint: asked,
    };
  } finally {
    client.destroy();
  }
}
