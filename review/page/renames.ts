import type { EntryChange } from '../../catalog/out/entry-changes';

/** An entry that goes and one that comes with its values: it has got another name. */
export interface Rename {
  readonly from: EntryChange;
  readonly to: EntryChange;
  /** The keys that differ beside the name. */
  readonly differing: readonly string[];
}

/** The changes of entries, of which those that belong together are one. */
export interface EntryChanges {
  readonly renamed: readonly Rename[];
  readonly others: readonly EntryChange[];
}

/** At most one of so many keys may differ for an entry to be the same one. */
const SAME_OF = 4;

/** Finds entries that were renamed: one of the same provider is gone whose values, but for a few, the new one has. */
export function withRenames(changes: readonly EntryChange[]): EntryChanges {
  const gone = new Set(changes.filter(({ kind }) => kind === 'removed'));
  const renamed: Rename[] = [];
  for (const to of changes.filter(({ kind }) => kind === 'added')) {
    const candidates = [...gone]
      .filter((from) => providerOf(from) === providerOf(to))
      .map((from) => ({ from, to, differing: differences(from, to) }))
      .filter(({ differing }) => differing.length * SAME_OF <= to.keys.length)
      .sort((a, b) => a.differing.length - b.differing.length);
    const [best] = candidates;
    if (best === undefined) continue;
    renamed.push(best);
    gone.delete(best.from);
  }
  const told = new Set(renamed.flatMap(({ from, to }) => [from, to]));
  return { renamed, others: changes.filter((change) => !told.has(change)) };
}

function providerOf({ name }: EntryChange): string {
  return name.slice(0, name.indexOf('/') + 1);
}

function differences(from: EntryChange, to: EntryChange): readonly string[] {
  const old = new Map(from.keys.map(({ key, before }) => [key, JSON.stringify(before)]));
  const now = new Map(to.keys.map(({ key, after }) => [key, JSON.stringify(after)]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
}
