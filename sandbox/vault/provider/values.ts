import type { ObjectValue, Value } from '../../protocol/values';
import type { Json } from '../request/exchange';

/** A member of an answer, if it is a text; else an empty text. */
export function unpackedText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A JSON value as a value of Terraform. */
export function terraformValue(json: unknown): Value {
  return (json ?? null) as Value;
}

/** The named members of an answer. Missing members are null. */
export function picked(answer: Json, names: readonly string[]): ObjectValue {
  return Object.fromEntries(names.map((name) => [name, terraformValue(answer[name])]));
}

/** A request body with the named attributes that are set. */
export function bodyOf(given: ObjectValue, names: readonly string[]): Json {
  return Object.fromEntries(
    names.filter((name) => (given[name] ?? null) !== null).map((name) => [name, given[name]]),
  );
}

/** The body of an update. An attribute that is no longer set is sent as empty, because the server would keep a missing one. */
export function fullBodyOf(given: ObjectValue, prior: ObjectValue, names: readonly string[]): Json {
  return Object.fromEntries(
    names
      .filter((name) => (given[name] ?? null) !== null || (prior[name] ?? null) !== null)
      .map((name) => [name, given[name] ?? emptied(prior[name] ?? null)]),
  );
}

function emptied(value: Value): Value {
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return 0;
  if (typeof value === 'boolean') return false;
  return Array.isArray(value) ? [] : {};
}
