import { listed } from '../../../../base/text/listed';
import { isJsonMap, type Json, type JsonMap } from '../../../../catalog/ground/json';
import { TerraformError } from '../../../../terraform/terraform';
import type { ExaminedRights, MissingRight, RightsVerdict } from '../../rights';
import { principalOf, reasonOf } from './principal';
import { conditionKeys, type Simulation, simulationsOf } from './simulations';
import { askingProvider, stateProvider } from './state-provider';
import type { Statement } from './statement';

/** Statements that the same credentials need. */
export interface CheckedStatements {
  readonly subject: string;
  readonly statements: readonly Statement[];
  readonly provider: JsonMap;
}

const TYPE = 'aws_iam_principal_policy_simulation';

/** What IAM's simulation leaves out (IAM user guide, "Testing IAM policies with the IAM policy simulator"). */
const LIMITS =
  "IAM's simulation leaves out service control policies that have conditions, resource control policies, policies of a session, and those of buckets, keys and endpoints; where a printed policy takes any resource, it asks for any";

/** The statements for the clouds' objects, and those for states, each with the provider that asks as their credentials. */
export function checkedStatements(
  { needs, states }: Pick<ExaminedRights, 'needs' | 'states'>,
  cloud: readonly Statement[],
  ofStates: readonly Statement[],
): readonly CheckedStatements[] {
  const provider = needs[0]?.provider ?? {};
  const own = { subject: 'AWS', statements: cloud, provider: askingProvider(provider) };
  const [state] = states;
  if (state === undefined || ofStates.length === 0) return cloud.length === 0 ? [] : [own];
  const other = {
    subject: 'AWS, states',
    statements: ofStates,
    provider: stateProvider(state, provider),
  };
  return cloud.length === 0 ? [other] : [own, other];
}

/** Asks IAM to simulate what statements allow, as the credentials of each. @throws what is no answer of Terraform */
export async function checkStatements(
  checked: readonly CheckedStatements[],
  ask: ExaminedRights['ask'],
): Promise<readonly RightsVerdict[]> {
  const verdicts: RightsVerdict[] = [];
  const asked = new Map<string, ReturnType<typeof principalOf>>();
  for (const one of checked) {
    const key = JSON.stringify(one.provider);
    const principal = await (asked.get(key) ?? principalOf(ask, one.provider));
    asked.set(key, Promise.resolve(principal));
    const none = { subject: one.subject, allowed: 0, missing: [], unknown: [] };
    if ('arn' in principal) verdicts.push(await simulated(one, principal, ask));
    else if (principal.isRefused) verdicts.push({ ...none, refused: principal.because });
    else verdicts.push({ ...none, unknown: [principal.because] });
  }
  return verdicts;
}

async function simulated(
  { subject, statements, provider }: CheckedStatements,
  { arn, account }: { readonly arn: string; readonly account: string },
  ask: ExaminedRights['ask'],
): Promise<RightsVerdict> {
  const simulations = simulationsOf(statements, account);
  const named = simulations.map((one, index) => [`rights_${index}`, one] as const);
  const data = { [TYPE]: Object.fromEntries(named.map(([name, one]) => [name, argumentsOf(one, arn)])) };
  const values = Object.fromEntries(named.map(([name]) => [name, `\${data.${TYPE}.${name}.results}`]));
  try {
    const answers = await ask({ data, values, provider });
    const results = Object.values(answers).flatMap(resultsOf);
    return {
      subject,
      principal: arn,
      ...judged(results, new Set(conditionKeys(statements))),
      limits: LIMITS,
    };
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const because = `iam:SimulatePrincipalPolicy for ${arn}: ${reasonOf(error)}`;
    return { subject, principal: arn, allowed: 0, missing: [], unknown: [because] };
  }
}

function argumentsOf({ actions, resource, context }: Simulation, arn: string): JsonMap {
  return {
    policy_source_arn: arn,
    action_names: actions,
    ...(resource === undefined ? {} : { resource_arns: [resource] }),
    context: Object.entries(context).map(([key, value]) => ({ key, type: 'string', values: [value] })),
  };
}

/** One request as IAM judges it. */
interface Result {
  readonly action: string;
  readonly resource: string;
  readonly isAllowed: boolean;
  readonly decision: string;
  /** Condition keys that the policies ask for, and the simulation had no value of. */
  readonly lacking: readonly string[];
}

function resultsOf(answer: unknown): readonly Result[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((one: Json) =>
    isJsonMap(one)
      ? [
          {
            action: String(one.action_name),
            resource: String(one.resource_arn || '*'),
            isAllowed: one.allowed === true,
            decision: String(one.decision),
            lacking: [one.missing_context_keys ?? []].flat().map(String),
          },
        ]
      : [],
  );
}

/**
 * Where policies ask for condition keys of which the simulation has no value, what it denies may be allowed all the same. IAM names
 * these keys only where it is asked about any resource, and they may be those of any policy of the principal.
 *
 * @param given - condition keys of which the printed policy speaks, so that what lacks them lacks nothing else
 */
function judged(
  results: readonly Result[],
  given: ReadonlySet<string>,
): Pick<RightsVerdict, 'allowed' | 'missing' | 'unknown'> {
  const denied = results.filter(({ isAllowed }) => !isAllowed);
  const keys = [...new Set(results.flatMap(({ lacking }) => lacking))]
    .filter((key) => !given.has(key))
    .sort();
  const allowed = results.length - denied.length;
  if (keys.length === 0 || denied.length === 0)
    return { allowed, missing: denied.map(missingOf), unknown: [] };
  const actions = [...new Set(denied.map(({ action }) => action))].sort();
  return {
    allowed,
    missing: [],
    unknown: [
      `the simulation denies ${listed(actions)}, but policies of it ask for ${listed(keys)}, which no simulation knows`,
    ],
  };
}

function missingOf({ action, resource, decision }: Result): MissingRight {
  return {
    right: action,
    on: `${resource}${decision === 'explicitDeny' ? ', which a policy denies' : ''}`,
  };
}
