import type { Attribute, Block, NestedBlock, Schema, Type } from './schema';

/** An attribute: letters for its properties, and its type. `c string` is a computed text, `["or", ["set", "string"]]` cannot be. */
type ShortAttribute = string | readonly [properties: string, type: Type];

type ShortNested = readonly [
  mode: NestedBlock['nesting_mode'],
  minItems: number,
  maxItems: number,
  block: ShortBlock,
];

interface ShortBlock {
  /** Attributes by name. */
  readonly a?: Readonly<Record<string, ShortAttribute>>;
  /** Nested blocks by name. */
  readonly b?: Readonly<Record<string, ShortNested>>;
}

/** A schema in a form that takes a third of the space, for the many types that are not simulated. */
export type ShortSchema = readonly [version: number, block: ShortBlock];

const LETTERS = {
  required: 'r',
  optional: 'o',
  computed: 'c',
  sensitive: 's',
  write_only: 'w',
  deprecated: 'd',
} as const;

type Property = keyof typeof LETTERS;

const PROPERTIES = Object.keys(LETTERS) as readonly Property[];

function shortAttribute(attribute: Attribute): ShortAttribute {
  const letters = PROPERTIES.map((property) => (attribute[property] ? LETTERS[property] : '')).join('');
  return typeof attribute.type === 'string' ? `${letters} ${attribute.type}` : [letters, attribute.type];
}

function longAttribute(short: ShortAttribute): Attribute {
  const [letters = '', type = 'string'] = typeof short === 'string' ? short.split(' ') : short;
  const properties = PROPERTIES.filter((property) => letters.includes(LETTERS[property]));
  return { type: type as Type, ...Object.fromEntries(properties.map((property) => [property, true])) };
}

function mapped<From, To>(
  table: Readonly<Record<string, From>>,
  map: (from: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, map(value)]));
}

function shortBlock({ attributes, block_types }: Block): ShortBlock {
  const nested = ({ nesting_mode, min_items = 0, max_items = 0, block }: NestedBlock): ShortNested => [
    nesting_mode,
    min_items,
    max_items,
    shortBlock(block),
  ];
  return {
    ...(attributes === undefined ? {} : { a: mapped(attributes, shortAttribute) }),
    ...(block_types === undefined ? {} : { b: mapped(block_types, nested) }),
  };
}

function longBlock({ a = {}, b = {} }: ShortBlock): Block {
  const nested = ([nesting_mode, min_items, max_items, block]: ShortNested): NestedBlock => ({
    nesting_mode,
    min_items,
    max_items,
    block: longBlock(block),
  });
  return { attributes: mapped(a, longAttribute), block_types: mapped(b, nested) };
}

export function shortSchema({ version, block }: Schema): ShortSchema {
  return [version, shortBlock(block)];
}

export function longSchema([version, block]: ShortSchema): Schema {
  return { version, block: longBlock(block) };
}
