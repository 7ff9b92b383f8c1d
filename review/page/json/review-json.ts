import { changesText, hasChanges } from '../../../terraform/plan/stack-plan';
import type { Infer } from '../../record/shape/shapes';
import type { Review } from '../../review';
import { effectsOf } from '../effects';
import { headlineOf } from '../headline';
import { findingsOf, outcomeOf, refusingFindings } from '../outcome';
import { type REVIEW_DOCUMENT, REVIEW_VERSION } from './review-shape';

/** Reviews as JSON for programs, as docs/reference/review.schema.json describes it. No secret is in it, because none is in the records. */
export function reviewJson(reviews: readonly Review[]): string {
  const document: Infer<typeof REVIEW_DOCUMENT> = {
    version: REVIEW_VERSION,
    reviews: reviews.map(reviewValue),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

type ReviewedStack = Infer<typeof REVIEW_DOCUMENT>['reviews'][number]['stacks'][number];

/** One review as a value of JSON. */
function reviewValue(review: Review): Infer<typeof REVIEW_DOCUMENT>['reviews'][number] {
  const { environment, origin, digest, destroys, problems, notes, ends, requireReview, floor } = review;
  return {
    environment,
    outcome: outcomeOf(review),
    headline: headlineOf(review),
    ...(destroys === undefined ? {} : { destroys }),
    ...(digest === undefined ? {} : { digest }),
    // Of an environment of which no record could be read, nothing is known.
    ...(origin.catalog === '' ? {} : { origin }),
    problems,
    effects: effectsOf(review),
    findings: findingsOf(review),
    refusing: refusingFindings(review).length,
    requireReview,
    ...(floor === undefined ? {} : { floor }),
    notes,
    ends,
    stacks: review.stacks.map(({ stack, kind, requires, outcome }): ReviewedStack => {
      const head = { stack, kind, requires };
      switch (outcome.kind) {
        case 'deferred':
          return { ...head, outcome: 'deferred', because: outcome.because };
        case 'failed':
          return { ...head, outcome: 'failed', lines: outcome.lines };
        default:
          return {
            ...head,
            outcome: 'planned',
            digest: outcome.digest,
            changes: hasChanges(outcome.summary),
            text: changesText(outcome.summary),
            counts: outcome.summary.counts,
            resources: outcome.summary.values,
            outputs: outcome.summary.outputs,
            drift: outcome.summary.drift,
          };
      }
    }),
  };
}
