import { isList, isObject, type ObjectValue, type Value } from '../protocol/values';

/** The attributes of an object or of a request; nothing in them is unknown. */
export type Attributes = ObjectValue;

/** A string attribute; empty if it is null, since the legacy SDK does not distinguish the two. */
export function text(attributes: Attributes, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
}

export function number(attributes: Attributes, name: string): number | undefined {
  const value = attributes[name];
  return typeof value === 'number' ? value : undefined;
}

export function flag(attributes: Attributes, name: string): boolean {
  return attributes[name] === true;
}

export function texts(attributes: Attributes, name: string): readonly string[] {
  const value = attributes[name];
  return isList(value) ? value.filter((element): element is string => typeof element === 'string') : [];
}

export function objects(attributes: Attributes, name: string): readonly Attributes[] {
  const value = attributes[name];
  return isList(value) ? value.filter(isObject) : [];
}

/** The attributes, with the given values for those that are null. */
export function filled(attributes: Attributes, values: Readonly<Record<string, Value>>): Attributes {
  const missing = Object.entries(values).filter(([name]) => (attributes[name] ?? null) === null);
  return { ...attributes, ...Object.fromEntries(missing) };
}
