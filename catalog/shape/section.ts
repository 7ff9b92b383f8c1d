import type { Json } from '../ground/catalog';
import type { Position } from '../ground/problem';
import type { ProblemList } from '../ground/problem-list';
import { keyPositionAt, type MapNode, nodeAt, type Path, positionAt } from '../source/node';
import { checkShape } from './read';
import type { Shape } from './shape';

/** A checked map of the catalog: what is good of it, by type, and where each key stands. */
export class Section {
  constructor(
    readonly root: MapNode,
    readonly path: Path,
    readonly values: { readonly [key: string]: Json },
  ) {}

  /** Checks the value under a path; undefined when it is absent or no map. */
  static read(root: MapNode, path: Path, shape: Shape, problems: ProblemList): Section | undefined {
    const node = nodeAt(root, path);
    if (!node) return undefined;
    const value = checkShape(node, shape, path, problems, keyPositionAt(root, path));
    return isMap(value) ? new Section(root, path, value) : undefined;
  }

  text(key: string): string | undefined {
    const value = this.values[key];
    return typeof value === 'string' ? value : undefined;
  }

  number(key: string): number | undefined {
    const value = this.values[key];
    return typeof value === 'number' ? value : undefined;
  }

  flag(key: string): boolean | undefined {
    const value = this.values[key];
    return typeof value === 'boolean' ? value : undefined;
  }

  texts(key: string): readonly string[] {
    const value = this.values[key];
    return isList(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  /** A map of texts: tags, endpoints. */
  textMap(key: string): { readonly [name: string]: string } {
    const value = this.values[key];
    if (!isMap(value)) return {};
    return Object.fromEntries(
      Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
  }

  section(key: string): Section | undefined {
    const value = this.values[key];
    return isMap(value) ? new Section(this.root, [...this.path, key], value) : undefined;
  }

  /** The maps of a list, each with its own place. */
  sections(key: string): readonly Section[] {
    const node = nodeAt(this.root, [...this.path, key]);
    const value = this.values[key];
    if (node?.kind !== 'list' || !isList(value) || node.items.length !== value.length) return [];
    return value.flatMap((item, index) =>
      isMap(item) ? [new Section(this.root, [...this.path, key, index], item)] : [],
    );
  }

  /** Whether the key stands in the file, whatever it holds. */
  has(key: string): boolean {
    return this.hasAt(key);
  }

  /** Whether something stands under a path below this section. */
  hasAt(...steps: Path): boolean {
    return nodeAt(this.root, this.pathOf(...steps)) !== undefined;
  }

  /** The index at which a text stands in a list of the file, where broken items count too; the first, of several. */
  indexOf(key: string, text: string): number {
    const node = nodeAt(this.root, this.pathOf(key));
    const items = node?.kind === 'list' ? node.items : [];
    return items.findIndex((item) => item.kind === 'scalar' && item.value === text);
  }

  pathOf(...steps: Path): Path {
    return [...this.path, ...steps];
  }

  /** Where a value stands, or else the key that it would stand under. */
  at(...steps: Path): Position {
    return positionAt(this.root, this.pathOf(...steps));
  }

  /** Where a key stands. */
  keyAt(...steps: Path): Position {
    return keyPositionAt(this.root, this.pathOf(...steps));
  }
}

export function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
