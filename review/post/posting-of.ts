import type { RuleFinding } from '../../rules/finding';
import type { Weight } from '../../terraform/plan/effect';
import { effectsOf, type ReviewEffect } from '../page/effects';
import { headlineOf } from '../page/headline';
import { findingsOf, outcomeOf, refusingFindings } from '../page/outcome';
import type { Review } from '../review';
import { positionOf } from './position-of';
import type { Annotation, ChangeKind, Posting, Render } from './posting';

/** Effects that have a label of their own, and are shown at the line of the catalog that they come from. */
const HEAVY = ['outage', 'destroyed', 'replaced', 'widened'] as const satisfies readonly (Weight &
  ChangeKind)[];

/** A review as it is posted. @param render - its page */
export function postingOf(review: Review, render: Render): Posting {
  const { environment, origin, stacks, digest } = review;
  const effects = effectsOf(review);
  const kinds = HEAVY.filter((kind) => effects.some(({ weight }) => weight === kind));
  return {
    environment,
    stacks: stacks.map(({ stack }) => stack),
    simulated: origin.simulated,
    outcome: outcomeOf(review),
    headline: headlineOf(review),
    kinds: kinds.length === 0 ? ['changes'] : kinds,
    ...(digest === undefined ? {} : { digest }),
    annotations: [...findingAnnotations(review), ...effectAnnotations(review, effects)],
    render,
  };
}

function findingAnnotations(review: Review): readonly Annotation[] {
  const refusing = new Set(refusingFindings(review).map(keyOf));
  return findingsOf(review)
    .filter(({ verdict }) => verdict !== 'accepted')
    .map((finding) => {
      const { rule, verdict, text, stack, address } = finding;
      const position = finding.position ?? positionOf(review, stack, address);
      return {
        level: verdict === 'unknown' ? 'notice' : refusing.has(keyOf(finding)) ? 'error' : 'warning',
        title: `${review.environment}: ${rule}`,
        text: address === undefined ? text : `${address}: ${text}`,
        ...(position === undefined ? {} : { position }),
        rule,
      };
    });
}

/** What hurts, at the first line of the catalog that it comes from. */
function effectAnnotations(review: Review, effects: readonly ReviewEffect[]): readonly Annotation[] {
  return effects
    .filter(({ weight }) => HEAVY.some((heavy) => heavy === weight))
    .map(({ weight, text, stacks, about }) => {
      const positions = about.map(({ stack, address }) => positionOf(review, stack, address));
      const position = positions.find((one) => one !== undefined);
      return {
        level: weight === 'outage' ? 'warning' : 'notice',
        title: `${review.environment}: ${weight}`,
        text: `${stacks.join(', ')}: ${text}`,
        ...(position === undefined ? {} : { position }),
      };
    });
}

function keyOf(finding: RuleFinding): string {
  return JSON.stringify(finding);
}
