import {
  isList,
  isObject,
  type ObjectValue,
  Unknown,
  unordered,
  type Value,
} from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import type { Attribute, Behaviour, Block, NestedBlock, Type } from '../../sandbox/schemas/schema';

/** An attribute that a configuration can set, at a path without list positions. */
export interface Settable {
  readonly path: readonly string[];
  readonly attribute: Attribute;
}

/** Every settable attribute of a block and of the blocks in it. */
export function settableIn(block: Block, path: readonly string[] = []): readonly Settable[] {
  const own = Object.entries(block.attributes ?? {})
    .filter(([, attribute]) => attribute.required || attribute.optional)
    .map(([name, attribute]) => ({ path: [...path, name], attribute }));
  const nested = Object.entries(block.block_types ?? {}).flatMap(([name, child]) =>
    settableIn(child.block, [...path, name]),
  );
  return [...own, ...nested];
}

/** A value of a type; the two choices give different ones. Planning does not depend on the meaning of a string. */
export function sampleOf(type: Type, choice: 0 | 1, legal: readonly string[] = []): Value {
  if (type === 'string') return legal[choice] ?? legal[0] ?? (choice === 0 ? 'sample-a' : 'sample-b');
  if (type === 'number') return legal.length > 0 ? Number(legal[choice] ?? legal[0]) : choice + 1;
  if (type === 'bool') return choice === 1;
  if (type === 'dynamic') return null;
  if (type[0] === 'map') return { key: sampleOf(type[1], choice, legal) };
  if (type[0] === 'object') {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, member]) => [name, sampleOf(member, choice)]),
    );
  }
  if (type[0] === 'tuple') return type[1].map((member) => sampleOf(member, choice));
  return [sampleOf(type[1], choice, legal)];
}

/** A configuration with the required attributes and blocks only. */
export function requiredOnly(block: Block, behaviour: Behaviour, path: readonly string[] = []): ObjectValue {
  const config: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const legal = behaviour.values[[...path, name].join('.')]?.oneOf;
    if (attribute.required) config[name] = sampleOf(attribute.type, 0, legal);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    if ((nested.min_items ?? 0) > 0)
      config[name] = inNesting(nested, requiredOnly(nested.block, behaviour, [...path, name]));
  }
  return completed(block, config);
}

function inNesting(nested: NestedBlock, element: ObjectValue): Value {
  return nested.nesting_mode === 'list' || nested.nesting_mode === 'set' ? [element] : element;
}

/** The configuration with one more attribute set. Blocks around it get their required attributes. */
export function withValue(
  block: Block,
  behaviour: Behaviour,
  config: ObjectValue,
  path: readonly string[],
  value: Value,
): ObjectValue {
  const [name = '', ...rest] = path;
  const nested = block.block_types?.[name];
  if (nested === undefined) return { ...config, [name]: value };
  const present = config[name] ?? null;
  const first = isList(present) ? present[0] : present;
  const element = isObject(first) ? first : requiredOnly(nested.block, behaviour, path.slice(0, 1));
  return { ...config, [name]: inNesting(nested, withValue(nested.block, behaviour, element, rest, value)) };
}

/** A possible state after the plan is applied: unknown attributes have some value, unknown blocks are empty. */
export function appliedState(block: Block, planned: ObjectValue): ObjectValue {
  const known = Object.entries(block.attributes ?? {}).map(([name, { type }]) => {
    const value = planned[name] ?? null;
    return [name, value instanceof Unknown ? sampleOf(type, 0) : value];
  });
  const nested = Object.entries(block.block_types ?? {}).map(([name, child]) => {
    const value = planned[name] ?? null;
    const inside = (element: Value) => (isObject(element) ? appliedState(child.block, element) : element);
    return [name, value instanceof Unknown ? [] : isList(value) ? value.map(inside) : inside(value)];
  });
  return { ...planned, ...Object.fromEntries([...known, ...nested]) };
}

/**
 * Terraform's proposed state: the configuration, with the prior value of each computed attribute that is not configured. An element
 * of a list has the position of its prior one. One of a set has none: its prior one is the first that agrees with all that is configured.
 */
export function proposal(block: Block, prior: ObjectValue, config: ObjectValue): ObjectValue {
  const kept = Object.entries(block.attributes ?? {})
    .filter(([name, attribute]) => attribute.computed && (config[name] ?? null) === null)
    .map(([name]) => [name, prior[name] ?? null]);
  const nested = Object.entries(block.block_types ?? {}).map(([name, { nesting_mode, block: inner }]) => {
    const [had, has] = [prior[name] ?? null, config[name] ?? null];
    return [name, nesting_mode === 'set' ? proposedSet(inner, had, has) : proposedList(inner, had, has)];
  });
  return { ...config, ...Object.fromEntries([...kept, ...nested]) };
}

function proposedList(block: Block, prior: Value, config: Value): Value {
  if (isObject(config) && isObject(prior)) return proposal(block, prior, config);
  if (!isList(config) || !isList(prior)) return config;
  return config.map((element, index) => proposedList(block, prior[index] ?? null, element));
}

function proposedSet(block: Block, prior: Value, config: Value): Value {
  if (!isList(config) || !isList(prior)) return config;
  const left = prior.filter(isObject);
  return config.map((element) => {
    if (!isObject(element)) return element;
    const index = left.findIndex((before) => agrees(block, before, element));
    const [before] = index === -1 ? [] : left.splice(index, 1);
    return before === undefined ? element : proposal(block, before, element);
  });
}

function agrees(block: Block, prior: ObjectValue, config: ObjectValue): boolean {
  return Object.entries(block.attributes ?? {}).every(
    ([name, { computed }]) =>
      (computed && (config[name] ?? null) === null) ||
      unordered(config[name] ?? null) === unordered(prior[name] ?? null),
  );
}
