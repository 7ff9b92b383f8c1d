import { canonicalJson } from '../canonical';

/** What is known of a type: paths without positions. */
export interface TypePaths {
  /** Sets, whose order means nothing. */
  readonly sets: ReadonlySet<string>;
  /** What the provider alone computes. */
  readonly computed: ReadonlySet<string>;
}

const NO_PATHS: TypePaths = { sets: new Set(), computed: new Set() };

/**
 * A value in its normal form; undefined where nothing is there. Elements of sets are sorted by their canonical JSON, keys without a value
 * and what is only computed are left out, and a text that is JSON is written canonically.
 *
 * @param path - its path without positions
 */
export function normalValue(value: unknown, path: string, paths = NO_PATHS): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return normalText(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => normalValue(item, path, paths) ?? null);
    return paths.sets.has(path) ? items.sort(byCanonicalJson) : items;
  }
  if (typeof value !== 'object') return value;
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const at = `${path}.${name}`;
    const normal = paths.computed.has(at) ? undefined : normalValue(part, at, paths);
    return normal === undefined ? [] : [[name, normal] as const];
  });
  return Object.fromEntries(parts);
}

/** A policy is JSON in a text: the order of its keys and its spaces mean nothing. */
function normalText(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return text;
  }
}

function byCanonicalJson(a: unknown, b: unknown): number {
  const [first, second] = [canonicalJson(a), canonicalJson(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}
