import type { JsonMap } from '../../../../catalog/ground/json';

/** Arguments by which a backend and a provider say alike who they are and where they ask. */
const WHO = [
  'assume_role',
  'assume_role_with_web_identity',
  'profile',
  'shared_config_files',
  'shared_credentials_files',
] as const;
const WHERE = [
  'custom_ca_bundle',
  'ec2_metadata_service_endpoint',
  'endpoints',
  'http_proxy',
  'https_proxy',
  'insecure',
  'no_proxy',
  'region',
  'skip_credentials_validation',
  'skip_metadata_api_check',
  'skip_region_validation',
  'skip_requesting_account_id',
  'sts_region',
  'use_dualstack_endpoint',
  'use_fips_endpoint',
] as const;

/** A dead endpoint is asked a few times, and not for minutes. */
const RETRIES = 5;

/** A stack's provider, which only asks. */
export function askingProvider(provider: JsonMap): JsonMap {
  const { default_tags: _, ...rest } = provider;
  return { max_retries: RETRIES, ...rest };
}

/**
 * The provider that asks as a state's backend does: where both name the same credentials, that of the stack; else one with what the
 * backend says.
 */
export function stateProvider(state: JsonMap, provider: JsonMap): JsonMap {
  const [ofState, ofStack] = [picked(state, WHO), picked(provider, WHO)];
  if (textOf(ofState) === textOf(ofStack)) return askingProvider(provider);
  return { max_retries: RETRIES, ...ofState, ...picked(state, WHERE) };
}

function picked(values: JsonMap, names: readonly string[]): JsonMap {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

/** A backend has a map where a provider has a list of one block. */
function textOf(values: JsonMap): string {
  return JSON.stringify(Object.entries(values).map(([name, value]) => [name, [value].flat()]));
}
