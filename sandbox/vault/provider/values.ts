import type { ObjectValue, Value } from '../../protocol/values';
import type { Json } from '../request/exchange';

/** A member of an answer as text; empty where it is none. */
export function unpackedText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What JSON holds, as a value of Terraform. */
export function terraformValue(json: unknown): Value {
  return (json ?? null) as Value;
}

/** Members of an answer by their names; those that it does not have are null. */
export function picked(answer: Json, names: readonly string[]): ObjectValue {
  return Object.fromEntries(names.map((name) => [name, terraformValue(answer[name])]));
}

/** The given attributes that are set, as a body. */
export function bodyOf(given: ObjectValue, names: readonly string[]): Json {
  return Object.fromEntries(
    names.filter((name) => (given[name] ?? null) !== null).map((name) => [name, given[name]]),
  );
}

/** Attributes for an update: what is not set any more is sent as empty, else the server would keep it. */
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
