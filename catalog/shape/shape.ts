import type { Json } from '../ground/catalog';

/**
 * What may stand under a key: the one description that validates a catalog and makes its JSON schema.
 *
 * A shape says what one value looks like by itself. What must hold between values is in `checks/`.
 */
export type Shape =
  | TextShape
  | WholeShape
  | FlagShape
  | ChoiceShape
  | ListShape
  | MapShape
  | EntriesShape
  | KindsShape
  | AnyShape;

/** A text of one line. */
export interface TextShape {
  readonly kind: 'text';
  readonly format?: Format;
  /** For a reference in whose place a credential may stand: what to say of it instead of showing it. */
  readonly hidden?: Refusal;
}

/** The form of a text: a parser for what it must be, a pattern for the editor. */
export interface Format {
  /** Follows "must be": `an IPv4 address`. */
  readonly expected: string;
  /** Regular expression, anchored, that agrees with the parser as far as one can. */
  readonly pattern: string;
  /** Throws a ValueError for what it refuses. @default - the pattern decides */
  readonly parse?: (text: string) => unknown;
  /** A good value, shown where one is asked for. */
  readonly example?: string;
}

export interface WholeShape {
  readonly kind: 'whole';
  readonly min: number;
  readonly max: number;
}

export interface FlagShape {
  readonly kind: 'flag';
}

export interface ChoiceShape {
  readonly kind: 'choice';
  readonly values: readonly (string | number)[];
}

export interface ListShape {
  readonly kind: 'list';
  readonly of: Shape;
  readonly min?: number;
  readonly max?: number;
  /** Whether a value may stand in it once only. */
  readonly distinct?: boolean;
}

/** A map whose keys are known. */
export interface MapShape {
  readonly kind: 'map';
  readonly keys: Readonly<Record<string, Key>>;
  /** What a key that is not known means. */
  readonly unknown: 'error' | 'warning';
  /** Keys that are known and refused, with the reason. */
  readonly refused?: Readonly<Record<string, Refusal>>;
  /** Whether nothing at all (`aws:` with no lines below) means an empty map. */
  readonly mayBeEmpty?: boolean;
}

export interface Key {
  readonly shape: Shape;
  /** One line, shown by editors. */
  readonly description: string;
  readonly required?: boolean;
  readonly default?: Json;
}

export interface Refusal {
  readonly code: 'not-built' | 'secret' | 'refused-key';
  readonly message: string;
  readonly mend?: string;
}

/** A map whose keys are names. */
export interface EntriesShape {
  readonly kind: 'entries';
  readonly key: Format;
  readonly of: Shape;
  readonly max?: number;
  readonly mayBeEmpty?: boolean;
}

/** Different shapes for different kinds of YAML value. */
export interface KindsShape {
  readonly kind: 'kinds';
  /** Follows "must be". */
  readonly expected: string;
  readonly text?: Shape;
  readonly whole?: Shape;
  readonly flag?: Shape;
  readonly list?: Shape;
  readonly map?: Shape;
}

/** Whatever YAML holds, passed through. */
export interface AnyShape {
  readonly kind: 'any';
}

export const ANY: AnyShape = { kind: 'any' };
export const FLAG: FlagShape = { kind: 'flag' };
export const TEXT: TextShape = { kind: 'text' };

export const text = (format: Format): TextShape => ({ kind: 'text', format });
export const whole = (min: number, max: number): WholeShape => ({ kind: 'whole', min, max });
export const choice = (...values: readonly (string | number)[]): ChoiceShape => ({ kind: 'choice', values });
export const list = (of: Shape, bounds: Omit<ListShape, 'kind' | 'of'> = {}): ListShape => ({
  kind: 'list',
  of,
  ...bounds,
});
export const map = (keys: MapShape['keys'], refused?: MapShape['refused']): MapShape => ({
  kind: 'map',
  keys,
  unknown: 'error',
  ...(refused ? { refused } : {}),
});
