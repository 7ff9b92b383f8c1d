import { type Diagnostic, error } from '../../protocol/diagnostics';
import { isList, isObject, type ObjectValue } from '../../protocol/values';
import type { Features } from '../rules';

/** The subscription of all simulated objects where neither the configuration nor the environment names one. */
const SIMULATED_SUBSCRIPTION = '00000000-0000-4000-8000-000000000000';

/** The tenant of the simulated cloud, unless the configuration names one. */
const SIMULATED_TENANT = '00000000-0000-4000-9000-000000000000';

/** What plan, apply and read need to know about the provider's configuration. */
export interface Caller {
  readonly subscription: string;
  readonly tenant: string;
  readonly client: string;
  readonly features: Features;
  /** How long a change of a gateway takes, in seconds. */
  readonly gatewaySeconds: number;
}

/** How long a gateway takes where {@link GATEWAY_SECONDS} is not set. */
const DEFAULT_SECONDS = 1;
const MOST_SECONDS = 7200;

/** The variable that sets how many seconds a change of a virtual network gateway takes. */
const GATEWAY_SECONDS = 'KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS';

function secondsIn(environment: NodeJS.ProcessEnv): number | undefined {
  const given = environment[GATEWAY_SECONDS];
  if (given === undefined || given === '') return DEFAULT_SECONDS;
  const seconds = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
  return seconds <= MOST_SECONDS ? seconds : undefined;
}

function blocks(config: ObjectValue, name: string): readonly ObjectValue[] {
  const value = config[name];
  return isList(value) ? value.filter(isObject) : [];
}

/** An argument of the configuration, or else the variable that the real provider reads; undefined where neither is set. */
function argument(config: ObjectValue, name: string, variable: string): string | undefined {
  const given = config[name];
  return typeof given === 'string' ? given : process.env[variable];
}

/**
 * The caller that a provider configuration describes, or the error in it. Credentials and the way to log in are ignored. The sandbox
 * does not see Terraform's environment: a subscription that is not configured is the simulated one, as if ARM_SUBSCRIPTION_ID were that.
 */
export function callerOf(config: ObjectValue): Caller | Diagnostic {
  const features = blocks(config, 'features');
  // The words for a missing block are inferred from Terraform's own.
  if (features.length !== 1)
    return error(
      features.length === 0 ? 'Insufficient features blocks' : 'Too many features blocks',
      features.length === 0
        ? 'At least 1 "features" blocks are required.'
        : 'No more than 1 "features" blocks are allowed',
      ['features'],
    );
  const subscription = argument(config, 'subscription_id', 'ARM_SUBSCRIPTION_ID') ?? SIMULATED_SUBSCRIPTION;
  if (subscription === '')
    return error('`subscription_id` is a required provider property when performing a plan/apply operation');
  const gatewaySeconds = secondsIn(process.env);
  if (gatewaySeconds === undefined)
    return error(
      `${GATEWAY_SECONDS}: must be a number of seconds from 0 to ${MOST_SECONDS}, got ${JSON.stringify(process.env[GATEWAY_SECONDS])}`,
    );
  const [group] = blocks(features[0] ?? {}, 'resource_group');
  const [machine] = blocks(features[0] ?? {}, 'virtual_machine');
  return {
    subscription,
    tenant: argument(config, 'tenant_id', 'ARM_TENANT_ID') || SIMULATED_TENANT,
    client: argument(config, 'client_id', 'ARM_CLIENT_ID') || SIMULATED_SUBSCRIPTION,
    features: {
      keepsFilledGroups: group?.prevent_deletion_if_contains_resources !== false,
      deletesOsDisks: machine?.delete_os_disk_on_deletion !== false,
    },
    gatewaySeconds,
  };
}

export function isCaller(value: Caller | Diagnostic): value is Caller {
  return 'subscription' in value;
}
