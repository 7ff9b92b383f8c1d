import type { Schema } from './shapes';

/** Where and how a value differs from its schema. */
export interface Mismatch {
  /** `outcome.plan.changes[3].action`; empty for the whole value. */
  readonly path: string;
  /** What must hold, and what was found; no value of the file longer than a few characters. */
  readonly text: string;
}

/** The first place at which a value does not match; undefined where it does. */
export function mismatch(schema: Schema, value: unknown, path = ''): Mismatch | undefined {
  if (schema.anyOf !== undefined) return noneOf(schema.anyOf, value, path);
  const wrong = ownMismatch(schema, value);
  if (wrong !== undefined) return { path, text: wrong };
  if (Array.isArray(value)) return inList(schema, value, path);
  return isObject(value) ? inObject(schema, value, path) : undefined;
}

/** What is wrong with the value itself, and not with a part of it. */
function ownMismatch(schema: Schema, value: unknown): string | undefined {
  const { type, const: constant, enum: choices, pattern, maxLength, minimum } = schema;
  if (constant !== undefined && value !== constant) return `must be ${String(constant)}, got ${shown(value)}`;
  if (type !== undefined && !isOfType(type, value)) return `must be ${NOUNS[type]}, got ${shown(value)}`;
  if (typeof value === 'string') {
    if (choices !== undefined && !choices.includes(value))
      return `must be one of ${choices.join(', ')}, got ${shown(value)}`;
    if (maxLength !== undefined && value.length > maxLength)
      return `must have at most ${maxLength} characters, got ${value.length}`;
    if (pattern !== undefined && !patternOf(pattern).test(value))
      return `must match ${pattern}, got ${shown(value)}`;
  }
  if (typeof value === 'number' && minimum !== undefined && value < minimum)
    return `must be at least ${minimum}, got ${value}`;
  return undefined;
}

const PATTERNS = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const known = PATTERNS.get(source) ?? new RegExp(source, 'u');
  PATTERNS.set(source, known);
  return known;
}

const NOUNS = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
} as const;

function isOfType(type: keyof typeof NOUNS, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === type;
}

function inList({ items }: Schema, value: readonly unknown[], path: string): Mismatch | undefined {
  if (items === undefined) return undefined;
  for (const [index, item] of value.entries()) {
    const found = mismatch(items, item, `${path}[${index}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inObject(
  { properties = {}, required = [], additionalProperties }: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
): Mismatch | undefined {
  const absent = required.find((name) => !Object.hasOwn(value, name));
  if (absent !== undefined) return { path, text: `must have the key ${absent}` };
  for (const [name, part] of Object.entries(value)) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (schema === false) return { path, text: `must have no key ${shown(name)}` };
    const at = path === '' ? shortened(name) : `${path}.${shortened(name)}`;
    const found = schema === undefined ? undefined : mismatch(schema, part, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The mismatch with the option that the value is meant to be: the one with the same constants, else that which goes deepest. */
function noneOf(options: readonly Schema[], value: unknown, path: string): Mismatch | undefined {
  const found: Mismatch[] = [];
  for (const option of options) {
    const one = mismatch(option, value, path);
    if (one === undefined) return undefined;
    if (hasConstantsOf(option, value)) return one;
    found.push(one);
  }
  return found.sort((a, b) => b.path.length - a.path.length)[0];
}

function hasConstantsOf({ properties = {} }: Schema, value: unknown): boolean {
  const constants = Object.entries(properties).filter(([, schema]) => schema.const !== undefined);
  return (
    isObject(value) &&
    constants.length > 0 &&
    constants.every(([name, schema]) => value[name] === schema.const)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A few characters of a value, on one line. */
function shown(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : String(value);
}

const SHOWN = 40;

/** Only characters that a terminal shows as they are. */
function shortened(text: string): string {
  const plain = text.slice(0, SHOWN).replace(/[^\x20-\x7e]/g, '?');
  return text.length > SHOWN ? `${plain}…` : plain;
}
