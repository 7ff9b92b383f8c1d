import { listed } from '../../../../base/text/listed';
import { isJsonMap, type Json, type JsonMap } from '../../../../catalog/ground/json';
import { TerraformError } from '../../../../terraform/terraform';
import type { AskCloud, ExaminedRights, MissingRight, RightsVerdict } from '../../rights';
import { type Principal, principalOf, reasonOf } from './principal';
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

/**
 * A question about any resource: only to one like that IAM answers which condition keys policies ask for. Its own answer does not count,
 * because everybody may do that.
 */
const KEYS = 'rights_keys';
const KEYS_QUESTION: Simulation = { actions: ['sts:GetCallerIdentity'], context: {} };

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

/** Asks IAM to simulate what statements allow, once for all that the same credentials need. @throws what is no answer of Terraform */
export async function checkStatements(
  checked: readonly CheckedStatements[],
  ask: AskCloud,
): Promise<readonly RightsVerdict[]> {
  const groups = new Map<string, CheckedStatements[]>();
  for (const one of checked) {
    const key = JSON.stringify(one.provider);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const verdicts: RightsVerdict[] = [];
  for (const group of groups.values()) verdicts.push(...(await checkGroup(group, ask)));
  return verdicts;
}

async function checkGroup(
  group: readonly CheckedStatements[],
  ask: AskCloud,
): Promise<readonly RightsVerdict[]> {
  const [{ provider } = { provider: {} }] = group;
  const principal = await principalOf(ask, provider);
  if ('arn' in principal) return simulated(group, principal, ask, provider);
  const { isRefused, because } = principal;
  return group.map(({ subject }) => ({
    subject,
    allowed: 0,
    missing: [],
    unknown: isRefused ? [] : [because],
    ...(isRefused ? { refused: because } : {}),
  }));
}

async function simulated(
  group: readonly CheckedStatements[],
  { arn, account }: Principal,
  ask: AskCloud,
  provider: JsonMap,
): Promise<readonly RightsVerdict[]> {
  const named = group.flatMap(({ subject, statements }, part) =>
    simulationsOf(statements, account).map((one, index) => ({
      name: `rights_${part}_${index}`,
      subject,
      config: argumentsOf(one, arn),
    })),
  );
  const all = [...named, { name: KEYS, config: argumentsOf(KEYS_QUESTION, arn) }];
  const data = { [TYPE]: Object.fromEntries(all.map(({ name, config }) => [name, config])) };
  const values = Object.fromEntries(all.map(({ name }) => [name, `\${data.${TYPE}.${name}.results}`]));
  try {
    const answers = await ask({ data, values, provider });
    const given = new Set(group.flatMap(({ statements }) => conditionKeys(statements)));
    const lacking = Object.values(answers)
      .flatMap(resultsOf)
      .flatMap((one) => one.lacking);
    const keys = [...new Set(lacking)].filter((key) => !given.has(key)).sort();
    return group.map(({ subject }) => {
      const own = named.filter((one) => one.subject === subject);
      const results = own.flatMap(({ name }) => resultsOf(answers[name]));
      return { subject, principal: arn, ...judged(results, keys), limits: LIMITS };
    });
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const because = `iam:SimulatePrincipalPolicy for ${arn}: ${reasonOf(error)}`;
    return group.map(({ subject }) => ({
      subject,
      principal: arn,
      allowed: 0,
      missing: [],
      unknown: [because],
    }));
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
 * Where policies ask for condition keys of which the simulation has no value, what it denies may be allowed all the same.
 *
 * @param keys - those keys, which may be of any policy of the principal
 */
function judged(
  results: readonly Result[],
  keys: readonly string[],
): Pick<RightsVerdict, 'allowed' | 'missing' | 'unknown'> {
  const denied = results.filter(({ isAllowed }) => !isAllowed);
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
