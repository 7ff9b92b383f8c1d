import type { Json, JsonMap } from '../ground/json';
import { type Entries, sameJson } from './entries';

/** One key of an entry, or of a section, before and after. */
export interface KeyChange {
  readonly key: string;
  /** Absent where it was not there. */
  readonly before?: Json;
  /** Absent where it will not be there. */
  readonly after?: Json;
}

/** What happens to one entry of `vpn_catalog.yml`, or to one section of `vcp_config.yml`. */
export interface EntryChange {
  /** `aws/default`; of a section, its name. */
  readonly name: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly keys: readonly KeyChange[];
}

/** The entries that differ, in the order of the file: those of the new one first. */
export function entryChanges(before: Entries, after: Entries): readonly EntryChange[] {
  return mapChanges(named(before), named(after));
}

/** The maps that differ, by name. */
export function mapChanges(
  before: ReadonlyMap<string, JsonMap>,
  after: ReadonlyMap<string, JsonMap>,
): readonly EntryChange[] {
  const names = [...new Set([...after.keys(), ...before.keys()])];
  return names.flatMap((name): EntryChange[] => {
    const [old, wanted] = [before.get(name), after.get(name)];
    const keys = keyChanges(old ?? {}, wanted ?? {});
    if (keys.length === 0 && old !== undefined && wanted !== undefined) return [];
    const kind = old === undefined ? 'added' : wanted === undefined ? 'removed' : 'changed';
    return [{ name, kind, keys }];
  });
}

function keyChanges(before: JsonMap, after: JsonMap): readonly KeyChange[] {
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return keys.flatMap((key): KeyChange[] => {
    const [old, wanted] = [before[key], after[key]];
    if (old !== undefined && wanted !== undefined && sameJson(old, wanted)) return [];
    return [
      {
        key,
        ...(old === undefined ? {} : { before: old }),
        ...(wanted === undefined ? {} : { after: wanted }),
      },
    ];
  });
}

function named(entries: Entries): ReadonlyMap<string, JsonMap> {
  return new Map(
    Object.entries(entries).flatMap(([provider, own]) =>
      Object.entries(own).map(([name, values]) => [`${provider}/${name}`, values] as const),
    ),
  );
}
