/** A type of Terraform's type system, as `terraform providers schema -json` prints it. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['object', Readonly<Record<string, Type>>]
  | readonly ['tuple', readonly Type[]];

export interface Attribute {
  readonly type: Type;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly deprecated?: boolean;
}

export interface NestedBlock {
  readonly nesting_mode: 'single' | 'list' | 'set' | 'map' | 'group';
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
}

export interface Schema {
  readonly version: number;
  readonly block: Block;
}

export interface ProviderSchema {
  readonly provider: Schema;
  readonly resource_schemas: Readonly<Record<string, Schema>>;
  readonly data_source_schemas: Readonly<Record<string, Schema>>;
}

/** What the real provider refused as the value of one attribute. */
export interface RefusedValue {
  readonly oneOf?: readonly string[];
  readonly range?: readonly [number, number];
  readonly min?: number;
  readonly max?: number;
  /** Its words about `"!bad value!"`, where they name no list or range. */
  readonly says?: string;
}

/** What the real provider answered about one resource type (facts.md §6). Paths leave out list positions. */
export interface Behaviour {
  readonly replaces: readonly string[];
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
  readonly unknown: readonly string[];
  readonly values: Readonly<Record<string, RefusedValue>>;
  readonly together?: Readonly<Record<string, string>>;
  readonly legacy?: boolean;
  readonly unasked?: Readonly<Record<string, string>>;
}

export const EMPTY_BEHAVIOUR: Behaviour = { replaces: [], defaults: {}, unknown: [], values: {} };
