import type { Json } from '../ground/catalog';
import type { Position } from '../ground/problem';

/** A value of a YAML file together with where it stands: what all later stages read. */
export type SourceNode = MapNode | ListNode | ScalarNode | BrokenNode;

export interface MapNode {
  readonly kind: 'map';
  readonly position: Position;
  readonly keys: ReadonlyMap<string, MapKey>;
}

export interface MapKey {
  readonly name: string;
  readonly position: Position;
  readonly value: SourceNode;
}

export interface ListNode {
  readonly kind: 'list';
  readonly position: Position;
  readonly items: readonly SourceNode[];
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly position: Position;
  readonly value: string | number | boolean | null;
  /** As it is written in the file. */
  readonly text: string;
}

/** Something whose problem is reported already; later stages pass over it. */
export interface BrokenNode {
  readonly kind: 'broken';
  readonly position: Position;
}

/** Keys and list indexes from the root of a catalog to a value. */
export type Path = readonly (string | number)[];

/** `aws.default.create.ingress[0].from`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

/** The node under a path, or undefined. */
export function nodeAt(root: SourceNode, path: Path): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const step of path) {
    if (node?.kind === 'map') node = node.keys.get(String(step))?.value;
    else if (node?.kind === 'list' && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}

/** Where a value stands; for one that is absent, the nearest key above it. */
export function positionAt(root: SourceNode, path: Path): Position {
  const node = nodeAt(root, path);
  return node?.position ?? keyPositionAt(root, path.slice(0, -1));
}

/** Where the key of a value stands; for one that is absent, the nearest key above it. */
export function keyPositionAt(root: SourceNode, path: Path): Position {
  for (let length = path.length; length > 0; length--) {
    const parent = nodeAt(root, path.slice(0, length - 1));
    const step = path[length - 1];
    if (parent?.kind === 'map') {
      const key = parent.keys.get(String(step));
      if (key) return key.position;
    }
    if (parent?.kind === 'list' && typeof step === 'number' && parent.items[step]) {
      return parent.items[step].position;
    }
  }
  return root.position;
}

/** The plain value of a node; what is broken is left out. */
export function plainValue(node: SourceNode): Json | undefined {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue).filter((value) => value !== undefined);
    case 'map':
      return Object.fromEntries(
        [...node.keys.values()].flatMap((key) => {
          const value = plainValue(key.value);
          return value === undefined ? [] : [[key.name, value]];
        }),
      );
    case 'broken':
      return undefined;
  }
}

/** What a node is, for "got …"; long texts are cut. */
export function describe(node: SourceNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'broken') return 'something unreadable';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'number') return `the number ${node.text}`;
  if (typeof node.value === 'boolean') return String(node.value);
  return quoted(node.value);
}

/** What must not reach a terminal as it is. */
const UNPRINTABLE = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A text in double quotes, cut to what fits a line; a password in a URL is not shown. */
export function quoted(text: string): string {
  const shown = text.replace(/(:\/\/)[^\s/]*@/g, '$1******@');
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 57)}...` : shown).replace(
    UNPRINTABLE,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
