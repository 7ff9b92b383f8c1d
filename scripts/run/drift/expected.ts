import { shownPath } from '../../../base/files';
import type { DriftIgnore } from '../../../catalog/ground/drift';
import type { FoundItem } from './stack-items';

/** Items that the catalog does not expect, and what is to be said about its expectations. */
export interface Unexpected {
  readonly items: readonly FoundItem[];
  /** Those that are left out: they are still there. */
  readonly expected: readonly FoundItem[];
  /** Of expectations that have ended. */
  readonly warnings: readonly string[];
  /** Of expectations that fit nothing. */
  readonly notes: readonly string[];
}

/**
 * Leaves out what the catalog expects to drift.
 *
 * @param day - of today, as ISO 8601 writes it
 * @param isWhole - whether all stacks were read: else what fits nothing may be in one that was not
 */
export function withoutExpected(
  items: readonly FoundItem[],
  ignores: readonly DriftIgnore[],
  { day, isWhole }: { readonly day: string; readonly isWhole: boolean },
): Unexpected {
  const used = new Set<DriftIgnore>();
  const rest = items.filter((item) => {
    const fitting = ignores.filter((one) => fits(one, item));
    for (const one of fitting) used.add(one);
    return !fitting.some((one) => !hasEnded(one, day));
  });
  const ended = ignores.filter((one) => hasEnded(one, day));
  const unused = isWhole ? ignores.filter((one) => !used.has(one) && !ended.includes(one)) : [];
  return {
    items: rest,
    expected: items.filter((item) => !rest.includes(item)),
    warnings: ended.map(
      (one) => `${placeOf(one)}: ${one.address} was expected to drift until ${one.until}, which is over`,
    ),
    notes: unused.map((one) => `${placeOf(one)}: nothing of ${one.address} drifts; remove it`),
  };
}

function hasEnded({ until }: DriftIgnore, day: string): boolean {
  return until !== undefined && until < day;
}

function fits({ address, attribute }: DriftIgnore, item: FoundItem): boolean {
  if (attribute !== undefined && attribute !== item.attribute) return false;
  const parts = address.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(item.address);
}

function placeOf({ where: { position, path } }: DriftIgnore): string {
  const key = `${path.slice(0, 2).join('.')}[${String(path[2] ?? '')}]`;
  return position === undefined
    ? key
    : `${shownPath(position.file)}:${position.line}:${position.column}: ${key}`;
}
