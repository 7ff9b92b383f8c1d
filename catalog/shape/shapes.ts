import { ValueError } from '../../model/value-error';
import type { Json } from '../ground/json';
import type {
  Carried,
  ChoiceForm,
  Draft,
  DraftMap,
  Format,
  Infer,
  InferMap,
  Key,
  Keys,
  ListBounds,
  MapForm,
  Refusal,
  Shape,
} from './shape';

export const ANY: Shape<Json, Json> = { kind: 'any' };
export const FLAG: Shape<boolean, boolean> = { kind: 'flag' };
export const TEXT: Shape<string, string> = { kind: 'text' };

/** A text that a format reads. */
export const text = <T>(format: Format<T>): Shape<T, T> => ({ kind: 'text', format });

/** A text in whose place a secret may have been written by mistake: what is refused is never shown. */
export const hidden = <T>(format: Format<T>, refusal: Refusal): Shape<T, T> => ({
  kind: 'text',
  format,
  hidden: refusal,
});

/** A text that a format reads, which may be a number without quotes. */
export const bare = <T>(format: Format<T>): Shape<T, T> => ({ kind: 'text', format, bare: true });

/** A text of several lines that a format reads. */
export const lines = <T>(format: Format<T>): Shape<T, T> => ({ kind: 'text', format, lines: true });

/** A format whose texts are kept as they are. */
export function pattern(expected: string, regularExpression: string, example?: string): Format<string> {
  const matches = new RegExp(regularExpression, 'u');
  const parse = (given: string): string => {
    if (matches.test(given)) return given;
    throw new ValueError(expected, given);
  };
  return { expected, pattern: regularExpression, parse, ...(example === undefined ? {} : { example }) };
}

/** A whole number. */
export const whole = (min: number, max: number): Shape<number, number> => ({ kind: 'whole', min, max });

/** The shape of a choice. */
export type Choice<V> = ChoiceForm & Carried<V, V>;

/** One of some words or numbers. */
export const choice = <const V extends readonly (string | number)[]>(...values: V): Choice<V[number]> => ({
  kind: 'choice',
  values,
});

/** A choice with what each of its values means, for editors. */
export const explained = <V extends string | number>(
  shape: Choice<V>,
  meanings: Readonly<Record<`${V}`, string>>,
): Choice<V> => ({ ...shape, meanings });

/** The same, with values that messages do not offer, because another check says where each is right. */
export const choiceAlso = <const V extends readonly string[], const A extends readonly string[]>(
  values: V,
  also: A,
): Shape<V[number] | A[number], V[number] | A[number]> => ({ kind: 'choice', values, also });

export const list = <T, D>(of: Shape<T, D>, bounds: ListBounds = {}): Shape<readonly T[], readonly D[]> => ({
  kind: 'list',
  of,
  ...bounds,
});

/** A list of maps, in whose draft a broken item is undefined, so that its indexes are those of the file. */
export const rows = <T, D>(
  of: Shape<T, D>,
  bounds: ListBounds = {},
): Shape<readonly T[], readonly (D | undefined)[]> => ({ kind: 'list', of, aligned: true, ...bounds });

/** A map of known keys, in which any other key is an error. */
export const map = <const K extends Keys>(
  keys: K,
  refused?: MapForm['refused'],
): MapForm & { readonly keys: K } & Shape<InferMap<K>, DraftMap<K>> => ({
  kind: 'map',
  keys,
  unknown: 'error',
  ...(refused ? { refused } : {}),
});

/** The same, where a required key may be absent if the key that stands for it is there. */
export const needless = <S extends MapForm>(shape: S, keys: Readonly<Record<string, string>>): S => ({
  ...shape,
  needless: keys,
});

/** The same, where `name:` with nothing after it is an empty map. */
export const mayBeEmpty = <S extends MapForm>(shape: S): S => ({ ...shape, mayBeEmpty: true });

/** A map of names. */
export const named = <T, D>(
  key: Format<unknown>,
  of: Shape<T, D>,
  options: { readonly max?: number; readonly mayBeEmpty?: boolean } = {},
): Shape<Named<T>, Named<D>> => ({ kind: 'named', key, of, ...options });

export interface Named<T> {
  readonly [name: string]: T;
}

interface Alternatives {
  readonly text?: Shape;
  readonly whole?: Shape;
  readonly flag?: Shape;
  readonly list?: Shape;
  readonly map?: Shape;
}

/** A shape for each kind of YAML value that may stand there. */
export const either = <const A extends Alternatives>(
  expected: string,
  alternatives: A,
): Shape<Infer<A[keyof A]>, Draft<A[keyof A]>> => ({ kind: 'either', expected, ...alternatives });

export const required = <T, D>(shape: Shape<T, D>, description: string): Key<T, D, 'required'> => ({
  shape,
  presence: 'required',
  description,
});

export const optional = <T, D>(shape: Shape<T, D>, description: string): Key<T, D, 'optional'> => ({
  shape,
  presence: 'optional',
  description,
});

/** A key whose absence means what the default says, read like a value of a catalog. */
export const withDefault = <T, D>(
  shape: Shape<T, D>,
  value: Json,
  description: string,
): Key<T, D, 'default'> => ({ shape, presence: 'default', description, default: value });
