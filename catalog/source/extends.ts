import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Problem, ProblemCode } from '../ground/problem';
import { ProblemList } from '../ground/problem-list';
import { readText } from './file';
import { mergeMaps } from './merge';
import { describe, type MapNode, type ScalarNode, type SourceNode } from './node';
import { parseSource } from './parse';

/** How often one environment may lay a file over another: lists of lists of files end here. */
const MOST_MERGES = 100;

/** Files that were parsed, with what is wrong in each: shared by the readers of one load. */
export type ParsedFiles = Map<string, { readonly root?: MapNode; readonly problems: readonly Problem[] }>;

/** Reads files, and reports the problems of each once. */
export class SourceReader {
  private readonly asked = new Set<string>();
  private merges = 0;

  constructor(
    readonly problems: ProblemList,
    private readonly parsed: ParsedFiles = new Map(),
  ) {}

  /** Every file that was asked for, in that order. */
  get files(): readonly string[] {
    return [...this.asked];
  }

  /** A file by itself; undefined after reporting why not. */
  read(file: string): MapNode | undefined {
    const parsed = this.parsed.get(file) ?? parseFile(file);
    this.parsed.set(file, parsed);
    if (!this.asked.has(file)) for (const problem of parsed.problems) this.problems.add(problem);
    this.asked.add(file);
    return parsed.root;
  }

  /**
   * A file merged over all that it extends, without the key `extends`.
   *
   * @param folder no file outside of it is read
   * @param chain the files that led here, to find a circle
   */
  readMerged(file: string, folder: string, chain: readonly string[] = []): MapNode | undefined {
    const own = this.read(file);
    if (!own) return undefined;
    const extended = extendsOf(own);
    const keys = new Map(own.keys);
    keys.delete('extends');
    const child: MapNode = { ...own, keys };
    if (!own.keys.has('extends')) return child;
    if (chain.length === 0) this.merges = 0;
    const bases = extended.map((target) => this.base(target, file, folder, [...chain, file]));
    this.checkForm(own);
    const readable = bases.flatMap((base) => base ?? []);
    if (readable.length < bases.length) return undefined;
    const [first, ...rest] = readable;
    return first ? mergeMaps(rest.reduce(mergeMaps, first), child) : child;
  }

  private base(
    target: ScalarNode,
    file: string,
    folder: string,
    chain: readonly string[],
  ): MapNode | undefined {
    const text = String(target.value);
    const where = { path: ['extends'], position: target.position };
    const refuse = (code: ProblemCode, must: string, got?: string): undefined =>
      this.problems.error(code, where, { must, got });
    const found = path.join(path.dirname(file), text);
    if (path.isAbsolute(text) || text.includes('\\') || !isInside(found, folder)) {
      return refuse('extends-outside', `must be a file of the catalog's folder`, describe(target));
    }
    if (chain.includes(found)) {
      return refuse(
        'extends-circle',
        `files extend each other in a circle: ${[...chain, found].join(' → ')}`,
      );
    }
    if (++this.merges > MOST_MERGES) {
      return refuse('too-much', `files must extend others at most ${MOST_MERGES} times in all`);
    }
    if (chain.length > 8)
      return refuse('extends-circle', 'files must extend each other at most 8 levels deep');
    try {
      if (!isInside(realpathSync(found), realpathSync(folder))) {
        return refuse('extends-outside', `must be a file of the catalog's folder`, 'a link out of it');
      }
    } catch {
      return refuse('missing-file', `there is no file ${JSON.stringify(found)}`);
    }
    return this.readMerged(found, folder, chain);
  }

  private checkForm(own: MapNode): void {
    const node = own.keys.get('extends')?.value;
    const bad = node?.kind === 'list' ? node.items.find((item) => !isText(item)) : node;
    if (node && bad && !isText(bad) && bad.kind !== 'broken') {
      const statement = { must: 'must be a file or a list of files', got: describe(bad) };
      this.problems.error('wrong-type', { path: ['extends'], position: bad.position }, statement);
    }
  }
}

function parseFile(file: string): { readonly root?: MapNode; readonly problems: readonly Problem[] } {
  const problems = new ProblemList();
  const text = readText(file, problems);
  const root = text === undefined ? undefined : parseSource(file, text, problems);
  return { ...(root ? { root } : {}), problems: problems.sorted([file]) };
}

/** The files that a file says it extends, as they are written. */
export function extendsOf(root: MapNode): readonly ScalarNode[] {
  const node = root.keys.get('extends')?.value;
  if (!node) return [];
  return (node.kind === 'list' ? node.items : [node]).filter(isText);
}

function isText(node: SourceNode): node is ScalarNode {
  return node.kind === 'scalar' && typeof node.value === 'string';
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}
