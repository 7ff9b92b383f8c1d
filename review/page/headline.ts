import { counted } from '../../base/text/counted';
import type { Weight } from '../../terraform/plan/effect';
import type { Review } from '../review';
import { countsByWeight, effectsOf } from './effects';
import { outcomeOf } from './outcome';

/** What a number of effects of a weight is called. */
const NOUNS: Readonly<Record<Weight, (count: number) => string>> = {
  outage: (count) => counted(count, 'outage'),
  destroyed: (count) => `${count} destroyed`,
  replaced: (count) => `${count} replaced`,
  widened: (count) => `${count} widened`,
  narrowed: (count) => `${count} narrowed`,
  changed: (count) => `${count} changed`,
  created: (count) => `${count} new`,
  quiet: (count) => `${count} that nobody notices`,
};

export function weightCount(weight: Weight, count: number): string {
  return NOUNS[weight](count);
}

/** What a review comes to, in one line without the environment: `1 outage, 1 destroyed, gateway files, 2 entries`. */
export function headlineOf(review: Review): string {
  const parts = partsOf(review);
  const outcome = outcomeOf(review);
  if (outcome === 'failed') {
    const [first] = review.problems;
    const more = review.problems.length - 1;
    return `this is not the whole: ${first?.text ?? ''}${more > 0 ? `, and ${counted(more, 'other problem')}` : ''}`;
  }
  return parts.length === 0 ? 'no changes' : parts.join(', ');
}

/** What changes, by weight and beside the stacks. */
export function partsOf(review: Review): readonly string[] {
  const { ends, stacks } = review;
  const entries = ends.entries.length + ends.configuration.length;
  const deferred = stacks.filter(({ outcome }) => outcome.kind === 'deferred').length;
  const drifted = stacks.filter(
    ({ outcome }) => outcome.kind === 'planned' && outcome.summary.drift.length > 0,
  ).length;
  return [
    ...[...countsByWeight(effectsOf(review))]
      .filter(([weight]) => weight !== 'quiet')
      .map(([weight, count]) => weightCount(weight, count)),
    ...(ends.hosts.length === 0 ? [] : ['gateway files']),
    ...(entries === 0 ? [] : [counted(entries, 'catalog entry', 'catalog entries')]),
    ...(drifted === 0 ? [] : [`drift in ${counted(drifted, 'stack')}`]),
    ...(deferred === 0 ? [] : [`${deferred} deferred`]),
  ];
}

/** The words that stand before everything else, because the rest must not be read without them. */
export function warningsOf(review: Review): readonly string[] {
  const outcome = outcomeOf(review);
  return [
    ...(outcome === 'failed' ? ['INCOMPLETE'] : []),
    ...(outcome === 'refused' ? ['REFUSED'] : []),
    ...(review.origin.simulated ? ['SIMULATED'] : []),
  ];
}
