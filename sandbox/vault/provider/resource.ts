import { isList, isObject, type ObjectValue, type Value } from '../../protocol/values';
import { completed, knownPart } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import type { Change } from '../../provider/simulated-provider';
import type { Attribute, Type } from '../../schemas/schema';
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
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

/** The legacy SDK's value for a member that an answer lacks. */
function zero(type: Type): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  return Array.isArray(type) && type[0] === 'map' ? {} : [];
}

/**
 * The value that the legacy SDK stores for a member of an answer. It knows no null in an answer. After an apply it keeps null where
 * null was planned and the answer has an empty list or map; a read stores what the server says, and so does an apply where the plan
 * was open.
 */
function settled({ type, computed }: Attribute, value: Value, before: Value, isApply: boolean): Value {
  const told = value === null ? zero(type) : value;
  const isPlanned = isApply && computed !== true && isEmpty(told);
  return isPlanned && (before === null || isEmpty(before)) ? before : told;
}

/**
 * The state of a resource: the attributes that the server knows, and the former values of all others.
 *
 * @param isApply whether this is the state after an apply, and not after a read
 */
export function stateOf(
  { schema }: ResourceType,
  id: string,
  before: ObjectValue,
  found: ObjectValue,
  isApply: boolean,
): ObjectValue {
  const known = knownPart(before) as ObjectValue;
  const state: Record<string, Value> = { ...known, id };
  for (const [name, value] of Object.entries(found)) {
    const attribute = schema.block.attributes?.[name];
    state[name] = attribute === undefined ? value : settled(attribute, value, known[name] ?? null, isApply);
  }
  for (const [name, attribute] of Object.entries(schema.block.attributes ?? {}))
    if (attribute.write_only) state[name] = null;
  return completed(schema.block, state);
}
