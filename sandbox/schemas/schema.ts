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
  readonly ephemeral_resource_schemas?: Readonly<Record<string, Schema>>;
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

type Groups = Readonly<Record<string, readonly string[]>>;

/** What the real provider answered to the questions of `record.ts`, in tables from an attribute's name. */
export interface FurtherBehaviour {
  /** Attributes that it may not be set with. */
  readonly conflicts?: Groups;
  /** Attributes that must all be set where it is. */
  readonly allOf?: Groups;
  readonly exactlyOne?: Groups;
  readonly atLeastOne?: Groups;
  /** Its words about an attribute that is deprecated. */
  readonly deprecated?: Readonly<Record<string, string>>;
  /** Values that stay in the plan when the attribute is removed: the provider sees no change there. */
  readonly kept?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** Attributes that change in place, but whose coming or going needs a new object. */
  readonly presence?: readonly string[];
  /** Changes, from and to, which stay in place although the attribute is one that replaces. */
  readonly inPlace?: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  /** Further attributes that replace. */
  readonly replaces?: readonly string[];
  /** Values filled into a block that is there, by their path. */
  readonly blockDefaults?: Readonly<Record<string, string | number | boolean>>;
  /** Blocks that are unknown until apply where there is none. */
  readonly unknownBlocks?: readonly string[];
  /** Blocks that stay in the plan when they are removed. */
  readonly keptBlocks?: readonly string[];
  /** Members that an attribute written like a block must have. */
  readonly requiredMembers?: Groups;
}

export const EMPTY_BEHAVIOUR: Behaviour = { replaces: [], defaults: {}, unknown: [], values: {} };
