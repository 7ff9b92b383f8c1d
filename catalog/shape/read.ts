import { didYouMean, nearest } from '../../base/text/nearest';
import { ValueError } from '../../model/value-error';
import { referenceFault, SecretReference } from '../../model/vault/secret-reference';
import type { Json } from '../ground/catalog';
import type { Position } from '../ground/problem';
import type { ProblemList } from '../ground/problem-list';
import {
  describe,
  type MapNode,
  type Path,
  plainValue,
  quoted,
  type ScalarNode,
  type SourceNode,
} from '../source/node';
import type {
  ChoiceShape,
  EntriesShape,
  Format,
  KindsShape,
  ListShape,
  MapShape,
  Refusal,
  Shape,
  TextShape,
  WholeShape,
} from './shape';

/**
 * Checks a value against its shape and reports all that is wrong with it.
 *
 * Returns what is good of it: broken parts are left out, so that later checks can go on with the rest.
 * Keys that are unknown but allowed are kept.
 *
 * @param at where the value's key stands: the place of what is missing
 */
export function checkShape(
  node: SourceNode,
  shape: Shape,
  path: Path,
  problems: ProblemList,
  at: Position = node.position,
): Json | undefined {
  if (node.kind === 'broken') return undefined;
  const refuse = (expected: string): undefined =>
    problems.error('wrong-type', path, `must be ${expected}, got ${describe(node)}`, node.position);
  switch (shape.kind) {
    case 'any':
      return plainValue(node);
    case 'text':
      return shape.hidden
        ? checkHidden(node, shape, shape.hidden, path, problems, at)
        : checkText(node, shape, path, problems);
    case 'whole':
      return checkWhole(node, shape, path, problems);
    case 'choice':
      return checkChoice(node, shape, path, problems);
    case 'flag': {
      if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
      const isWord = node.kind === 'scalar' && /^(yes|no|on|off|true|false)$/i.test(String(node.value));
      const mend = isWord ? 'write true or false, without quotes' : undefined;
      problems.error('wrong-type', path, `must be true or false, got ${describe(node)}`, node.position, mend);
      return undefined;
    }
    case 'list':
      return node.kind === 'list' ? checkList(node.items, node, shape, path, problems) : refuse('a list');
    case 'map':
      if (shape.mayBeEmpty && isNothing(node)) return checkMap(emptyMap(node), shape, path, problems, at);
      if (node.kind === 'map') return checkMap(node, shape, path, problems, at);
      return refuse(Object.keys(shape.keys).length === 0 ? 'an empty map, {}' : 'a map of keys');
    case 'entries':
      if (shape.mayBeEmpty && isNothing(node)) return {};
      return node.kind === 'map' ? checkEntries(node, shape, path, problems) : refuse('a map of names');
    case 'kinds': {
      const chosen = shapeOfKind(node, shape);
      const isOtherWord =
        chosen?.kind === 'choice' && chosen.values.length === 1 && !isScalarOf(node, chosen.values);
      return chosen && !isOtherWord ? checkShape(node, chosen, path, problems, at) : refuse(shape.expected);
    }
  }
}

/** Whether a text has a format; undefined when it has, else how to say what is wrong. */
export function formatProblem(value: string, format: Format): { message: string; mend?: string } | undefined {
  try {
    if (format.parse) format.parse(value);
    else if (!new RegExp(format.pattern, 'u').test(value)) throw new ValueError(format.expected, value);
    return undefined;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const inline = error.suggestion === undefined ? '' : `; did you mean "${error.suggestion}"?`;
    const message = `must be ${error.expected}, got ${quoted(error.got)}${inline}`;
    return error.fix !== undefined ? { message, mend: error.fix } : { message };
  }
}

function checkText(node: SourceNode, shape: TextShape, path: Path, problems: ProblemList): Json | undefined {
  const expected = shape.format?.expected ?? 'a text';
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    const isPlain = node.kind === 'scalar' && node.value !== null;
    const mend = isPlain ? `quote it: '${(node as ScalarNode).text}'` : undefined;
    const what = isPlain && shape.format ? `${expected}, as a text` : expected;
    problems.error('wrong-type', path, `must be ${what}, got ${describe(node)}`, node.position, mend);
    return undefined;
  }
  if (/^\*+$/.test(node.value)) {
    const message = `must be filled in, got the placeholder ${quoted(node.value)}`;
    problems.error('placeholder', path, message, node.position, `fill in ${expected}`);
    return undefined;
  }
  if (node.value.trim() === '' || node.value.includes('\n')) {
    const what = node.value.trim() === '' ? 'must not be empty' : 'must be one line';
    problems.error('bad-value', path, `${what}; ${expected} is needed`, node.position);
    return undefined;
  }
  const problem = shape.format && formatProblem(node.value, shape.format);
  if (!problem) return node.value;
  problems.error('bad-value', path, problem.message, node.position, problem.mend);
  return undefined;
}

/** A reference in whose place a credential may stand: it is never shown, and the place is its key's. */
function checkHidden(
  node: SourceNode,
  { format }: TextShape,
  hidden: Refusal,
  path: Path,
  problems: ProblemList,
  at: Position,
): Json | undefined {
  const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
  if (value !== undefined && format && !formatProblem(value, format)) return value;
  if (value !== undefined && format && SecretReference.isMeant(value)) {
    problems.error('bad-reference', path, `must be ${format.expected}, got ${referenceFault(value)}`, at);
  } else problems.error(hidden.code, path, hidden.message, at, hidden.mend);
  return undefined;
}

