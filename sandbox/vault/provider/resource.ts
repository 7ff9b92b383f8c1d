import { isList, isObject, type ObjectValue, type Value } from '../../protocol/values';
import { completed, knownPart } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import type { Change } from '../../provider/simulated-provider';
import type { Api } from './api';

/** A new object: its id, and what only its creation tells. */
export interface Made {
  readonly id: string;
  readonly told?: ObjectValue;
}

/** What the provider does with one resource type, in requests to Vault. Refusals are thrown. */
export interface VaultResource {
  /** @param given the plan, unknown parts null. @param config with write-only values */
  create(api: Api, given: ObjectValue, config: ObjectValue): Made;
  /** What the server knows of it, by attribute; undefined where it is gone. */
  read(api: Api, id: string, state: ObjectValue): ObjectValue | undefined;
  /** Changes it in place; its id, where that is another one now. */
  update?(api: Api, id: string, change: Change): string | undefined;
  delete(api: Api, id: string, state: ObjectValue): void;
  /** What an id given to `terraform import` says by itself; undefined where it is none of this type. */
  imported?(id: string): ObjectValue | undefined;
}

function isEmpty(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === '' || value === 0 || value === false;
}

/**
 * A state: what the server knows, and for the rest what was there before.
 *
 * Vault shows what is not set as empty; to the provider that is the null which it was.
 */
export function stateOf(
  { schema, behaviour }: ResourceType,
  id: string,
  before: ObjectValue,
  found: ObjectValue,
): ObjectValue {
  const known = knownPart(before) as ObjectValue;
  const state: Record<string, Value> = { ...known, id };
  for (const [name, value] of Object.entries(found)) {
    const attribute = schema.block.attributes?.[name];
    const keeps = attribute?.computed !== true && !(name in behaviour.defaults);
    state[name] = keeps && isEmpty(value) && isEmpty(known[name] ?? null) ? (known[name] ?? null) : value;
  }
  for (const [name, attribute] of Object.entries(schema.block.attributes ?? {}))
    if (attribute.write_only) state[name] = null;
  return completed(schema.block, state);
}
