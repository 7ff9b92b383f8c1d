import type { Parameters, ParameterValue, RequestLimits } from './policy';
import { PolicyTextError } from './policy-scanner';
import { type PolicyItem, PolicyObject, type PolicyValue } from './policy-syntax';
import { readServerDuration } from './server-duration';

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
  const list = (values: readonly ParameterValue[]): string => `[${values.map(value).join(', ')}]`;
  const value = (one: ParameterValue): string => {
    if (typeof one === 'string') return quoted(one);
    if (typeof one !== 'object') return String(one);
    if (Array.isArray(one)) return list(one);
    const members = Object.entries(one).map(([name, member]) => `${quoted(name)} = ${value(member)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  };
  const block = (key: string, parameters: Parameters): readonly string[] => [
    `${key} = {`,
    ...Object.entries(parameters).map(([name, values]) => `  ${quoted(name)} = ${list(values)}`),
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

/**
 * The limits of a rule from its items, each by its first of a key.
 *
 * @param where the rule in the server's words: `path "a":`
 * @throws {@link PolicyTextError}
 */
export function readLimits(
  where: string,
  itemAt: (key: (typeof LIMIT_KEYS)[number]) => PolicyItem | undefined,
): RequestLimits {
  const allowed = parameters(where, itemAt('allowed_parameters'));
  const denied = parameters(where, itemAt('denied_parameters'));
  const required = requiredNames(where, itemAt('required_parameters'));
  const min = seconds('min_wrapping_ttl', itemAt('min_wrapping_ttl')?.value);
  const max = seconds('max_wrapping_ttl', itemAt('max_wrapping_ttl')?.value);
  return {
    ...(allowed ? { allowedParameters: allowed } : {}),
    ...(denied ? { deniedParameters: denied } : {}),
    ...(required === undefined ? {} : { requiredParameters: required }),
    ...(min === undefined ? {} : { minWrappingTtlSeconds: min }),
    ...(max === undefined ? {} : { maxWrappingTtlSeconds: max }),
  };
}

/** What a list, or an object in the place of one, holds. @throws {@link PolicyTextError} for anything else */
export function membersOf(where: string, { value, valueAt }: PolicyItem): readonly PolicyValue[] {
  if (Array.isArray(value)) return value;
  if (value instanceof PolicyObject) return value.items.length === 0 ? [] : [value];
  throw new PolicyTextError(
    `${where} At ${valueAt.line}:${valueAt.column}: unknown slice type: *ast.LiteralType`,
  );
}

function requiredNames(where: string, item: PolicyItem | undefined): readonly string[] | undefined {
  if (item === undefined) return undefined;
  return membersOf(where, item).map((name, index) => {
    if (typeof name === 'string' || typeof name === 'number') return String(name);
    const type = name instanceof PolicyObject || Array.isArray(name) ? 'ListType' : 'LiteralType';
    throw new PolicyTextError(
      `${where} root.required_parameters[${index}]: unknown type for string *ast.${type}`,
    );
  });
}

/** Names of parameters are kept in small letters, as the server compares them; of one name the values add up. */
function parameters(where: string, item: PolicyItem | undefined): Parameters | undefined {
  if (item === undefined) return undefined;
  const { keys, value, valueAt } = item;
  if (!(value instanceof PolicyObject)) {
    const at = `At ${valueAt.line}:${valueAt.column}`;
    const type = Array.isArray(value) ? 'ListType' : 'LiteralType';
    throw new PolicyTextError(`${where} ${at}: root.${keys[0]}: not an object type for map (*ast.${type})`);
  }
  const named = new Map<string, readonly ParameterValue[]>();
  for (const each of value.items) {
    const name = (each.keys[0] ?? '').toLowerCase();
    named.set(name, [...(named.get(name) ?? []), ...membersOf(where, each).map(parameterValue)]);
  }
  return Object.fromEntries(named);
}

function parameterValue(value: PolicyValue): ParameterValue {
  if (value instanceof PolicyObject)
    return Object.fromEntries(
      value.items.map(({ keys, value: inner }) => [keys[0] ?? '', parameterValue(inner)]),
    );
  if (value === null) return {};
  return typeof value === 'object' ? value.map(parameterValue) : value;
}

function seconds(key: string, value: PolicyValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  const read = readServerDuration(value);
  if ('problem' in read) throw new PolicyTextError(`error parsing ${key}: ${read.problem}`);
  return read.seconds;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The seconds of a duration of a catalog: `90`, `90s`, `1h30m`; undefined for what is none. */
export function durationSeconds(value: string): number | undefined {
  if (/^[0-9]{1,9}$/.test(value)) return Number(value);
  if (!/^([0-9]{1,9}[smhd])+$/.test(value)) return undefined;
  const parts = [...value.matchAll(/([0-9]+)([smhd])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0);
}
