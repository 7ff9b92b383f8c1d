import type { Parameters, ParameterValue, RequestLimits } from './policy';
import { PolicyTextError } from './policy-scanner';
import { PolicyObject, type PolicyValue } from './policy-syntax';

/** The keys of a rule that limit its requests. */
export const LIMIT_KEYS = [
  'allowed_parameters',
  'denied_parameters',
  'required_parameters',
  'min_wrapping_ttl',
  'max_wrapping_ttl',
] as const;

/** The lines of a rule that limit its requests, in the order of {@link LIMIT_KEYS}. */
export function limitLines(limits: RequestLimits, quoted: (text: string) => string): readonly string[] {
  const value = (one: ParameterValue): string => (typeof one === 'string' ? quoted(one) : String(one));
  const block = (key: string, parameters: Parameters): readonly string[] => [
    `${key} = {`,
    ...Object.entries(parameters).map(
      ([name, values]) => `  ${quoted(name)} = [${values.map(value).join(', ')}]`,
    ),
    '}',
  ];
  const {
    allowedParameters,
    deniedParameters,
    requiredParameters,
    minWrappingTtlSeconds,
    maxWrappingTtlSeconds,
  } = limits;
  return [
    ...(allowedParameters ? block('allowed_parameters', allowedParameters) : []),
    ...(deniedParameters ? block('denied_parameters', deniedParameters) : []),
    ...(requiredParameters ? [`required_parameters = [${requiredParameters.map(quoted).join(', ')}]`] : []),
    ...(minWrappingTtlSeconds === undefined
      ? []
      : [`min_wrapping_ttl = ${quoted(`${minWrappingTtlSeconds}s`)}`]),
    ...(maxWrappingTtlSeconds === undefined
      ? []
      : [`max_wrapping_ttl = ${quoted(`${maxWrappingTtlSeconds}s`)}`]),
  ];
}

/** The limits of a rule from its values. @throws {@link PolicyTextError} */
export function readLimits(
  where: string,
  valueAt: (key: (typeof LIMIT_KEYS)[number]) => PolicyValue | undefined,
): RequestLimits {
  const allowed = parameters(where, 'allowed_parameters', valueAt('allowed_parameters'));
  const denied = parameters(where, 'denied_parameters', valueAt('denied_parameters'));
  const required = valueAt('required_parameters');
  if (required !== undefined && !Array.isArray(required))
    throw new PolicyTextError(`${where} required_parameters must be a list`);
  const min = seconds('min_wrapping_ttl', valueAt('min_wrapping_ttl'));
  const max = seconds('max_wrapping_ttl', valueAt('max_wrapping_ttl'));
  return {
    ...(allowed ? { allowedParameters: allowed } : {}),
    ...(denied ? { deniedParameters: denied } : {}),
    ...(required === undefined ? {} : { requiredParameters: required.map(String) }),
    ...(min === undefined ? {} : { minWrappingTtlSeconds: min }),
    ...(max === undefined ? {} : { maxWrappingTtlSeconds: max }),
  };
}

/** Names of parameters are kept in small letters, as the server compares them. */
function parameters(where: string, key: string, value: PolicyValue | undefined): Parameters | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof PolicyObject)) throw new PolicyTextError(`${where} ${key} must be a map of lists`);
  return Object.fromEntries(
    value.items.map(({ keys, value: list }) => {
      const values: readonly PolicyValue[] = Array.isArray(list) ? list : [list];
      const scalars = values.filter(
        (one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean',
      );
      return [(keys[0] ?? '').toLowerCase(), scalars];
    }),
  );
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function seconds(key: string, value: PolicyValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  const parsed = durationSeconds(value);
  if (parsed === undefined)
    throw new PolicyTextError(`error parsing ${key}: time: invalid duration ${JSON.stringify(value)}`);
  return parsed;
}

/** The seconds of a duration: `90`, `90s`, `1h30m`; undefined for what is none. */
export function durationSeconds(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^[0-9]{1,9}$/.test(value)) return Number(value);
  if (!/^([0-9]{1,9}[smhd])+$/.test(value)) return undefined;
  const parts = [...value.matchAll(/([0-9]+)([smhd])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0);
}
