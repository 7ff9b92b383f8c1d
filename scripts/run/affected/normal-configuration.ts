import { compareTexts } from '../../../base/text/compare-texts';
import { isJsonMap, type Json, type JsonMap } from '../../../catalog/ground/json';
import type { Block, Type } from '../../../sandbox/schemas/schema';

/** A stack's configuration without comments and metadata, with sorted keys and, where order means nothing, sorted values. */
export type NormalConfiguration = JsonMap;

/** Terraform takes what has this key for a comment; cdktf writes its metadata there. */
const COMMENT = '//';

/** The schema of a resource or data source; undefined for a type that is not known. */
type SchemaOf = (part: 'resource' | 'data', type: string) => Block | undefined;

/** Reads `cdk.tf.json`. Lists stay as they are: see {@link withSortedSets}. */
export function normalConfiguration(text: string): NormalConfiguration {
  const value: Json = JSON.parse(text) as Json;
  const plain = isJsonMap(value) ? withoutComments(value) : {};
  return isJsonMap(plain) ? plain : {};
}

/** The same with what the provider takes as a set in one order. */
export function withSortedSets(configuration: NormalConfiguration, schemaOf: SchemaOf): NormalConfiguration {
  const sorted = (part: 'resource' | 'data') =>
    eachItem(configuration[part], (objects, type) =>
      eachItem(objects, (object) => sortedBlock(object, schemaOf(part, type))),
    );
  return {
    ...configuration,
    ...(configuration.resource === undefined ? {} : { resource: sorted('resource') }),
    ...(configuration.data === undefined ? {} : { data: sorted('data') }),
  };
}

/** Where two configurations differ: addresses of resources, `output.site`, `provider.aws`, `terraform.backend`; sorted. */
export function differencesOf(before: NormalConfiguration, after: NormalConfiguration): readonly string[] {
  const old = partsOf(before);
  const now = partsOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => old.get(name) !== now.get(name))
    .sort(compareTexts);
}

function withoutComments(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (!isJsonMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== COMMENT)
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([key, item]) => [key, withoutComments(item)]),
  );
}

/** The parts of a configuration by their names, as texts. */
function partsOf(configuration: NormalConfiguration): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const [section, content] of Object.entries(configuration)) {
    if (!isJsonMap(content)) {
      parts.set(section, JSON.stringify(content));
      continue;
    }
    for (const [name, item] of Object.entries(content)) {
      const isTyped = (section === 'resource' || section === 'data') && isJsonMap(item);
      if (!isTyped) parts.set(`${section}.${name}`, JSON.stringify(item));
      else
        for (const [key, object] of Object.entries(item))
          parts.set(`${section === 'data' ? 'data.' : ''}${name}.${key}`, JSON.stringify(object));
    }
  }
  return parts;
}

function eachItem(value: Json | undefined, work: (item: Json, key: string) => Json): Json {
  if (value === undefined || !isJsonMap(value)) return value ?? {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, work(item, key)]));
}

function sortedBlock(value: Json, block: Block | undefined): Json {
  if (block === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => sortedBlock(item, block));
  if (!isJsonMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const attribute = block.attributes?.[key];
      if (attribute !== undefined) return [key, sortedValue(item, attribute.type)];
      const nested = block.block_types?.[key];
      if (nested === undefined) return [key, item];
      const inner = sortedBlock(item, nested.block);
      return [key, nested.nesting_mode === 'set' && Array.isArray(inner) ? sortedList(inner) : inner];
    }),
  );
}

function sortedValue(value: Json, type: Type): Json {
  if (!isTypeList(type)) return value;
  const [kind, inner] = type;
  if (kind === 'object') {
    if (!isJsonMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        inner[key] === undefined ? item : sortedValue(item, inner[key]),
      ]),
    );
  }
  if (kind === 'map') return eachItem(value, (item) => sortedValue(item, inner));
  if (kind === 'tuple' || !Array.isArray(value)) return value;
  const items = value.map((item) => sortedValue(item, inner));
  return kind === 'set' ? sortedList(items) : items;
}

function isTypeList(type: Type): type is Exclude<Type, string> {
  return typeof type !== 'string';
}

function sortedList(items: readonly Json[]): readonly Json[] {
  return [...items].sort((a, b) => compareTexts(JSON.stringify(a), JSON.stringify(b)));
}
