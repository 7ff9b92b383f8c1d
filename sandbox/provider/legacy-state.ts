import { isKnown, isList, isObject, type ObjectValue, Unknown, type Value } from '../protocol/values';
import type { Attribute, Block, Type } from '../schemas/schema';
import { completed, knownPart } from './normalize';
import type { ResourceType } from './resource-type';

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

function isSet({ type }: Attribute): boolean {
  return Array.isArray(type) && type[0] === 'set';
}

/**
 * A plan as the legacy SDK begins an apply with it: what is unknown is null, or empty in a set. Also empty is a set in a block that the
 * configuration leaves out.
 */
function begunState(block: Block, planned: ObjectValue, isInside = false): ObjectValue {
  const attributes = Object.entries(block.attributes ?? {}).map(([name, attribute]): [string, Value] => {
    const value = planned[name] ?? null;
    const isOpen = value instanceof Unknown || (isInside && value === null);
    return [name, isOpen && isSet(attribute) ? [] : knownPart(value)];
  });
  const nested = Object.entries(block.block_types ?? {}).map(([name, child]): [string, Value] => {
    const value = planned[name] ?? null;
    const inside = (element: Value) =>
      isObject(element) ? begunState(child.block, element, true) : knownPart(element);
    return [name, isList(value) ? value.map(inside) : inside(value)];
  });
  return Object.fromEntries([...attributes, ...nested]);
}

/** A planned change with the zero value, as the legacy SDK has it, in place of each plain argument that is removed. */
export function withoutRemoved(block: Block, given: ObjectValue, prior: ObjectValue): ObjectValue {
  const removed = Object.entries(block.attributes ?? {}).filter(
    ([name, { type }]) =>
      typeof type === 'string' && (given[name] ?? null) === null && (prior[name] ?? null) !== null,
  );
  return { ...given, ...Object.fromEntries(removed.map(([name, { type }]) => [name, zero(type)])) };
}

/** A block as the legacy SDK reads it: nothing in it is null. */
function filledBlock(block: Block, value: Value): Value {
  if (isList(value)) return value.map((element) => filledBlock(block, element));
  if (!isObject(value)) return value;
  const attributes = Object.entries(block.attributes ?? {}).map(
    ([name, { type }]) => [name, value[name] ?? zero(type)] as const,
  );
  const nested = Object.entries(block.block_types ?? {}).map(
    ([name, child]) => [name, filledBlock(child.block, value[name] ?? [])] as const,
  );
  return Object.fromEntries([...attributes, ...nested]);
}

/** Whether a name is that of a set, of values or of blocks. */
function isSetIn({ attributes = {}, block_types = {} }: Block, name: string): boolean {
  const attribute = attributes[name];
  return attribute === undefined ? block_types[name]?.nesting_mode === 'set' : isSet(attribute);
}

/**
 * The state of a resource: the attributes that the server knows, and the former values of all others.
 *
 * @param before the plan, in which values may be unknown, or the state before a read
 * @param isApply whether this is the state after an apply, and not after a read: a set that was planned is then as planned, whatever
 * the server says
 */
export function stateOf(
  { schema: { block } }: ResourceType,
  id: string,
  before: ObjectValue,
  found: ObjectValue,
  isApply: boolean,
): ObjectValue {
  const state: Record<string, Value> = {
    ...(isApply ? begunState(block, before) : (knownPart(before) as ObjectValue)),
  };
  for (const [name, value] of Object.entries(found)) {
    const planned = before[name] ?? null;
    if (isApply && planned !== null && isKnown(planned) && isSetIn(block, name)) continue;
    const attribute = block.attributes?.[name];
    const nested = block.block_types?.[name];
    if (attribute !== undefined) state[name] = settled(attribute, value, knownPart(planned), isApply);
    else state[name] = nested === undefined ? value : filledBlock(nested.block, value);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {}))
    if (!isApply && nested.nesting_mode === 'set') state[name] = filledBlock(nested.block, state[name] ?? []);
  for (const [name, attribute] of Object.entries(block.attributes ?? {}))
    if (attribute.write_only) state[name] = null;
  return completed(block, { ...state, id });
}
