import { nearest } from '../../base/text/nearest';
import { ValueError } from '../../model/value-error';
import { referenceFault, SecretReference } from '../../model/vault/secret-reference';
import { complete } from '../ground/complete';
import type { Json } from '../ground/json';
import type { Statement } from '../ground/problem';
import { ProblemList, refusalOf } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import { describe, type MapNode, plainValue, type SourceNode, sourceNode } from '../source/node';
import { Place } from '../source/place';
import type {
  ChoiceForm,
  EitherForm,
  Form,
  Format,
  Key,
  ListForm,
  MapForm,
  NamedForm,
  Refusal,
  Shape,
  TextForm,
  WholeForm,
} from './shape';

/** What could be read of a value. */
export interface Reading<T, D> {
  /** What is good of it; undefined where nothing is. */
  readonly draft?: D;
  /** The value, only if nothing in it is broken. */
  readonly value?: T;
  /** What is good of it as the catalog spells it, without defaults, with unknown keys that are allowed. */
  readonly plain?: Json;
}

/** Reads the value at a place by its shape, and reports all that is wrong with it. An absent value gives nothing. */
export function read<T, D>(place: Place, shape: Shape<T, D>, problems: ProblemList): Reading<T, D> {
  // The one place where what a shape carries for the compiler becomes the type of a value.
  return new Reader(problems).read(place, shape) as Reading<T, D>;
}

/** What an empty map means, where nothing in it is required. */
export function defaultsOf<T, D>(shape: Shape<T, D>): D {
  return constant(shape, {});
}

/** What the absence of a key means. */
export function defaultOf<T, D>(key: Key<T, D, 'default'>): D {
  return constant(key.shape, key.default ?? null);
}

/** A value that no file holds, read by its shape. */
function constant<T, D>(shape: Shape<T, D>, value: Json): D {
  const position = { file: '', line: 1, column: 1, endColumn: 1 };
  const place = Place.root({ kind: 'map', position, keys: new Map() });
  return complete(read(place.with(sourceNode(value, position)), shape, new ProblemList()).draft);
}

/** What a format refuses about a text; undefined where it accepts it. */
export function refusal(
  text: string,
  format: Format<unknown>,
): (Statement & { readonly fix: readonly string[] }) | undefined {
  try {
    format.parse(text);
    return undefined;
  } catch (error) {
    if (error instanceof ValueError) return refusalOf(error);
    throw error;
  }
}

/** The result of a form, whose types only the shape knows. */
type Result = Reading<unknown, unknown>;

const NOTHING: Result = {};

/** The defaults that were read: a table of keys is read once for each entry, and its defaults are the same each time. */
const DEFAULTS = new WeakMap<Key, Result>();

/** The names of keys as the types have them: a catalog repeats the same few. */
const CAMEL_NAMES = new Map<string, string>();

/** What samples have in the place of a value. One asterisk or two may be meant: the path `*` of a policy. */
const PLACEHOLDER = /^\*{3,}$/;

class Reader {
  constructor(private readonly problems: ProblemList) {}

  read(place: Place, form: Form): Result {
    const { node } = place;
    if (node === undefined || node.kind === 'broken') return NOTHING;
    switch (form.kind) {
      case 'any':
        return same(plainValue(node));
      case 'text':
        return form.hidden ? this.hidden(place, node, form, form.hidden) : this.text(place, node, form);
      case 'whole':
        return this.whole(place, node, form);
      case 'choice':
        return this.choice(place, node, form);
      case 'flag':
        return this.flag(place, node);
      case 'list':
        return node.kind === 'list' ? this.list(place, form) : this.wrongType(place, node, 'a list');
      case 'map':
        if (node.kind === 'map') return this.map(place, node, form);
        if (form.mayBeEmpty && isNothing(node)) return this.map(place, emptyMap(node), form);
        return this.wrongType(
          place,
          node,
          Object.keys(form.keys).length === 0 ? 'an empty map, {}' : 'a map of keys',
        );
      case 'named':
        if (node.kind === 'map') return this.named(place, node, form);
        return form.mayBeEmpty && isNothing(node) ? same({}) : this.wrongType(place, node, 'a map of names');
      case 'either':
        return this.either(place, node, form);
    }
  }

