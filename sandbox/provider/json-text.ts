import { isList, isObject, type Value } from '../protocol/values';
import type { ResourceType } from './resource-type';

/** Go's message about a text that is not JSON. */
export const NO_JSON = /invalid character '.' looking for beginning of value/;

/** Whether the provider demands JSON at a recorded path. */
export function isJson({ behaviour }: ResourceType, path: string): boolean {
  return NO_JSON.test(behaviour.values[path]?.says ?? '');
}

function sorted(value: Value): Value {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** A JSON text in the form of Go's encoder: sorted keys, no spaces, and `<`, `>` and `&` escaped. Other text stays unchanged. */
export function goJson(text: string): string {
  try {
    return goJsonOf(JSON.parse(text) as Value);
  } catch {
    return text;
  }
}

/** A value as JSON in the form of Go's encoder. */
export function goJsonOf(value: Value): string {
  return JSON.stringify(sorted(value)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The planned value of a configured JSON text: the state's text if both mean the same, else the text in Go's form. */
export function normalizedJson(configured: string, before: Value | undefined): string {
  const text = goJson(configured);
  return typeof before === 'string' && goJson(before) === text ? before : text;
}
