import { isList, isObject, type Value } from '../protocol/values';
import type { ResourceType } from './resource-type';

/** What Go says about text that is no JSON. */
export const NO_JSON = /invalid character '.' looking for beginning of value/;

/** Whether the provider wants JSON at a recorded path. */
export function isJson({ behaviour }: ResourceType, path: string): boolean {
  return NO_JSON.test(behaviour.values[path]?.says ?? '');
}

function sorted(value: Value): Value {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** JSON as Go prints a map: keys sorted, no spaces, and `<`, `>` and `&` by their code. Other text stays as it is. */
export function goJson(text: string): string {
  try {
    return goJsonOf(JSON.parse(text) as Value);
  } catch {
    return text;
  }
}

/** A value as Go prints it. */
export function goJsonOf(value: Value): string {
  return JSON.stringify(sorted(value)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A configured JSON text in a plan: where it means what the state has, the state stays. */
export function normalizedJson(configured: string, before: Value | undefined): string {
  const text = goJson(configured);
  return typeof before === 'string' && goJson(before) === text ? before : text;
}
