import type { Attributes } from '../../../../terraform/state/state-file';

/** A text; undefined where it is absent or empty, which SDK providers do not tell apart. */
export function textOf(attributes: Attributes, name: string): string | undefined {
  const value = attributes[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, also where it is written as text. */
export function numberOf(attributes: Attributes, name: string): number | undefined {
  const value = attributes[name];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

export function textsOf(attributes: Attributes, name: string): readonly string[] {
  const value = attributes[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The blocks of a name. */
export function blocksOf(attributes: Attributes, name: string): readonly Attributes[] {
  const value = attributes[name];
  return Array.isArray(value) ? value.flatMap((item) => (isMap(item) ? [item] : [])) : [];
}

/** A map of texts: tags. */
export function tagsOf(attributes: Attributes): ReadonlyMap<string, string> {
  const value = [attributes.tags_all, attributes.tags].find(
    (tags) => isMap(tags) && Object.keys(tags).length > 0,
  );
  if (!isMap(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : [])),
  );
}

function isMap(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