function checkWhole(
  node: SourceNode,
  shape: WholeShape,
  path: Path,
  problems: ProblemList,
): Json | undefined {
  const expected = `a whole number from ${shape.min} to ${shape.max}`;
  const isNumber = node.kind === 'scalar' && typeof node.value === 'number';
  if (!isNumber) {
    const mend =
      node.kind === 'scalar' && /^[0-9]+$/.test(String(node.value)) ? 'write it without quotes' : undefined;
    problems.error('wrong-type', path, `must be ${expected}, got ${describe(node)}`, node.position, mend);
    return undefined;
  }
  const value = (node as ScalarNode).value as number;
  const text = (node as ScalarNode).text;
  if (!Number.isInteger(value) || value < shape.min || value > shape.max) {
    problems.error('bad-value', path, `must be ${expected}, got ${text}`, node.position);
    return undefined;
  }
  if (!/^-?[0-9]+$/.test(text)) {
    problems.error(
      'bad-value',
      path,
      `must be ${expected} in decimal, got ${text}`,
      node.position,
      `write ${value}`,
    );
    return undefined;
  }
  return value;
}

function checkChoice(
  node: SourceNode,
  shape: ChoiceShape,
  path: Path,
  problems: ProblemList,
): Json | undefined {
  const value = node.kind === 'scalar' ? node.value : undefined;
  if ((typeof value === 'string' || typeof value === 'number') && shape.values.includes(value)) return value;
  const isQuoted = typeof value === 'string' && shape.values.some((known) => String(known) === value);
  const hint = typeof value === 'string' && !isQuoted ? didYouMean(value, shape.values.map(String)) : '';
  const mend = isQuoted ? 'write it without quotes' : undefined;
  const expected = shape.values.length === 1 ? String(shape.values[0]) : `one of ${shape.values.join(', ')}`;
  const message = `must be ${expected}, got ${describe(node)}${hint}`;
  problems.error('bad-value', path, message, node.position, mend);
  return undefined;
}

function checkList(
  items: readonly SourceNode[],
  node: SourceNode,
  shape: ListShape,
  path: Path,
  problems: ProblemList,
): Json | undefined {
  const { min = 0, max = 1000 } = shape;
  if (items.length < min || items.length > max) {
    const expected =
      min === max ? `exactly ${min}` : items.length < min ? `at least ${min}` : `at most ${max}`;
    problems.error('bad-value', path, `must be a list of ${expected}, got ${items.length}`, node.position);
  }
  const seen = new Set<string>();
  const good = items.slice(0, max).flatMap((item, index) => {
    const value = checkShape(item, shape.of, [...path, index], problems);
    if (value === undefined) return [];
    const text = JSON.stringify(value);
    if (shape.distinct && seen.has(text)) {
      problems.error('duplicate-value', [...path, index], `${text} stands twice in the list`, item.position);
      return [];
    }
    seen.add(text);
    return [value];
  });
  // A list whose items are all broken is not an empty list.
  return items.length > 0 && good.length === 0 ? undefined : good;
}

function checkMap(node: MapNode, shape: MapShape, path: Path, problems: ProblemList, at: Position): Json {
  const good: Record<string, Json> = {};
  const known = Object.keys(shape.keys);
  const meant = new Set<string>();
  for (const [name, key] of node.keys) {
    const refusal = own(shape.refused, name);
    const described = own(shape.keys, name);
    if (refusal) {
      problems.error(refusal.code, [...path, name], refusal.message, key.position, refusal.mend);
    } else if (described) {
      const value = checkShape(key.value, described.shape, [...path, name], problems, key.position);
      if (value !== undefined) good[name] = value;
    } else {
      const near = nearest(name, known);
      if (near !== undefined) meant.add(near);
      const message = `unknown key ${quoted(name)}${didYouMean(name, known)}`;
      if (shape.unknown === 'error') problems.error('unknown-key', path, message, key.position);
      else {
        problems.warning('unknown-key', path, `${message} (passed through)`, key.position);
        const value = plainValue(key.value);
        if (value !== undefined) good[name] = value;
      }
    }
  }
  for (const [name, key] of Object.entries(shape.keys)) {
    if (!key.required || node.keys.has(name) || (meant.has(name) && shape.unknown === 'error')) continue;
    const message = `key "${name}" is missing: ${lowered(key.description)}`;
    problems.error('missing-key', path, message, at);
  }
  return good;
}

function checkEntries(node: MapNode, shape: EntriesShape, path: Path, problems: ProblemList): Json {
  const good: Record<string, Json> = {};
  if (node.keys.size > (shape.max ?? 5000)) {
    const message = `must hold at most ${shape.max ?? 5000} names, got ${node.keys.size}`;
    problems.error('bad-value', path, message, node.position);
  }
  for (const [name, key] of node.keys) {
    const problem = formatProblem(name, shape.key);
    if (problem) problems.error('bad-name', path, `a key ${problem.message}`, key.position);
    const value = checkShape(key.value, shape.of, [...path, name], problems, key.position);
    if (value !== undefined && !problem) good[name] = value;
  }
  return good;
}

function shapeOfKind(node: SourceNode, shape: KindsShape): Shape | undefined {
  if (node.kind === 'map') return shape.map;
  if (node.kind === 'list') return shape.list;
  if (node.kind !== 'scalar') return undefined;
  if (typeof node.value === 'string') return shape.text;
  if (typeof node.value === 'number') return shape.whole ?? shape.text;
  return typeof node.value === 'boolean' ? shape.flag : undefined;
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

function lowered(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
}
