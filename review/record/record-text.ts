import { digestOf } from '../../base/files';
import { canonicalJson } from './canonical';
import type { ReviewRecord } from './record';

/** A record as its file has it: with its checksum, and keys in their alphabetical order, so that the same record has the same bytes. */
export function recordText(record: ReviewRecord): string {
  const checksum = checksumOf(record);
  return `${JSON.stringify(sorted({ ...record, checksum }), undefined, 1)}\n`;
}

/** The checksum of a record: of all that is in its file but for the checksum itself. */
export function checksumOf(record: ReviewRecord): string {
  return `sha256:${digestOf(canonicalJson(record))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
