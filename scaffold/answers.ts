import { didYouMean } from '../base/text/nearest';
import { ValueError } from '../model/value-error';
import { type Answers, isSetKey, refusedValue, SET_KEY_NAMES, SET_KEYS, type SetKeyName } from './set-keys';

/** What `--set` gave, and what is wrong with it: a line each. */
export interface GivenAnswers {
  readonly answers: Answers;
  readonly problems: readonly string[];
}

/** Reads `key=value` texts. Values are checked by {@link resolveAnswers}, because one may depend on another. */
export function readGiven(texts: readonly string[]): GivenAnswers {
  const answers: Partial<Record<SetKeyName, string>> = {};
  const problems: string[] = [];
  for (const text of texts) {
    const at = text.indexOf('=');
    const key = at < 0 ? text : text.slice(0, at);
    const value = at < 0 ? '' : text.slice(at + 1).trim();
    if (!isSetKey(key))
      problems.push(
        `--set: unknown key "${key}"${didYouMean(key, SET_KEY_NAMES) || `; keys: ${SET_KEY_NAMES.join(', ')}`}`,
      );
    else if (value === '') problems.push(`--set ${key}: must be ${key}=VALUE, got "${text}"`);
    else if (answers[key] !== undefined && answers[key] !== value)
      problems.push(`--set ${key}: is given twice, as "${answers[key]}" and as "${value}"; keep one`);
    else answers[key] = value;
  }
  return { answers, problems };
}

/** Keys that describe the first network; a catalog that is taken has entries of its own. */
const OF_THE_NETWORK: readonly SetKeyName[] = ['provider', 'region', 'network', 'routing', 'daemon'];
const OF_THE_SITE: readonly SetKeyName[] = ['controller', 'public_ip', 'subnets', 'asn'];

/** For which catalog answers are resolved. */
export interface Wanted {
  /** Whether the catalog is a controller's, which is taken over. @default false */
  readonly taken?: boolean;
  /** Whether defaults that only suit a first try may stand for what is missing. */
  readonly examples: boolean;
}

export interface ResolvedAnswers extends GivenAnswers {
  /** Keys without which no catalog can be written. */
  readonly missing: readonly SetKeyName[];
}

/** The answers with their defaults, each checked by the catalog's own rules for it. */
export function resolveAnswers(given: Answers, { taken = false, examples }: Wanted): ResolvedAnswers {
  const answers: Partial<Record<SetKeyName, string>> = {};
  const problems: string[] = [];
  const missing: SetKeyName[] = [];
  for (const name of SET_KEY_NAMES) {
    const value = given[name];
    if (taken && OF_THE_NETWORK.includes(name)) {
      if (value !== undefined)
        problems.push(
          `--set ${name}: is of a first network, and with --from the entries are those of the file; remove it`,
        );
      continue;
    }
    if (value !== undefined) {
      answers[name] = value;
      const refused = refusedValue(name, value, answers);
      if (refused !== undefined) problems.push(`--set ${name}: ${refused}`);
      continue;
    }
    if (taken && OF_THE_SITE.includes(name)) continue;
    if (SET_KEYS[name].needed === true && !examples) missing.push(name);
    else {
      const value = defaultAnswer(name, answers);
      if (value !== undefined) answers[name] = value;
    }
  }
  if (taken) missing.push(...halfASite(answers));
  return { answers, problems: [...problems, ...together(answers)], missing };
}

/** The default of a key; undefined where it has none, or what it follows from is wrong. */
export function defaultAnswer(name: SetKeyName, answers: Answers): string | undefined {
  try {
    return SET_KEYS[name].value?.(answers);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

function halfASite(answers: Answers): readonly SetKeyName[] {
  if (!OF_THE_SITE.some((name) => answers[name] !== undefined)) return [];
  return (['controller', 'public_ip'] as const).filter((name) => answers[name] === undefined);
}

/** What must hold between answers. */
function together(answers: Answers): readonly string[] {
  const { state_bucket, state_region, state_account, state_container, provider } = answers;
  const problems: string[] = [];
  if (state_bucket !== undefined && state_account !== undefined)
    problems.push(
      '--set state_account: must not stand beside state_bucket: states are in one place; remove one',
    );
  if (state_bucket === undefined && state_region !== undefined)
    problems.push('--set state_region: needs state_bucket; add --set state_bucket=NAME');
  if (state_account === undefined && state_container !== undefined)
    problems.push('--set state_container: needs state_account; add --set state_account=NAME');
  if (state_bucket !== undefined && state_region === undefined && provider !== 'aws')
    problems.push('--set state_bucket: the region of the bucket is not known; add --set state_region=REGION');
  const azure = ['azure_client_id', 'azure_tenant_id', 'azure_subscription_id'] as const;
  const given = azure.filter((name) => answers[name] !== undefined);
  const absent = azure.filter((name) => answers[name] === undefined);
  if ((given.length > 0 || answers.azure_apply_client_id !== undefined) && absent.length > 0)
    problems.push(
      `--set ${[...given, 'azure_apply_client_id'][0]}: a login at Azure is whole or not there; add ${absent.map((name) => `--set ${name}=ID`).join(' ')}`,
    );
  return problems;
}

/** Whether CI can log in at a cloud. */
export function hasRole({ aws_role, azure_client_id }: Answers): boolean {
  return aws_role !== undefined || azure_client_id !== undefined;
}

/** What to do where it cannot. */
export const ROLE_STEP =
  'CI needs roles at the cloud: docs/ci.md, then init --set aws_role=ARN, or --set azure_client_id=ID';
