import { type Diagnostic, error } from '../../protocol/diagnostics';
import { isList, isObject, type ObjectValue, type Value } from '../../protocol/values';
import { isRegion } from '../regions';

/** Account of everything in the sandbox, unless the provider allows others only. */
const SIMULATED_ACCOUNT = '123456789012';

/** One configured provider: what a plan, apply or read needs to know about it. */
export interface Connection {
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

/** The region of a provider: its configuration, else the variables that the real one reads. */
function regionOf(config: ObjectValue): string {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return typeof config.region === 'string' && config.region !== ''
    ? config.region
    : (AWS_REGION ?? AWS_DEFAULT_REGION ?? '');
}

/** The connection that a provider configuration describes, or why there is none. Credentials are not looked at. */
export function connect(config: ObjectValue): Connection | Diagnostic {
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

export function isConnection(value: Connection | Diagnostic): value is Connection {
  return 'region' in value;
}
