import { changesText, hasChanges } from '../../terraform/plan/stack-plan';
import type { Review } from '../review';
import { effectsOf } from './effects';
import { headlineOf } from './headline';
import { findingsOf, outcomeOf, refusingFindings } from './outcome';

/** The version of the document; docs/reference/review.schema.json describes it. */
export const REVIEW_VERSION = 1;

/** Reviews as JSON for programs. No secret is in it, because none is in the records. */
export function reviewJson(reviews: readonly Review[]): string {
  return `${JSON.stringify({ version: REVIEW_VERSION, reviews: reviews.map(reviewValue) }, undefined, 1)}\n`;
}

/** One review as a value of JSON. */
export function reviewValue(review: Review) {
  const { environment, origin, digest, destroys, problems, notes, ends, requireReview, floor } = review;
  return {
    environment,
    outcome: outcomeOf(review),
    headline: headlineOf(review),
    ...(destroys === undefined ? {} : { destroys }),
    ...(digest === undefined ? {} : { digest }),
    origin,
    problems,
    effects: effectsOf(review),
    findings: findingsOf(review),
    refusing: refusingFindings(review).length,
    requireReview,
    ...(floor === undefined ? {} : { floor }),
    notes,
    ends,
    stacks: review.stacks.map(({ stack, kind, requires, outcome }) => {
      const head = { stack, kind, requires, outcome: outcome.kind };
      switch (outcome.kind) {
        case 'deferred':
          return { ...head, because: outcome.because };
        case 'failed':
          return { ...head, lines: outcome.lines };
        default:
          return {
            ...head,
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
