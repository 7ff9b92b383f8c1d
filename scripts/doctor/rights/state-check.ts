import type { Purpose, RightsVerdict } from '../../kinds/rights';
import { isAboutProviders, withoutDownload } from '../no-download';
import type { TerraformBlock, Trial } from '../trial';

/** The longest time for configuring a backend and reading a state: a dead endpoint is tried several times. */
const TIMEOUT_SECONDS = 30;

/** Errors of backends that say that somebody is known, and may not. */
const DENIED =
  /AccessDenied|Forbidden|not authorized|\b403\b|permission denied|does not have \S+ access|Authorization(Failed|PermissionMismatch)|invalid auth/i;

/** What cannot be tried without a change. */
const UNTRIED: Readonly<Record<Purpose, readonly string[]>> = {
  drift: [],
  plan: ['whether it can be locked is not tried'],
  apply: ['whether it can be locked and written is not tried'],
};

/** Reads a state as Terraform does, with the backend's own credentials; nothing is locked or written. */
export async function checkState(
  trial: Trial,
  {
    stack,
    block,
    purpose,
    variables,
  }: {
    readonly stack: string;
    readonly block: TerraformBlock;
    readonly purpose: Purpose;
    readonly variables: NodeJS.ProcessEnv;
  },
): Promise<readonly RightsVerdict[]> {
  const [type = 'local'] = Object.keys(block.backend ?? {});
  if (type === 'local') return [];
  const subject = `state in ${type}`;
  const none = { subject, allowed: 0, missing: [], unknown: [] };
  const { kind, errors } = await trial.init(withoutDownload(block), variables, TIMEOUT_SECONDS);
  if (kind === 'silent') return [{ ...none, unknown: [`no answer within ${TIMEOUT_SECONDS} s`] }];
  // Terraform reads the state before it looks for providers.
  const [error] = errors.filter((text) => !isAboutProviders(text));
  if (error === undefined) return [{ ...none, allowed: 1, unknown: UNTRIED[purpose] }];
  const short = error.length > 300 ? `${error.slice(0, 299)}…` : error;
  if (!DENIED.test(error)) return [{ ...none, unknown: [short] }];
  return [{ ...none, missing: [{ right: 'reading', on: `the state of ${stack}: ${short}` }] }];
}
