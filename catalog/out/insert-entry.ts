import { Document, isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import type { JsonMap } from '../ground/json';
import { sameJson } from './entries';
import { readYaml } from './yaml-document';

/** An entry of a provider. */
export interface NewEntry {
  readonly provider: string;
  readonly name: string;
  readonly values: JsonMap;
  /** What the entry is for; a comment above it. */
  readonly comment?: string;
}

/**
 * A catalog's text with one more entry, or with another one in the place of an entry of that name. All other bytes stay as
 * they are: comments, quotes, the width of the indent. Undefined where the file is no YAML that can be changed.
 */
export function insertEntry(text: string, entry: NewEntry): string | undefined {
  const file = readYaml(text);
  if (file === undefined) return undefined;
  const { provider, name, values } = entry;
  const before: unknown = file.document.toJS();
  const section = pairOf(file.root, provider);
  const wanted = withEntry(before, entry);
  const inPlace = section === undefined ? appended(text, entry) : inserted(text, section, entry);
  if (inPlace !== undefined && says(inPlace, wanted)) return inPlace;
  // A flow map, an alias, or something else that has no lines of its own: the file is written anew, with its comments.
  const map = section !== undefined && isMap(section.value) ? section.value : undefined;
  if (map === undefined) file.root.set(provider, new Document({ [name]: values }).contents);
  else map.set(name, new Document(values).contents);
  return file.document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: true });
}

function says(text: string, wanted: JsonMap): boolean {
  return sameJson(readYaml(text)?.document.toJS(), wanted);
}

function withEntry(root: unknown, { provider, name, values }: NewEntry): JsonMap {
  const sections = maps(root);
  return { ...sections, [provider]: { ...maps(sections[provider]), [name]: values } };
}

function maps(value: unknown): JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function pairOf(map: YAMLMap, key: string): Pair<unknown, unknown> | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** A section of its own at the end of the file. */
function appended(text: string, entry: NewEntry): string {
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${end}${entry.provider}:\n${linesOf(entry, 2)}`;
}

function inserted(text: string, section: Pair<unknown, unknown>, entry: NewEntry): string | undefined {
  const map = section.value;
  if (!isMap(map) || map.flow || map.items.length === 0) return undefined;
  const first = map.items[0]?.key;
  if (!isScalar(first) || first.range == null) return undefined;
  const indent = first.range[0] - lineStart(text, first.range[0]);
  const existing = pairOf(map, entry.name);
  if (existing === undefined) {
    const end = contentEnd(text, map.items.at(-1));
    return end === undefined ? undefined : `${text.slice(0, end)}${linesOf(entry, indent)}${text.slice(end)}`;
  }
  const { key } = existing;
  const end = contentEnd(text, existing);
  if (!isScalar(key) || key.range == null || end === undefined) return undefined;
  const start = lineStart(text, key.range[0]);
  return `${text.slice(0, start)}${linesOf(entry, indent)}${text.slice(end)}`;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The start of the line after the last one with something of the pair in it. */
function contentEnd(text: string, pair: Pair<unknown, unknown> | undefined): number | undefined {
  const value = pair?.value;
  const range = isScalar(value) || isMap(value) ? value.range : undefined;
  if (range == null) return undefined;
  // What follows a block map up to the next key, comments and empty lines, belongs to that key.
  const content = text.slice(0, range[1]).trimEnd().length;
  const end = text.indexOf('\n', content);
  return end < 0 ? undefined : end + 1;
}

/** The entry as block YAML, each line with this indent. Texts that YAML would read as something else are quoted. */
function linesOf({ name, values, comment }: NewEntry, indent: number): string {
  const document = new Document({ [name]: values }, { version: '1.2', compat: 'yaml-1.1' });
  const text = document.toString({ lineWidth: 0, singleQuote: true, indent: Math.max(indent, 1) });
  const pad = ' '.repeat(indent);
  const comments = comment === undefined ? '' : `${pad}# ${comment}\n`;
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => `${pad}${line}\n`);
  return `${comments}${lines.join('')}`;
}
