import { MASK } from '../base/mask-text';
import { PENDING_TEXT } from '../model/net/address';

/** The arguments of a resource: as JSON, in which a text may be an expression of Terraform. */
export type Values = Readonly<Record<string, unknown>>;

/** Stands for a value that nobody can see: an expression, a value known after the apply, or a secret that is masked. */
export const UNKNOWN = Symbol('unknown');
export type Unknown = typeof UNKNOWN;

/** What stands for a value at a path; undefined where nothing does. */
export type Seen<T> = T | Unknown | undefined;

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a text is an expression, or stands for a value that is not known. `$${` is a dollar sign before a brace. */
export function isUnknownText(text: string): boolean {
  return text === PENDING_TEXT || text === MASK || /(^|[^$])(\$\$)*[$%]\{/.test(text);
}

/** Stands for a block of which nothing is known. */
const UNSEEN_BLOCK: Values = Object.freeze({});

/** A value without what only Terraform can tell. */
export function seen(value: unknown): Seen<unknown> {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' && isUnknownText(value) ? UNKNOWN : value;
}

/**
 * The value at a path like `metadata_options.http_tokens`. A block may be an object, as cdktf writes it, or a list of one, as a
 * plan has it.
 */
export function valueAt(values: Values, path: string): Seen<unknown> {
  if (values === UNSEEN_BLOCK) return UNKNOWN;
  let value: unknown = values;
  for (const step of path.split('.')) {
    if (Array.isArray(value) && !/^\d+$/.test(step)) value = value[0];
    const found = seen(value);
    if (found === UNKNOWN || found === undefined) return found;
    if (Array.isArray(found)) value = found[Number(step)];
    else if (isValues(found)) value = found[step] ?? dynamicBlock(found, step);
    else return undefined;
  }
  return seen(value);
}

/** A block that Terraform repeats: how many there are, and what is in them, only Terraform knows. */
function dynamicBlock({ dynamic }: Values, name: string): string | undefined {
  const all: readonly unknown[] = Array.isArray(dynamic) ? dynamic : [dynamic];
  return all.some((one) => isValues(one) && Object.hasOwn(one, name)) ? PENDING_TEXT : undefined;
}

export function textAt(values: Values, path: string): Seen<string> {
  const value = valueAt(values, path);
  if (value === UNKNOWN || value === undefined) return value;
  return typeof value === 'object' ? undefined : String(value);
}

export function numberAt(values: Values, path: string): Seen<number> {
  const value = textAt(values, path);
  if (value === UNKNOWN || value === undefined) return value;
  const number = Number(value);
  return value === '' || Number.isNaN(number) ? undefined : number;
}

/** A flag: true and false, also as texts, as cdktf writes those of launch templates. */
export function flagAt(values: Values, path: string): Seen<boolean> {
  const value = textAt(values, path);
  return value === UNKNOWN || value === undefined ? value : value === 'true';
}

/** The texts of a list, with {@link UNKNOWN} for those that nobody can see; undefined where there is none, or an empty one. */
export function listAt(values: Values, path: string): Seen<readonly (string | Unknown)[]> {
  const value = valueAt(values, path);
  if (value === UNKNOWN || value === undefined) return value;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length === 0) return undefined;
  return items.map((item) => {
    const found = seen(item);
    return found === UNKNOWN ? UNKNOWN : String(found ?? '');
  });
}

/**
 * The blocks of a name with the paths of each; {@link UNKNOWN} where only Terraform knows them. Beside blocks that are known, one of
 * which nothing is known stands for those that are not.
 */
export function blocksAt(values: Values, path: string): readonly Block[] | Unknown {
  const value = valueAt(values, path);
  if (value === UNKNOWN) return UNKNOWN;
  const items: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const blocks = items.flatMap((item, index) => {
    const found = seen(item);
    if (found === UNKNOWN) return [{ values: UNSEEN_BLOCK, at: `${path}.${index}` }];
    return isValues(found) ? [{ values: found, at: `${path}.${index}` }] : [];
  });
  const isRepeated = !path.includes('.') && items.length > 0 && dynamicBlock(values, path) !== undefined;
  return isRepeated ? [...blocks, { values: UNSEEN_BLOCK, at: path }] : blocks;
}

export interface Block {
  readonly values: Values;
  /** Its path: `ingress.0`. */
  readonly at: string;
}

/** The addresses of the resources and data sources that the expressions of a value refer to, once each. */
export function referencesIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part === 'string' && part.includes('${'))
      for (const [, address = ''] of part.matchAll(REFERENCE)) found.add(address);
    else if (typeof part === 'object' && part !== null) for (const inner of Object.values(part)) walk(inner);
  };
  walk(value);
  return [...found];
}

const REFERENCE = /(?<![\w.$-])((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]*\.[A-Za-z_][\w-]*)/g;
