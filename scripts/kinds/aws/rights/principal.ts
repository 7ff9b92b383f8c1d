import type { JsonMap } from '../../../../catalog/ground/json';
import { shortError } from '../../../../terraform/diagnostics';
import { TerraformError } from '../../../../terraform/terraform';
import type { AskCloud } from '../../rights';

/** Whose policies a simulation looks at. */
export interface Principal {
  /** Of the user or the role. */
  readonly arn: string;
  readonly account: string;
}

/** Why there is none. */
export interface NoPrincipal {
  readonly because: string;
  /** Whether AWS refuses the credentials themselves. */
  readonly isRefused: boolean;
}

const ME = 'rights';
const WHO: JsonMap = {};

/** Who the credentials are. Of an assumed role it is the role, whose path only IAM knows: it asks for `iam:GetRole`. */
export async function principalOf(ask: AskCloud, provider: JsonMap): Promise<Principal | NoPrincipal> {
  const identity = { aws_caller_identity: { [ME]: WHO } };
  const values = {
    arn: `\${data.aws_caller_identity.${ME}.arn}`,
    account: `\${data.aws_caller_identity.${ME}.account_id}`,
  };
  try {
    const session = { aws_iam_session_context: { [ME]: { arn: values.arn } } };
    const answers = await ask({
      data: { ...identity, ...session },
      values: { ...values, role: `\${data.aws_iam_session_context.${ME}.issuer_arn}` },
      provider,
    });
    return chosen(String(answers.role), String(answers.account));
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    if (!isAbout(error, 'aws_iam_session_context')) return refusalOf(error);
  }
  try {
    const { arn, account } = await ask({ data: identity, values, provider });
    return chosen(withoutPath(String(arn)), String(account));
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    return refusalOf(error);
  }
}

/** What stood in the way, in a clause. */
export function reasonOf(error: TerraformError): string {
  const [first] = error.diagnostics;
  if (first === undefined) return error.lastLines.join(' ') || error.message;
  const { code, message } = shortError(first);
  const text = [code, message].filter((part) => part !== undefined).join(': ');
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

function isAbout({ diagnostics }: TerraformError, type: string): boolean {
  return diagnostics.length > 0 && diagnostics.every(({ address = '' }) => address.includes(type));
}

const REFUSED =
  /\b(ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidAccessKeyId)\b/;

function refusalOf(error: TerraformError): NoPrincipal {
  const because = reasonOf(error);
  const isRefused = error.diagnostics.some(({ summary, detail }) => REFUSED.test(`${summary} ${detail}`));
  return { because, isRefused };
}

/** The role of a session, where it has no path. */
function withoutPath(arn: string): string {
  return arn.replace(/^(arn:[^:]+):sts:(.*:)assumed-role\/([^/]+)\/.*$/, '$1:iam:$2role/$3');
}

function chosen(arn: string, account: string): Principal | NoPrincipal {
  if (/:iam::\d+:(user|role)\//.test(arn)) return { arn, account };
  const because = arn.endsWith(':root')
    ? 'they are those of the root user, which no policy of its account limits'
    : `IAM simulates no policies of ${arn}`;
  return { because, isRefused: false };
}
