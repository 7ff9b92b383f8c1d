import type { Weight } from '../../terraform/plan/effect';

/** The words of a weight at the begin of a line. */
export const WEIGHT_LABELS: Readonly<Record<Weight, string>> = {
  outage: 'OUTAGE',
  destroyed: 'DESTROYED',
  replaced: 'REPLACED',
  widened: 'ACCESS WIDENED',
  narrowed: 'ACCESS NARROWED',
  changed: 'CHANGED',
  created: 'NEW',
  quiet: 'QUIET',
};

/** What a reader must know before deciding; the rest comes below. */
export const DECIDING: readonly Weight[] = ['outage', 'destroyed', 'replaced', 'widened'];
