import { timestamp } from '../request/duration';
import type { Json } from '../request/exchange';

export interface Version {
  readonly created_time: string;
  /** Empty where it is not deleted. */
  readonly deletion_time: string;
  readonly destroyed: boolean;
  /** null where it is destroyed. */
  readonly data: Json | null;
}

/** What KV v2 keeps at one name: its settings and its versions. */
export interface Entry {
  readonly cas_required: boolean;
  readonly created_time: string;
  readonly updated_time: string;
  readonly current_version: number;
  readonly custom_metadata: Readonly<Record<string, string>> | null;
  readonly delete_version_after_seconds: number;
  /** 0 for the mount's. */
  readonly max_versions: number;
  readonly versions: Readonly<Record<string, Version>>;
}

/** How many versions are kept where neither the entry nor the mount says. */
const DEFAULT_MAX_VERSIONS = 10;

export function newEntry(now: number): Entry {
  return {
    cas_required: false,
    created_time: timestamp(now),
    updated_time: timestamp(now),
    current_version: 0,
    custom_metadata: null,
    delete_version_after_seconds: 0,
    max_versions: 0,
    versions: {},
  };
}

/** The entry with one more version; the oldest go where there are too many. */
export function withVersion(entry: Entry, data: Json, now: number, mountMaximum: number): Entry {
  const number = entry.current_version + 1;
  const after = entry.delete_version_after_seconds;
  const version: Version = {
    created_time: timestamp(now),
    deletion_time: after > 0 ? timestamp(now + after * 1000) : '',
    destroyed: false,
    data,
  };
  const all = { ...entry.versions, [number]: version };
  const maximum = entry.max_versions || mountMaximum || DEFAULT_MAX_VERSIONS;
  const kept = Object.entries<Version>(all).filter(([each]) => Number(each) > number - maximum);
  return {
    ...entry,
    current_version: number,
    updated_time: timestamp(now),
    versions: Object.fromEntries(kept),
  };
}

/** The entry with some of its versions changed; numbers that are not there are left out. */
export function withVersions(
  entry: Entry,
  numbers: readonly number[],
  change: (version: Version) => Version,
): Entry {
  const changed = Object.entries(entry.versions).map(([number, version]): [string, Version] => [
    number,
    numbers.includes(Number(number)) ? change(version) : version,
  ]);
  return { ...entry, versions: Object.fromEntries(changed) };
}

/** Whether a version can be read no more: destroyed, or its time of deletion has come. */
export function isDeleted({ deletion_time, destroyed }: Version, now: number): boolean {
  return destroyed || (deletion_time !== '' && Date.parse(deletion_time) <= now);
}

export function oldestVersion({ versions, current_version }: Entry): number {
  const numbers = Object.keys(versions).map(Number);
  // Vault says 0 until a version had to go.
  const oldest = numbers.length === 0 ? 0 : Math.min(...numbers);
  return oldest === 1 || current_version === 0 ? 0 : oldest;
}
