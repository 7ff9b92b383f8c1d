import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { Path } from '../ground/path';
import type { Position, Where } from '../ground/problem';
import type { ProblemList } from '../ground/problem-list';
import { describe, type MapKey, type MapNode, type SourceNode } from './node';
import { Positions } from './positions';
import { reportSyntax } from './syntax-problems';
import { checkKeyText, checkValueText } from './text-rules';

/** How much one file may hold once its aliases are followed: an alias bomb ends here. */
const LIMITS = { nodes: 400_000, aliases: 200, depth: 40 };

/** Why the rest of a file is not read, and where it is too much. */
class LimitReached extends Error {
  constructor(
    message: string,
    readonly where: Where,
  ) {
    super(message);
  }
}

/**
 * Parses one YAML 1.2 document into nodes with positions.
 *
 * Aliases and merge keys (`<<`) are followed, within limits. What is broken is reported; undefined means that the
 * file as a whole can't be used.
 */
export function parseSource(file: string, text: string, problems: ProblemList): MapNode | undefined {
  const lineCounter = new LineCounter();
  const whole: Where = { path: [], position: { file, line: 1, column: 1, endColumn: 1 } };
  try {
    const document = parseDocument(text, {
      lineCounter,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error', // 'silent' would also keep quiet about several documents
      schema: 'core',
      version: '1.2',
    });
    const positions = new Positions(file, text, lineCounter);
    if (reportSyntax(document, positions, problems)) return undefined;
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
      const fix = file.endsWith('.lock.yml')
        ? 'restore it from version control: it says what was built'
        : "a catalog begins with cci_version: '1.0'";
      problems.error('empty-file', whole, 'is empty', fix);
      return undefined;
    }
    const root = new Converter(document, positions, problems).node(document.contents, []);
    if (root.kind === 'map') return root;
    if (root.kind !== 'broken')
      problems.error(
        'wrong-type',
        { path: [], position: root.position },
        { must: 'must be a map of keys', got: describe(root) },
      );
    return undefined;
  } catch (error) {
    if (error instanceof LimitReached) problems.error('too-much', error.where, error.message);
    else if (error instanceof RangeError) problems.error('too-much', whole, 'is nested too deeply');
    else throw error;
    return undefined;
  }
}

class Converter {
  private nodes = 0;
  private aliases = 0;

  constructor(
    private readonly document: Document,
    private readonly positions: Positions,
    private readonly problems: ProblemList,
  ) {}

  node(node: Node, path: Path, depth = 0): SourceNode {
    const position = this.position(node);
    const limit = (message: string) => new LimitReached(message, { path: [], position });
    if (++this.nodes > LIMITS.nodes) throw limit(`must hold at most ${LIMITS.nodes} values`);
    if (depth > LIMITS.depth) throw limit(`must be nested at most ${LIMITS.depth} deep`);
    if (isAlias(node)) return this.alias(node.source, node, path, depth, position);
    if (isMap(node)) return this.map(node.items, path, depth, position);
    if (isSeq(node)) {
      const items = node.items.map((item, index): SourceNode => {
        const itemPath = [...path, index];
        if (isPair(item)) return this.map([item], itemPath, depth + 1, position);
        return isNode(item) ? this.node(item, itemPath, depth + 1) : { kind: 'broken', position };
      });
      return { kind: 'list', position, items };
    }
    if (isScalar(node)) return this.scalar(node.value, node.source, path, position);
    return { kind: 'broken', position };
  }

  private alias(name: string, node: Node, path: Path, depth: number, position: Position): SourceNode {
    if (++this.aliases > LIMITS.aliases)
      throw new LimitReached(`must use at most ${LIMITS.aliases} aliases (*name), got another: *${name}`, {
        path: [],
        position,
      });
    const target = isAlias(node) ? node.resolve(this.document) : undefined;
    if (target) return this.node(target, path, depth + 1);
    if (/^\*{2,}$/.test(name)) {
      this.problems.error(
        'placeholder',
        { path, position },
        { must: 'must be filled in', got: 'a placeholder of asterisks (YAML reads * as an alias)' },
        'fill in the value, in quotes where it is a number that must stay text',
      );
    } else {
      const message = `alias *${name} has no anchor &${name} before it`;
      this.problems.error(
        'unknown-alias',
        { path, position },
        message,
        'a text that begins with * needs quotes',
      );
    }
    return { kind: 'broken', position };
  }

  private scalar(value: unknown, source: string | undefined, path: Path, position: Position): SourceNode {
    const text = source ?? '';
    if (typeof value === 'number' && !(Number.isFinite(value) && isExact(value, text))) {
      const message = `the number ${text} would change when it is read`;
      this.problems.error('inexact-number', { path, position }, message, `quote it: '${text}'`);
      return { kind: 'broken', position };
    }
    if (typeof value === 'string' && !checkValueText(value, path, position, this.problems)) {
      return { kind: 'broken', position };
    }
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    ) {
      return { kind: 'scalar', position, value, text };
    }
    this.problems.error('wrong-type', { path, position }, 'must be a text, a number, true or false');
    return { kind: 'broken', position };
  }

  private map(pairs: readonly Pair[], path: Path, depth: number, position: Position): MapNode {
    const keys = new Map<string, MapKey>();
    const merged: MapNode[] = [];
    for (const { key, value } of pairs) {
      const keyPosition = isNode(key) ? this.position(key) : position;
      const name = keyName(key);
      if (name === undefined) {
        this.problems.error('bad-key', { path, position: keyPosition }, 'a key must be a text');
        continue;
      }
      const own = [...path, name];
      const node: SourceNode = isNode(value)
        ? this.node(value, own, depth + 1)
        : { kind: 'scalar', position: keyPosition, value: null, text: '' };
      if (name === '<<') {
        merged.push(...this.mergeSources(node, own));
        continue;
      }
      if (!checkKeyText(name, path, keyPosition, this.problems)) continue;
      const first = keys.get(name);
      if (first) {
        const message = `key "${name}" stands twice, first in line ${first.position.line}`;
        this.problems.error('duplicate-key', { path, position: keyPosition }, message, 'keep one of them');
        continue;
      }
      keys.set(name, { name, position: keyPosition, value: node });
    }
    for (const source of merged)
      for (const [name, key] of source.keys) if (!keys.has(name)) keys.set(name, key);
    return { kind: 'map', position, keys };
  }

  private mergeSources(node: SourceNode, path: Path): readonly MapNode[] {
    const sources = node.kind === 'list' ? node.items : [node];
    return sources.flatMap((source) => {
      if (source.kind === 'map') return [source];
      if (source.kind !== 'broken')
        this.problems.error(
          'wrong-type',
          { path, position: source.position },
          'must be a map, or a list of maps, to merge',
        );
      return [];
    });
  }

  private position(node: Node): Position {
    const [start, end] = node.range ?? [0, 0];
    return this.positions.of(start, end);
  }
}

function keyName(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** Whether the number says what the file says: no digits lost, no leading zero that half of the parsers read as octal. */
function isExact(value: number, text: string): boolean {
  return !/^[-+]?0[0-9]/.test(text) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
