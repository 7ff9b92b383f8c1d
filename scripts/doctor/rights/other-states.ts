import { compareTexts } from '../../../base/text/compare-texts';
import type { Purpose } from '../../kinds/rights';

/** Backends whose rights no document can have: what to give, in words, to read a state, to lock it and to write it. */
const OTHERS: Readonly<Record<string, readonly [read: string, lock: string, write: string]>> = {
  gcs: [
    'storage.objects.get and storage.objects.list on the bucket',
    'storage.objects.create and storage.objects.delete',
    'storage.objects.create and storage.objects.delete',
  ],
  http: ['GET of its address', 'its lock and unlock methods', 'its update method'],
  pg: [
    'USAGE of its schema and SELECT of the table states',
    'advisory locks',
    'INSERT and UPDATE of that table (CREATE, where Terraform makes the schema)',
  ],
};

/** Types of backends that lie on this machine. */
const LOCAL = new Set(['local']);

/** What the rights of the states are that no document has, a sentence for each type of backend. */
export function otherStates(
  types: readonly string[],
  printed: readonly string[],
  purpose: Purpose,
): readonly string[] {
  return [...new Set(types)]
    .filter((type) => !printed.includes(type) && !LOCAL.has(type))
    .sort(compareTexts)
    .map((type) => {
      const words = OTHERS[type]?.slice(0, { drift: 1, plan: 2, apply: 3 }[purpose]);
      const start = `states in a backend ${JSON.stringify(type)}: no rights are printed`;
      return words === undefined ? start : `${start}; it takes ${[...new Set(words)].join(', ')}`;
    });
}
