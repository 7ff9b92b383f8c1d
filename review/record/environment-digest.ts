import { hasChanges } from '../../terraform/plan/stack-plan';
import { versionedDigest } from './digest';
import type { StackRecord } from './record';

/** What a review says of one stack, as one machine would that planned all of them. */
export type Standing =
  | { readonly kind: 'planned'; readonly digest: string; readonly changes: boolean }
  | { readonly kind: 'deferred'; readonly because: readonly string[] }
  | { readonly kind: 'failed' };

/**
 * How the stacks of an environment stand together. A machine that plans a part of them can't know whether what a stack requires
 * changes in another part: a plan whose requirement changes counts as deferred, because it is made anew after that apply.
 *
 * @returns by stack
 */
export function standings(records: readonly StackRecord[]): ReadonlyMap<string, Standing> {
  const byId = new Map(records.map((record) => [record.stack, record]));
  const found = new Map<string, Standing>();
  const standingOf = (record: StackRecord, above: readonly string[]): Standing => {
    const known = found.get(record.stack);
    if (known !== undefined) return known;
    const open = record.requires.filter((id) => {
      const required = byId.get(id);
      // A circle is nothing that a catalog has; a record of another origin may.
      return required !== undefined && !above.includes(id) && isOpen(standingOf(required, [...above, id]));
    });
    const standing = ownStanding(record, open);
    found.set(record.stack, standing);
    return standing;
  };
  for (const record of records) standingOf(record, [record.stack]);
  return found;
}

function ownStanding({ outcome }: StackRecord, open: readonly string[]): Standing {
  if (outcome.kind === 'failed') return { kind: 'failed' };
  if (open.length > 0) return { kind: 'deferred', because: [...open].sort() };
  if (outcome.kind === 'deferred') return { kind: 'deferred', because: [...outcome.because].sort() };
  return { kind: 'planned', digest: outcome.digest, changes: hasChanges(outcome.summary) };
}

/** Whether what requires such a stack waits for it. */
function isOpen(standing: Standing): boolean {
  return standing.kind !== 'planned' || standing.changes;
}

/** The digest of an environment's plans, from the records of all its stacks, in any order: what `apply --reviewed` takes. */
export function environmentDigest(records: readonly StackRecord[]): string {
  const found = standings(records);
  const stacks = [...found.keys()].sort().map((stack) => {
    const standing = found.get(stack) as Standing;
    if (standing.kind === 'planned') return { stack, digest: standing.digest };
    return { stack, ...standing };
  });
  const [first] = records;
  return versionedDigest({
    environment: first?.environment ?? '',
    simulated: first?.origin.simulated ?? false,
    stacks,
  });
}
