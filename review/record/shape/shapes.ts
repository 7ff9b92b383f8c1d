/** The part of JSON Schema that describes review records: what is read is held against it, and the published schema is made of it. */
export interface Schema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  readonly const?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** `false` for a closed object; the shape of all values of a map by names. */
  readonly additionalProperties?: false | Schema;
  readonly anyOf?: readonly Schema[];
}

declare const VALUE: unique symbol;

/** A schema with the type of the values that it admits. */
export interface Shape<T> {
  readonly schema: Schema;
  /** There for the compiler alone. */
  readonly [VALUE]?: T;
}

export type Infer<S> = S extends Shape<infer T> ? T : never;

type Shapes = Readonly<Record<string, Shape<unknown>>>;
type Properties<Required extends Shapes, Optional extends Shapes> = {
  readonly [Name in keyof Required]: Infer<Required[Name]>;
} & { readonly [Name in keyof Optional]?: Infer<Optional[Name]> };

export interface TextOptions {
  readonly pattern?: string;
  readonly maxLength?: number;
}

export function text(description?: string, options: TextOptions = {}): Shape<string> {
  return { schema: { type: 'string', ...described(description), ...options } };
}

export function choice<const Values extends readonly string[]>(
  values: Values,
  description?: string,
): Shape<Values[number]> {
  return { schema: { type: 'string', ...described(description), enum: values } };
}

export function constant<const Value extends string | number | boolean>(
  value: Value,
  description?: string,
): Shape<Value> {
  return { schema: { ...described(description), const: value } };
}

export function truth(description?: string): Shape<boolean> {
  return { schema: { type: 'boolean', ...described(description) } };
}

/** A whole number that is not negative. */
export function count(description?: string): Shape<number> {
  return { schema: { type: 'integer', ...described(description), minimum: 0 } };
}

/** Any value that JSON has. */
export function anything<T = unknown>(description?: string): Shape<T> {
  return { schema: { ...described(description) } };
}

export function list<T>(item: Shape<T>, description?: string): Shape<readonly T[]> {
  return { schema: { type: 'array', ...described(description), items: item.schema } };
}

/** A map by names that the schema does not know. */
export function named<T>(value: Shape<T>, description?: string): Shape<Readonly<Record<string, T>>> {
  return { schema: { type: 'object', ...described(description), additionalProperties: value.schema } };
}

/** A closed object: another key than these is wrong. */
export function object<Required extends Shapes, Optional extends Shapes = Readonly<Record<never, never>>>(
  required: Required,
  optional: Optional = {} as Optional,
  description?: string,
): Shape<Properties<Required, Optional>> {
  const properties = Object.entries({ ...required, ...optional }).map(([name, { schema }]) => [name, schema]);
  return {
    schema: {
      type: 'object',
      ...described(description),
      properties: Object.fromEntries(properties),
      required: Object.keys(required),
      additionalProperties: false,
    },
  };
}

/** One of several; objects among them are told apart by a constant. */
export function either<const Options extends readonly Shape<unknown>[]>(
  options: Options,
  description?: string,
): Shape<Infer<Options[number]>> {
  return { schema: { ...described(description), anyOf: options.map(({ schema }) => schema) } };
}

function described(description: string | undefined): Pick<Schema, 'description'> {
  return description === undefined ? {} : { description };
}
