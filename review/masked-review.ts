import type { RuleFinding } from '../rules/finding';
import type { Masks } from '../terraform/masks';
import { masked } from './record/shape/masked';
import { FINDINGS } from './record/shape/record-shape';
import type { Review } from './review';

/**
 * A review whose findings, remarks and lines of errors hold no known secret: a rule of the user, and another tool, write what they
 * like into theirs.
 */
export function maskedReview(review: Review, masks: Pick<Masks, 'mask' | 'maskValue'>): Review {
  const maskedFindings = (findings: readonly RuleFinding[]) => masked(FINDINGS, findings, masks);
  return {
    ...review,
    notes: review.notes.map((note) => masks.mask(note)),
    findings: maskedFindings(review.findings),
    stacks: review.stacks.map((record) => {
      const { outcome } = record;
      if (outcome.kind === 'planned')
        return { ...record, outcome: { ...outcome, findings: maskedFindings(outcome.findings) } };
      if (outcome.kind === 'failed')
        return { ...record, outcome: { ...outcome, lines: outcome.lines.map((line) => masks.mask(line)) } };
      return record;
    }),
  };
}