  private wrongType(place: Place, node: SourceNode, expected: string, ...fix: readonly string[]): Result {
    const statement = { must: `must be ${expected}`, got: describe(node) };
    this.problems.error('wrong-type', place.at(), statement, ...fix);
    return NOTHING;
  }

  private badValue(place: Place, statement: Statement, ...fix: readonly string[]): Result {
    this.problems.error('bad-value', place.at(), statement, ...fix);
    return NOTHING;
  }

  private text(place: Place, given: SourceNode, form: TextForm): Result {
    const { format } = form;
    const expected = format?.expected ?? 'a text';
    const node = form.bare ? numberAsText(given) : given;
    if (node.kind !== 'scalar' || typeof node.value !== 'string') {
      const isPlain = node.kind === 'scalar' && node.value !== null;
      const what = isPlain && format ? `${expected}, as a text` : expected;
      return this.wrongType(place, node, what, ...(isPlain ? asText(node.text, format) : []));
    }
    const { value } = node;
    const isTaken = format !== undefined && refusal(value, format) === undefined;
    if (!isTaken && PLACEHOLDER.test(value)) {
      const statement = { must: 'must be filled in', got: `the placeholder ${quoted(value)}` };
      this.problems.error('placeholder', place.at(), statement, `fill in ${expected}`);
      return NOTHING;
    }
    if (!isTaken && value.trim() === '')
      return this.badValue(place, { must: `must not be empty; ${expected} is needed` });
    if (!form.lines && value.includes('\n'))
      return this.badValue(place, { must: `must be one line; ${expected} is needed` });
    if (!format) return same(value);
    try {
      const parsed = format.parse(value);
      this.warnUnusual(place, value, format);
      return { draft: parsed, value: parsed, plain: value };
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const { fix, ...statement } = refusalOf(error);
      return this.badValue(place, statement, ...fix);
    }
  }

  private warnUnusual(place: Place, value: string, { usual }: Format<unknown>): void {
    if (usual === undefined || usual.pattern.test(value)) return;
    const statement = { must: `is usually ${usual.expected}`, got: quoted(value) };
    this.problems.warning('unusual-value', place.at(), statement, 'compare it with what the cloud shows');
  }

  /** A reference in whose place a credential may stand: it is never shown, and its key is the place. */
  private hidden(place: Place, node: SourceNode, { format }: TextForm, reason: Refusal): Result {
    const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
    if (value !== undefined && format && refusal(value, format) === undefined) {
      const parsed = format.parse(value);
      return { draft: parsed, value: parsed, plain: value };
    }
    if (value !== undefined && format && SecretReference.isMeant(value)) {
      const statement = { must: `must be ${format.expected}`, got: referenceFault(value) };
      this.problems.error('bad-reference', place.keyAt(), statement);
    } else this.problems.error(reason.code, place.keyAt(), reason.message, ...fixes(reason));
    return NOTHING;
  }

  private whole(place: Place, node: SourceNode, { min, max }: WholeForm): Result {
    const expected = `a whole number from ${min} to ${max}`;
    if (node.kind !== 'scalar' || typeof node.value !== 'number') {
      const isQuoted = node.kind === 'scalar' && /^[0-9]+$/.test(String(node.value));
      return this.wrongType(place, node, expected, ...(isQuoted ? ['write it without quotes'] : []));
    }
    const { value, text } = node;
    if (!Number.isInteger(value) || value < min || value > max)
      return this.badValue(place, { must: `must be ${expected}`, got: text });
    if (!/^-?[0-9]+$/.test(text))
      return this.badValue(place, { must: `must be ${expected} in decimal`, got: text }, `write ${value}`);
    return same(value);
  }

  private flag(place: Place, node: SourceNode): Result {
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return same(node.value);
    const isWord = node.kind === 'scalar' && /^(yes|no|on|off|true|false)$/i.test(String(node.value));
    return this.wrongType(
      place,
      node,
      'true or false',
      ...(isWord ? ['write true or false, without quotes'] : []),
    );
  }

