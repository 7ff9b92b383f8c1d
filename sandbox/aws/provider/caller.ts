import { type Diagnostic, error } from '../../protocol/diagnostics';
import { isList, isObject, type ObjectValue, type Value } from '../../protocol/values';
import { isRegion } from '../regions';

/** The account of all simulated objects, unless the provider's configuration allows other accounts only. */
const SIMULATED_ACCOUNT = '123456789012';

/** What plan, apply and read need to know about the provider's configuration. */
export interface Caller {
  readonly region: string;
  readonly account: string;
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly ignoredTags: { readonly keys: readonly string[]; readonly prefixes: readonly string[] };
}

function strings(value: Value | undefined): readonly string[] {
  return isList(value) ? value.filter((element): element is string => typeof element === 'string') : [];
}

function blocks(config: ObjectValue, name: string): readonly ObjectValue[] {
  const value = config[name];
  return isList(value) ? value.filter(isObject) : [];
}

function tags(value: Value | undefined): Record<string, string> {
  const pairs = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

/** The region of the configuration, or else of the variables that the real provider reads. */
function regionOf(config: ObjectValue): string {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return typeof config.region === 'string' && config.region !== ''
    ? config.region
    : (AWS_REGION ?? AWS_DEFAULT_REGION ?? '');
}

/** The caller that a provider configuration describes, or the error in it. Credentials are ignored. */
export function callerOf(config: ObjectValue): Caller | Diagnostic {
  const region = regionOf(config);
  if (region === '')
    return error('Invalid provider configuration', 'invalid AWS Region: no region is configured', ['region']);
  if (!isRegion(region) && config.skip_region_validation !== true) {
    return error(`invalid AWS Region: ${region}`, undefined, ['region']);
  }
  const account = strings(config.allowed_account_ids)[0] ?? SIMULATED_ACCOUNT;
  if (strings(config.forbidden_account_ids).includes(account)) {
    return error(`AWS account ID not allowed: ${account}`);
  }
  const ignored = blocks(config, 'ignore_tags');
  return {
    region,
    account,
    defaultTags: Object.assign({}, ...blocks(config, 'default_tags').map((block) => tags(block.tags))),
    ignoredTags: {
      keys: ignored.flatMap((block) => strings(block.keys)),
      prefixes: ignored.flatMap((block) => strings(block.key_prefixes)),
    },
  };
}

export function isCaller(value: Caller | Diagnostic): value is Caller {
  return 'region' in value;
}
