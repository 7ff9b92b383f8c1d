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
  /** The provider's message about `"!bad value!"`, if it names no list or range. */
  readonly says?: string;
}

/** What the real provider answered about one resource type (docs/reference/sandbox.md). Paths leave out list positions. */
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

/** What the real provider answered to the questions of `tools/record-schema.ts`: tables by the name of an attribute. */
export interface FurtherBehaviour {
  /** Attributes that conflict with it. */
  readonly conflicts?: Groups;
  /** Attributes that must all be set if it is set. */
  readonly allOf?: Groups;
  readonly exactlyOne?: Groups;
  readonly atLeastOne?: Groups;
  /** The provider's deprecation message. */
  readonly deprecated?: Readonly<Record<string, string>>;
  /** Values that stay in the plan when the attribute is removed from the configuration. */
  readonly kept?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** Attributes that keep whatever value they have when they are removed from the configuration, or empty in it. */
  readonly keptAlways?: readonly string[];
  /** Attributes whose value changes in place, but whose addition or removal replaces the object. */
  readonly presence?: readonly string[];
  /** Changes from one value to another that are made in place although the attribute usually replaces the object. */
  readonly inPlace?: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  /** Attributes whose change replaces the object, in addition to those of {@link Behaviour}. */
  readonly replaces?: readonly string[];
  /** Default values inside a block that is configured, by their path. */
  readonly blockDefaults?: Readonly<Record<string, string | number | boolean>>;
  /** Blocks that are unknown until apply if they are not configured. */
  readonly unknownBlocks?: readonly string[];
  /** Blocks that stay in the plan when they are removed from the configuration. */
  readonly keptBlocks?: readonly string[];
  /**
   * Attributes below sets of blocks whose change replaces the object. The provider gives the path of the set, whatever changed in it:
   * an element that was added or removed replaces the object if it has a value for one of these.
   */
  readonly setReplaces?: readonly string[];
  /** Blocks whose addition or removal replaces the object. */
  readonly blockPresence?: readonly string[];
  /** Members that are required in an attribute that is written like a block. */
  readonly requiredMembers?: Groups;
}

/**
 * Which values the real provider refused, by the argument's path: its messages, in which placeholders stand for the argument's name
 * and the value, each with the refused values in the short form of `tools/fidelity/wrong-values.ts`.
 */
export type RefusedValues = Readonly<Record<string, Readonly<Record<string, readonly (string | number)[]>>>>;

/**
 * What the real provider answered to `terraform import`, and for which ids: its words, or the attributes that it sets as JSON. In
 * both `{id}` stands for the id. The ids are those of `tools/fidelity/imports.ts`, or `everything`.
 */
export type RecordedImports = Readonly<Record<string, readonly string[]>>;

export const EMPTY_BEHAVIOUR: Behaviour = { replaces: [], defaults: {}, unknown: [], values: {} };
