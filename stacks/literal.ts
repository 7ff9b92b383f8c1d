import type { Json } from '../catalog/ground/json';

/**
 * A catalog's text as Terraform must read it: as text. Terraform takes `${` and `%{` for the start of an expression,
 * `$${` and `%%{` for the characters themselves (Terraform language, "Strings and templates").
 */
export function literal(text: string): string {
  // As functions: in a replacement text `$$` would stand for one `$`.
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
}

/** The same for every string and key in a value. */
export function literalJson<T extends Json>(value: T): T {
  return escaped(value) as T;
}

function escaped(value: Json): Json {
  if (typeof value === 'string') return literal(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(escaped);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), escaped(item)]));
}
