import { timestamp } from '../request/duration';
import type { Json } from '../request/exchange';

export interface Version {
  readonly created_time: string;
  /** The time of deletion; empty if the version is not deleted. */
  readonly deletion_time: string;
  readonly destroyed: boolean;
  /** The secret; null if the version is destroyed. */
  readonly data: Json | null;
}

/** A secret of KV v2: its settings and its versions. */
export interface Entry {
  readonly cas_required: boolean;
  readonly created_time: string;
  readonly updated_time: string;
  readonly current_version: number;
  /** How often the settings were written. OpenBao counts it, Vault does not. */
  readonly current_metadata_version: number;
  readonly metadata_cas_required: boolean;
  readonly custom_metadata: Readonly<Record<string, string>> | null;
  readonly delete_version_after_seconds: number;
  /** The number of versions to keep; 0 for the mount's setting. */
  readonly max_versions: number;
  readonly versions: Readonly<Record<string, Version>>;
}

/** The number of versions to keep if neither the entry nor the mount sets one. */
const DEFAULT_MAX_VERSIONS = 10;

export function newEntry(now: number): Entry {
  return {
    cas_required: false,
    created_time: timestamp(now),
    updated_time: timestamp(now),
    current_version: 0,
    current_metadata_version: 0,
    metadata_cas_required: false,
    custom_metadata: null,
    delete_version_after_seconds: 0,
    max_versions: 0,
    versions: {},
  };
}

/** The entry with one more version, without the oldest if there are too many. */
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

/** The entry with some of its versions changed. Numbers of versions that do not exist are ignored. */
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

/** Whether a version is destroyed, or its time of deletion has passed. */
export function isDeleted({ deletion_time, destroyed }: Version, now: number): boolean {
  return destroyed || (deletion_time !== '' && Date.parse(deletion_time) <= now);
}

export function oldestVersion({ versions, current_version }: Entry): number {
  const numbers = Object.keys(versions).map(Number);
  // Vault answers 0 until the first version has been removed.
  const oldest = numbers.length === 0 ? 0 : Math.min(...numbers);
  return oldest === 1 || current_version === 0 ? 0 : oldest;
}
