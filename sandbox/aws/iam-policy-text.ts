import { isList, isObject, type Value } from '../protocol/values';

function parsed(text: string): Value | undefined {
  try {
    const value = JSON.parse(text) as Value;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keys sorted, so that equal documents have equal text. */
function sorted(value: Value): Value {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** A list of one is what its member alone is, and lists have no order: so IAM reads policies. */
function meaning(value: Value): string {
  if (isList(value)) {
    const members = value.map(meaning).sort();
    return members.length === 1 ? (members[0] ?? '') : `[${members.join()}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${key}:${meaning(value[key] ?? null)}`).join()}}`;
}

/** A policy as the provider writes it into a plan: compact; a trust policy with its keys sorted, others with the version first. */
export function normalizedPolicy(text: string, isTrust: boolean): string {
  const value = parsed(text);
  if (!isObject(value)) return text;
  if (isTrust) return JSON.stringify(sorted(value));
  const { Version, ...rest } = sorted(value) as { readonly [name: string]: Value };
  return JSON.stringify(Version === undefined ? rest : { Version, ...rest });
}

/** Whether two texts are one policy to IAM; then the provider sees no change. */
export function isSamePolicy(one: string, other: string): boolean {
  const [first, second] = [parsed(one), parsed(other)];
  return first !== undefined && second !== undefined && meaning(first) === meaning(second);
}
