import { isList, isObject, type ObjectValue, Unknown, type Value } from '../protocol/values';
import type { Attribute, Block, Type } from '../schemas/schema';
import type { ValueRules } from './value-rules';

function zero(type: Type): Value {
  if (type === 'string') return '';
  if (type === 'bool') return false;
  if (type === 'number') return 0;
  return Array.isArray(type) && (type[0] === 'list' || type[0] === 'set') ? [] : null;
}

function zeroFilled(type: Readonly<Record<string, Type>>, element: Value, rules: ValueRules): Value {
  if (!isObject(element)) return element;
  return Object.fromEntries(
    Object.entries(type).map(([name, memberType]): [string, Value] => {
      const value = element[name] ?? zero(memberType);
      return [name, typeof value === 'string' ? (rules.memberText?.(name, value) ?? value) : value];
    }),
  );
}

/**
 * An attribute's configured value as the legacy SDK plans it: in a list or set of objects such as `route`, members that
 * are not set get the zero value of their type.
 */
export function legacyValue(attribute: Attribute, value: Value, rules: ValueRules): Value {
  const { type } = attribute;
  if (!isList(value) || !Array.isArray(type) || (type[0] !== 'list' && type[0] !== 'set')) return value;
  const element = type[1] as Type;
  if (!Array.isArray(element) || element[0] !== 'object') return value;
  return value.map((member) => zeroFilled(element[1] as Readonly<Record<string, Type>>, member, rules));
}

/** A state as the legacy SDK stores it: the objects in its lists and sets have all their members. */
export function legacyObject(block: Block, value: ObjectValue, rules: ValueRules): ObjectValue {
  const attributes = Object.entries(block.attributes ?? {});
  return {
    ...value,
    ...Object.fromEntries(
      attributes.map(([name, attribute]) => [name, legacyValue(attribute, value[name] ?? null, rules)]),
    ),
  };
}

function emptyNested(mode: string): Value {
  return mode === 'list' || mode === 'set' ? [] : mode === 'map' ? {} : null;
}

/** A value with every attribute and block of its schema: absent attributes are null, absent lists and sets of blocks empty. */
export function completed(block: Block, value: ObjectValue): ObjectValue {
  const complete: Record<string, Value> = {};
  for (const name of Object.keys(block.attributes ?? {})) complete[name] = value[name] ?? null;
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const given = value[name] ?? null;
    if (isList(given)) {
      complete[name] = given.map((element) =>
        isObject(element) ? completed(nested.block, element) : element,
      );
    } else if (isObject(given) && nested.nesting_mode !== 'map') {
      complete[name] = completed(nested.block, given);
    } else {
      complete[name] = given ?? emptyNested(nested.nesting_mode);
    }
  }
  return complete;
}

/** The value with null in place of everything that is unknown. */
export function knownPart(value: Value): Value {
  if (value instanceof Unknown) return null;
  if (isList(value)) return value.map(knownPart);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, knownPart(member)]));
  }
  return value;
}
