import type { ReviewRecord } from './record';

/** A record as its file has it: keys in their alphabetical order, so that the same record has the same bytes. */
export function recordText(record: ReviewRecord): string {
  return `${JSON.stringify(sorted(record), undefined, 1)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
