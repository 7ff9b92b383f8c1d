import { isList, isObject, type ObjectValue, type Value } from '../../protocol/values';
import { completed, knownPart } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import type { Change } from '../../provider/simulated-provider';
import type { Api } from './api';

/** A new object: its id, and the attributes that only the answer to its creation holds. */
export interface Made {
  readonly id: string;
  readonly computed?: ObjectValue;
}

/** The provider's behaviour for one resource type. Its functions throw errors of the server. */
export interface VaultResource {
  /** @param given the plan, with null in place of unknown values. @param config the configuration, with its write-only values */
  create(api: Api, given: ObjectValue, config: ObjectValue): Made;
  /** The attributes that the server knows; undefined if the object no longer exists. */
  read(api: Api, id: string, state: ObjectValue): ObjectValue | undefined;
  /** Changes the object in place. @returns its id, if that changes */
  update?(api: Api, id: string, change: Change): string | undefined;
  delete(api: Api, id: string, state: ObjectValue): void;
}

function isEmpty(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === '' || value === 0 || value === false;
}

/**
 * The state of a resource: the attributes that the server knows, and the former values of all others.
 *
 * The server gives an empty value for what is not set. The provider keeps null for it if it was null before.
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
