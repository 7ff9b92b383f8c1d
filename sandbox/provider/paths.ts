import type { PathStep } from '../protocol/diagnostics';
import { isList, isObject, type ObjectValue, type Value } from '../protocol/values';
import type { Attribute, Block } from '../schemas/schema';

/** One attribute somewhere in a block, with its recorded path (`block.attribute`, list positions left out). */
export interface AttributeAt {
  readonly recorded: string;
  readonly path: readonly PathStep[];
  /** The path as messages write it: the position of each element follows the name of its list or set. */
  readonly name: string;
  readonly attribute: Attribute;
  readonly value: Value;
}

/** Every attribute of a configuration or state; those of nested blocks once for each element. */
export function attributesOf(
  block: Block,
  value: ObjectValue,
  recorded: readonly string[] = [],
  path: readonly PathStep[] = [],
  names: readonly PathStep[] = [],
): readonly AttributeAt[] {
  const own = Object.entries(block.attributes ?? {}).map(([name, attribute]) => ({
    recorded: [...recorded, name].join('.'),
    path: [...path, name],
    name: [...names, name].join('.'),
    attribute,
    value: value[name] ?? null,
  }));
  const nested = Object.entries(block.block_types ?? {}).flatMap(([name, child]) => {
    const given = value[name] ?? null;
    const elements: readonly Value[] = isList(given) ? given : [given];
    return elements.flatMap((element, index) => {
      if (!isObject(element)) return [];
      const at = isList(given) && child.nesting_mode === 'list' ? [...path, name, index] : [...path, name];
      const named = isList(given) ? [...names, name, index] : [...names, name];
      return attributesOf(child.block, element, [...recorded, name], at, named);
    });
  });
  return [...own, ...nested];
}

/** The value at a path; null if there is none. */
export function valueAt(value: Value, path: readonly PathStep[]): Value {
  let current: Value = value;
  for (const step of path) {
    if (typeof step === 'number') current = isList(current) ? (current[step] ?? null) : null;
    else current = isObject(current) ? (current[step] ?? null) : null;
  }
  return current;
}
