import { compareTexts } from '../../../base/text/compare-texts';

/** Keys that say where a value stands in a file. */
const POSITIONS = new Set(['position', 'keyPosition', 'where', 'leaseWhere']);

/**
 * A value of the catalog's model as a text: equal for values of one meaning.
 *
 * @param ordered - whether the order of lists counts; that of keys never does @default false
 */
export function comparable(value: unknown, { ordered = false } = {}): string {
  const list = (items: readonly unknown[]) => (ordered ? items : sorted(items));
  const plain = (item: unknown): unknown => {
    if (typeof item === 'bigint') return String(item);
    if (item === null || typeof item !== 'object') return item;
    if (Array.isArray(item)) return list(item.map(plain));
    if (item instanceof Set) return sorted([...item].map(plain));
    if (item instanceof Map) return sorted([...item].map(([key, one]) => [key, plain(one)]));
    return Object.fromEntries(
      Object.entries(item)
        .filter(([key, one]) => one !== undefined && !POSITIONS.has(key))
        .sort(([a], [b]) => compareTexts(a, b))
        .map(([key, one]) => [key, plain(one)]),
    );
  };
  return JSON.stringify(plain(value)) ?? '';
}

function sorted(items: readonly unknown[]): readonly unknown[] {
  return [...items].sort((a, b) => compareTexts(JSON.stringify(a) ?? '', JSON.stringify(b) ?? ''));
}
