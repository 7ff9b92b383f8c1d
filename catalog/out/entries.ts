import { Document, isMap, isScalar, Scalar, YAMLMap } from 'yaml';
import { adoptedShape } from '../adopted/keys';
import type { Catalog } from '../environment/catalog';
import { ROOT_KEYS } from '../environment/keys';
import { isJsonMap, type Json, type JsonMap } from '../ground/json';
import { emptyYaml, readYaml, type YamlFile } from './yaml-document';

/** Catalog entries as the controller reads them: provider, entry name, keys. */
export type Entries = {
  readonly [provider: string]: { readonly [name: string]: JsonMap };
};

type Mutable = Record<string, Record<string, JsonMap>>;

/**
 * The entries of `vpn_catalog.yml`: adopted ones as they are, created ones from the stacks' `catalog` outputs.
 *
 * In the order of the catalog: what it creates, then what it adopts, provider by provider.
 */
export function mergeEntries(catalog: Catalog, created: readonly Entries[]): Entries {
  const order = new Map<string, string[]>();
  const place = (provider: string, name: string): void => {
    const names = order.get(provider) ?? [];
    if (!names.includes(name)) order.set(provider, [...names, name]);
  };
  for (const { entries } of catalog.networks) for (const { provider, name } of entries) place(provider, name);
  for (const { provider, name } of catalog.adopted) place(provider, name);
  const values: Mutable = {};
  const set = (provider: string, name: string, entry: JsonMap): void => {
    values[provider] = { ...values[provider], [name]: entry };
    place(provider, name);
  };
  for (const { provider, name, values: entry } of catalog.adopted) set(provider, name, entry);
  for (const fragment of created) {
    for (const [provider, entries] of Object.entries(fragment)) {
      for (const [name, entry] of Object.entries(entries))
        set(provider, name, inManualOrder(provider, entry));
    }
  }
  return Object.fromEntries(
    [...order].flatMap(([provider, names]) => {
      const entries = names.flatMap((name) => {
        const entry = values[provider]?.[name];
        return entry ? [[name, entry] as const] : [];
      });
      return entries.length === 0 ? [] : [[provider, Object.fromEntries(entries)]];
    }),
  );
}

/** The keys in the order of the controller's manual: Terraform sorts those of an output by letter. */
function inManualOrder(provider: string, entry: JsonMap): JsonMap {
  const known = Object.keys(adoptedShape(provider)?.keys ?? {});
  const rank = (key: string): number => (known.includes(key) ? known.indexOf(key) : known.length);
  return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => rank(a) - rank(b)));
}

/**
 * `vpn_catalog.yml` with the entries in it.
 *
 * Texts that YAML would read as a number or a boolean are quoted.
 *
 * @param existing the file as it is: its comments and order are kept, only what differs changes
 * @param header a comment for the first line, with or without `#`
 */
export function formatEntries(entries: Entries, existing?: string, header?: string): string {
  const { document, root } = existingFile(existing) ?? emptyYaml();
  const wanted = { cci_version: '1.0', ...entries };
  const isSameFile = existing !== undefined && sameJson(document.toJS(), wanted);
  if (!isQuotedVersion(root)) setFirst(root, 'cci_version', quotedText('1.0'));
  update(root, wanted);
  const text = isSameFile
    ? existing
    : document.toString({
        lineWidth: 0,
        singleQuote: true,
        flowCollectionPadding: false,
        indentSeq: true,
      });
  if (header === undefined) return text;
  const line = `# ${header.replaceAll('\n', ' ').replace(/^#\s*/, '')}\n`;
  return text.startsWith(line) ? text : line + text;
}

