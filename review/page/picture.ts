import { type DrawnPlan, type MarkedScene, markScene } from '../../draw/marks';
import { sceneMermaid } from '../../draw/mermaid';
import type { StackRecord } from '../record/record';
import type { Review } from '../review';

/** What the plans of records do, as far as a picture shows it. */
export function drawnPlans(records: readonly StackRecord[]): readonly DrawnPlan[] {
  return records.flatMap(({ stack, outcome }): readonly DrawnPlan[] =>
    outcome.kind !== 'planned'
      ? []
      : [
          {
            stack,
            changes: outcome.plan.changes.map(({ address, action }) => ({ address, action })),
            outages: outcome.summary.effects.filter(({ weight }) => weight === 'outage'),
          },
        ],
  );
}

/** The picture of a review with what its plans do; undefined where its records have none. */
export function reviewPicture({ scene, stacks, origin }: Review): MarkedScene | undefined {
  return scene === undefined ? undefined : markScene(scene, drawnPlans(stacks), origin.simulated);
}

/** How much of a comment a diagram may take. */
const CHARACTERS = 8000;

/** The same as a Mermaid flowchart without a fence; undefined where there is none, or the least of it is too long. */
export function reviewMermaid(review: Review, characters = CHARACTERS): string | undefined {
  const picture = reviewPicture(review);
  return picture === undefined ? undefined : sceneMermaid(picture, { characters });
}
