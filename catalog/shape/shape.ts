import type { Json } from '../ground/json';

/**
 * What may stand under a key: the one description that validates a catalog, gives the TypeScript type and the defaults,
 * and makes the JSON schema.
 *
 * `T` is the type of a good value; `D` that of a draft, in which what is broken is left out. A shape says what one value
 * looks like by itself. What must hold between values is checked by the kinds and by `environment/`.
 */
export type Shape<T = unknown, D = unknown> = Form & Carried<T, D>;

/** Types that a shape carries for the compiler; nothing of it exists at run time. */
export interface Carried<T, D> {
  readonly [VALUE]?: T;
  readonly [DRAFT]?: D;
}

export declare const VALUE: unique symbol;
export declare const DRAFT: unique symbol;

/** The type of a good value of a shape. */
export type Infer<S> = S extends { readonly [VALUE]?: infer T } ? T : never;

/** The type of what can be read of a value that may be broken: what is broken is absent, or its default. */
export type Draft<S> = S extends { readonly [DRAFT]?: infer D } ? D : never;

/** A shape without its types: what the reader and the schema's writer work on. */
export type Form =
  | TextForm
  | WholeForm
  | FlagForm
  | ChoiceForm
  | ListForm
  | MapForm
  | NamedForm
  | EitherForm
  | AnyForm;

/** A text of one line, unless it may have several. */
export interface TextForm {
  readonly kind: 'text';
  readonly format?: Format<unknown>;
  /** Whether it may have several lines, as a script has. */
  readonly lines?: boolean;
  /** Whether a number without quotes is taken for its text: `0.83`. */
  readonly bare?: boolean;
  /** For a reference in whose place a credential may stand: what to say of it instead of showing it. */
  readonly hidden?: Refusal;
}

/** The form of a text: a parser for what it must be, a pattern for the editor. */
export interface Format<T> {
  /** Follows "must be": `an IPv4 address`. */
  readonly expected: string;
  /** Regular expression, anchored, that agrees with the parser as far as one can. */
  readonly pattern: string;
  /** @throws ValueError for a text that it refuses */
  readonly parse: (text: string) => T;
  /** A good value, shown where one is asked for. */
  readonly example?: string;
  /** What a good value usually is, where others are accepted with a warning: who reads the value takes more. */
  readonly usual?: { readonly expected: string; readonly pattern: RegExp };
}

export interface WholeForm {
  readonly kind: 'whole';
  readonly min: number;
  readonly max: number;
}

export interface FlagForm {
  readonly kind: 'flag';
}

export interface ChoiceForm {
  readonly kind: 'choice';
  readonly values: readonly (string | number)[];
  /** What each value means, a clause that editors show; by the value's text. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** Values that are read too, and that messages do not offer: another check says where each is right. */
  readonly also?: readonly (string | number)[];
}

export interface ListForm extends ListBounds {
  readonly kind: 'list';
  readonly of: Form;
  /** Whether the draft has an item for each of the file's, undefined for a broken one, so that indexes agree. */
  readonly aligned?: boolean;
}

export interface ListBounds {
  readonly min?: number;
  readonly max?: number;
  /** Whether a value may stand in it once only. */
  readonly distinct?: boolean;
}

/** A map whose keys are known. */
export interface MapForm {
  readonly kind: 'map';
  /** By their names in the catalog, in snake_case. */
  readonly keys: Keys;
  /** What a key that is not known means. */
  readonly unknown: 'error' | 'warning';
  /** Required keys that another key makes needless, by name: `public_ip` where `gateways` is there. */
  readonly needless?: Readonly<Record<string, string>>;
  /** Keys that are known and refused, with the reason. */
  readonly refused?: Readonly<Record<string, Refusal>>;
  /** Whether nothing at all (`aws:` with no lines below) means an empty map. */
  readonly mayBeEmpty?: boolean;
}

export type Keys = Readonly<Record<string, Key>>;

/** One key of a map. */
export interface Key<T = unknown, D = unknown, P extends Presence = Presence> {
  readonly shape: Shape<T, D>;
  readonly presence: P;
  /** One line, shown by editors. */
  readonly description: string;
  /** What an absent key means, as a catalog would write it. */
  readonly default?: Json;
}

export type Presence = 'required' | 'optional' | 'default';

export interface Refusal {
  readonly code: 'not-built' | 'secret' | 'refused-key';
  /** A sentence about the key. */
  readonly message: string;
  readonly fix?: string;
}

/** A map whose keys are names. */
export interface NamedForm {
  readonly kind: 'named';
  readonly key: Format<unknown>;
  readonly of: Form;
  readonly max?: number;
  readonly mayBeEmpty?: boolean;
}

/** Different shapes for different kinds of YAML value. */
export interface EitherForm {
  readonly kind: 'either';
  /** Follows "must be". */
  readonly expected: string;
  readonly text?: Form;
  readonly whole?: Form;
  readonly flag?: Form;
  readonly list?: Form;
  readonly map?: Form;
}

/** Whatever YAML holds, passed through. */
export interface AnyForm {
  readonly kind: 'any';
}

/** `aws_region` → `awsRegion`: where a catalog's spelling and TypeScript's meet. */
export type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

/** The value of a map: required keys and keys with a default are there. */
export type InferMap<K extends Keys> = Flat<
  { readonly [N in Present<K> as Camel<N>]: Infer<K[N]['shape']> } & {
    readonly [N in Exclude<keyof K & string, Present<K>> as Camel<N>]?: Infer<K[N]['shape']>;
  }
>;

/** The draft of a map: a key with a default has it where the catalog's value is broken too, any other may be absent. */
export type DraftMap<K extends Keys> = Flat<
  { readonly [N in Defaulted<K> as Camel<N>]: Draft<K[N]['shape']> } & {
    readonly [N in Exclude<keyof K & string, Defaulted<K>> as Camel<N>]?: Draft<K[N]['shape']>;
  }
>;

type Defaulted<K extends Keys> = {
  [N in keyof K & string]: K[N]['presence'] extends 'default' ? N : never;
}[keyof K & string];

type Present<K extends Keys> = {
  [N in keyof K & string]: K[N]['presence'] extends 'optional' ? never : N;
}[keyof K & string];

type Flat<T> = { [K in keyof T]: T[K] };