/** Why a file must not be replaced by entries: something of the user's would be lost. Undefined where nothing would. */
export function keepsFromEntries(text: string): string | undefined {
  if (text.split('\n').every((line) => /^\s*(#|$)/.test(line))) return undefined;
  const file = existingFile(text);
  if (file === undefined) return 'is no YAML that can be updated';
  const sections = Object.entries<unknown>(file.document.toJS());
  const own: readonly string[] = [...ROOT_KEYS];
  const reserved = sections.find(([name]) => name !== 'cci_version' && own.includes(name));
  if (reserved !== undefined) return `is a catalog of its own: it has "${reserved[0]}"`;
  const holdsCreate = (entry: unknown) => typeof entry === 'object' && entry !== null && 'create' in entry;
  const builds = sections.some(
    ([, entries]) =>
      typeof entries === 'object' && entries !== null && Object.values(entries).some(holdsCreate),
  );
  return builds ? 'is a catalog of its own: it has "create"' : undefined;
}

/** The file that is there, if it is one that can be updated. */
function existingFile(text: string | undefined): YamlFile | undefined {
  return text === undefined || text.trim() === '' ? undefined : readYaml(text);
}

/** The entries in the text of a file; none where it has none that can be read. */
export function readEntries(text: string): Entries {
  const sections = mapsIn(text);
  return Object.fromEntries([...sections].map(([provider, section]) => [provider, mapsOf(section)]));
}

/** The maps at the root of a YAML file, by key. */
export function mapsIn(text: string): ReadonlyMap<string, JsonMap> {
  const root: Json | undefined = existingFile(text)?.document.toJS();
  return new Map(Object.entries(isJsonMap(root) ? mapsOf(root) : {}));
}

function mapsOf(map: JsonMap): { readonly [name: string]: JsonMap } {
  return Object.fromEntries(
    Object.entries(map).flatMap(([name, value]) => (isJsonMap(value) ? [[name, value] as const] : [])),
  );
}

/** Whether two values are the same, whatever the order of their keys. */
export function sameJson(a: unknown, b: Json): boolean {
  if (!isJsonMap(b)) return JSON.stringify(a) === JSON.stringify(b);
  if (typeof a !== 'object' || a === null || Array.isArray(a)) return false;
  const keys = Object.keys(b);
  const values = new Map<string, unknown>(Object.entries(a));
  return (
    values.size === keys.length &&
    keys.every((key) => values.has(key) && sameJson(values.get(key), b[key] ?? null))
  );
}

function isQuotedVersion(root: YAMLMap): boolean {
  const node = root.get('cci_version', true);
  return isScalar(node) && node.value === '1.0';
}

function setFirst(root: YAMLMap, key: string, value: Scalar): void {
  root.delete(key);
  const pair = new Document().createPair(key, value);
  root.items.unshift(pair);
}

/** Makes a map hold exactly the values: equal ones stay untouched, with their comments and style. */
function update(map: YAMLMap, values: JsonMap): void {
  for (const item of [...map.items]) {
    const key = isScalar(item.key) ? String(item.key.value) : undefined;
    if (key === undefined || !Object.hasOwn(values, key)) map.items.splice(map.items.indexOf(item), 1);
  }
  for (const [key, value] of Object.entries(values)) {
    const node: unknown = map.get(key, true);
    if (isMap(node) && isJsonMap(value)) update(node, value);
    else if (!isSame(node, value)) map.set(key, nodeOf(value));
  }
}

function isSame(node: unknown, value: Json): boolean {
  const json = isScalar(node) ? node.value : isMap(node) || hasToJson(node) ? node.toJSON() : undefined;
  return json !== undefined && sameJson(json, value);
}

function hasToJson(node: unknown): node is { toJSON(): unknown } {
  return typeof node === 'object' && node !== null && 'toJSON' in node && typeof node.toJSON === 'function';
}

function nodeOf(value: Json): unknown {
  if (Array.isArray(value)) {
    const node = new Document().createNode(value.map(nodeOf), { flow: true });
    return node;
  }
  if (!isJsonMap(value)) return value;
  const map = new YAMLMap();
  if (Object.keys(value).length === 0) map.flow = true;
  for (const [key, item] of Object.entries(value)) map.set(key, nodeOf(item));
  return map;
}

function quotedText(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_SINGLE;
  return scalar;
}
