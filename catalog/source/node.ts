import { isJsonMap, type Json } from '../ground/json';
import type { Position } from '../ground/problem';
import { quoted } from '../ground/quoted';

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

/** A value as a node, all of it at one position: how the tree holds what no file says. */
export function sourceNode(value: Json, position: Position): SourceNode {
  if (value === null || typeof value !== 'object')
    return { kind: 'scalar', position, value, text: String(value) };
  if (isJsonMap(value)) {
    const keys = Object.entries(value).map(([name, item]): [string, MapKey] => [
      name,
      { name, position, value: sourceNode(item, position) },
    ]);
    return { kind: 'map', position, keys: new Map(keys) };
  }
  return { kind: 'list', position, items: value.map((item) => sourceNode(item, position)) };
}
