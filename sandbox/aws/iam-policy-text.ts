import { isList, isObject, type Value } from '../protocol/values';

function parsed(text: string): Value | undefined {
  try {
    const value = JSON.parse(text) as Value;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The same value with the keys of all objects sorted, so that equal documents have equal text. */
function sorted(value: Value): Value {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** Text that is equal for values that IAM treats alike: lists have no order, and a list of one member equals the member. */
function meaning(value: Value): string {
  if (isList(value)) {
    const members = value.map(meaning).sort();
    return members.length === 1 ? (members[0] ?? '') : `[${members.join()}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${key}:${meaning(value[key] ?? null)}`).join()}}`;
}

/** A policy as the provider plans it: compact JSON with sorted keys, in which `Version` comes first unless it is a trust policy. */
export function normalizedPolicy(text: string, isTrust: boolean): string {
  const value = parsed(text);
  if (!isObject(value)) return text;
  if (isTrust) return JSON.stringify(sorted(value));
  const { Version, ...rest } = sorted(value) as { readonly [name: string]: Value };
  return JSON.stringify(Version === undefined ? rest : { Version, ...rest });
}

/** Whether two texts mean the same policy to IAM, in which case the provider plans no change. */
export function isSamePolicy(one: string, other: string): boolean {
  const [first, second] = [parsed(one), parsed(other)];
  return first !== undefined && second !== undefined && meaning(first) === meaning(second);
}