  private choice(place: Place, node: SourceNode, { values, also = [] }: ChoiceForm): Result {
    const value = node.kind === 'scalar' ? node.value : undefined;
    if ((typeof value === 'string' || typeof value === 'number') && [...values, ...also].includes(value))
      return same(value);
    const isQuoted = typeof value === 'string' && values.some((known) => String(known) === value);
    const suggestion =
      typeof value === 'string' && !isQuoted ? nearest(value, values.map(String)) : undefined;
    const expected = values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`;
    const statement = { must: `must be ${expected}`, got: describe(node), ...meant(suggestion) };
    const isBare = typeof value === 'number' && values.some((known) => known === String(value));
    const quotes = isBare ? [`quote it: '${value}'`] : [];
    return this.badValue(place, statement, ...(isQuoted ? ['write it without quotes'] : quotes));
  }

  private list(place: Place, { of, min = 0, max = 1000, distinct, aligned }: ListForm): Result {
    const { items } = place;
    let isGood = items.length >= min && items.length <= max;
    if (!isGood) {
      const count =
        min === max ? `exactly ${min}` : items.length < min ? `at least ${min}` : `at most ${max}`;
      this.badValue(place, { must: `must be a list of ${count}`, got: String(items.length) });
    }
    const seen = new Set<string>();
    const results = items.slice(0, max).map((item) => {
      const result = this.read(item, of);
      if (result.value === undefined) isGood = false;
      const text = JSON.stringify(result.plain);
      if (distinct && result.plain !== undefined && seen.has(text)) {
        this.problems.error('duplicate-value', item.at(), `${text} stands twice in the list`);
        isGood = false;
        return NOTHING;
      }
      seen.add(text);
      return result;
    });
    const plain = results.flatMap((result) => (result.plain === undefined ? [] : [result.plain]));
    const drafts = results.map(({ draft }) => draft);
    // A list whose items are all broken is not an empty list.
    if (items.length > 0 && plain.length === 0) return NOTHING;
    return {
      draft: aligned ? drafts : drafts.filter((draft) => draft !== undefined),
      ...(isGood ? { value: results.map(({ value }) => value) } : {}),
      plain,
    };
  }

  private map(place: Place, node: MapNode, form: MapForm): Result {
    const draft: Record<string, unknown> = {};
    const value: Record<string, unknown> = {};
    const plain: Record<string, Json> = {};
    const known = Object.keys(form.keys);
    const meantKeys = new Set<string>();
    const base = place.with(node);
    let isGood = true;
    for (const [name, key] of node.keys) {
      const child = base.below(name);
      const refused = own(form.refused, name);
      const described = own(form.keys, name);
      if (refused) {
        this.problems.error(refused.code, child.keyAt(), refused.message, ...fixes(refused));
        isGood = false;
      } else if (described) {
        const result = this.read(child, described.shape);
        const good = result.draft ?? this.default(place, described).draft;
        if (good !== undefined) draft[camel(name)] = good;
        if (result.value !== undefined) value[camel(name)] = result.value;
        else isGood = false;
        if (result.plain !== undefined) plain[name] = result.plain;
      } else {
        const near = nearest(name, known);
        if (near !== undefined) meantKeys.add(near);
        const where = { path: place.path, position: key.position };
        if (form.unknown === 'error') {
          this.problems.error('unknown-key', where, { must: `unknown key ${quoted(name)}`, ...meant(near) });
          isGood = false;
        } else {
          const statement = { must: `unknown key ${quoted(name)} (passed through)`, ...meant(near) };
          this.problems.warning('unknown-key', where, statement);
          const passed = plainValue(key.value);
          if (passed !== undefined) plain[name] = passed;
        }
      }
    }
    for (const [name, key] of Object.entries(form.keys)) {
      if (node.keys.has(name)) continue;
      const result = this.default(place, key);
      if (result.draft !== undefined) draft[camel(name)] = result.draft;
      if (result.value !== undefined) value[camel(name)] = result.value;
      const instead = form.needless?.[name];
      if (key.presence !== 'required' || (instead !== undefined && node.keys.has(instead))) continue;
      isGood = false;
      if (meantKeys.has(name) && form.unknown === 'error') continue;
      this.problems.error(
        'missing-key',
        place.keyAt(),
        `key "${name}" is missing: ${lowered(key.description)}`,
      );
    }
    return { draft, ...(isGood ? { value } : {}), plain };
  }

  /** A default is read like a value of the catalog, so that it is written once, as a catalog would write it. */
  private default(place: Place, key: Key): Result {
    if (key.default === undefined) return NOTHING;
    const known = DEFAULTS.get(key);
    if (known !== undefined) return known;
    const result = this.read(place.with(sourceNode(key.default, place.keyPosition)), key.shape);
    DEFAULTS.set(key, result);
    return result;
  }

  private named(place: Place, node: MapNode, { key: format, of, max = 5000 }: NamedForm): Result {
    const draft: Record<string, unknown> = {};
    const value: Record<string, unknown> = {};
    const plain: Record<string, Json> = {};
    let isGood = node.keys.size <= max;
    if (!isGood)
      this.badValue(place, { must: `must hold at most ${max} names`, got: String(node.keys.size) });
    for (const [name, key] of node.keys) {
      const refused = refusal(name, format);
      if (refused) {
        const { fix, must, ...found } = refused;
        const where = { path: place.path, position: key.position };
        this.problems.error('bad-name', where, { must: `a key ${must}`, ...found }, ...fix);
      }
      const result = this.read(place.below(name), of);
      if (refused || result.value === undefined) isGood = false;
      if (refused) continue;
      if (result.draft !== undefined) draft[name] = result.draft;
      if (result.value !== undefined) value[name] = result.value;
      if (result.plain !== undefined) plain[name] = result.plain;
    }
    return { draft, ...(isGood ? { value } : {}), plain };
  }

  private either(place: Place, node: SourceNode, form: EitherForm): Result {
    const chosen = alternative(node, form);
    const isOtherWord =
      chosen?.kind === 'choice' && chosen.values.length === 1 && !isScalarOf(node, chosen.values);
    return chosen && !isOtherWord ? this.read(place, chosen) : this.wrongType(place, node, form.expected);
  }
}

/** A value whose draft is itself and which the catalog spells in the same way. */
function same(value: Json | undefined): Result {
  return value === undefined ? NOTHING : { draft: value, value, plain: value };
}

function alternative(node: SourceNode, form: EitherForm): Form | undefined {
  if (node.kind === 'map') return form.map;
  if (node.kind === 'list') return form.list;
  if (node.kind !== 'scalar') return undefined;
  if (typeof node.value === 'string') return form.text;
  if (typeof node.value === 'number') return form.whole ?? form.text;
  return typeof node.value === 'boolean' ? form.flag : undefined;
}

function isScalarOf(node: SourceNode, values: readonly unknown[]): boolean {
  return node.kind === 'scalar' && values.includes(node.value);
}

function isNothing(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function emptyMap(node: SourceNode): MapNode {
  return { kind: 'map', position: node.position, keys: new Map() };
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

function numberAsText(node: SourceNode): SourceNode {
  return node.kind === 'scalar' && typeof node.value === 'number' ? { ...node, value: node.text } : node;
}

/** How to write a number or a word of YAML as a text: in quotes, or, where that is refused too, as the format says. */
function asText(given: string, format: Format<unknown> | undefined): readonly string[] {
  const refused = format && refusal(given, format);
  return refused && refused.fix.length > 0 ? refused.fix : [`quote it: '${given}'`];
}

function fixes({ fix }: Refusal): readonly string[] {
  return fix === undefined ? [] : [fix];
}

function meant(suggestion: string | undefined): Pick<Statement, 'suggestion'> {
  return suggestion === undefined ? {} : { suggestion };
}

/** `aws_region` → `awsRegion`, as the type `Camel` has it. */
function camel(name: string): string {
  let converted = CAMEL_NAMES.get(name);
  if (converted === undefined) {
    converted = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    CAMEL_NAMES.set(name, converted);
  }
  return converted;
}

function lowered(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
}
