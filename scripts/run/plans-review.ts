import { type BothEnds, NO_ENDS } from '../../review/both-ends';
import type { Origin, StackRecord } from '../../review/record/record';
import type { Review } from '../../review/review';
import type { StackPlan } from '../../terraform/plan/stack-plan';
import type { Session } from '../session/session';

/** Plans of which no records are written. */
export interface UnrecordedPlans {
  readonly destroys: boolean;
  readonly plans: readonly StackPlan[];
  readonly deferred: readonly { readonly stack: string; readonly because: readonly string[] }[];
  readonly notes?: readonly string[];
  readonly ends?: BothEnds;
}

/** Plans as a review for people: without a digest and an origin, because nobody applies them by it. */
export function plansReview(
  { environment, simulated, circumstances }: Session,
  { destroys, plans, deferred, notes = [], ends = NO_ENDS }: UnrecordedPlans,
): Review {
  const origin: Origin = {
    dirty: false,
    catalog: '',
    lock: '',
    kakehashi: '',
    terraform: circumstances.terraform,
    providers: {},
    simulated,
    made: '',
  };
  const stacks = [...plans, ...deferred].map(({ stack }) => stack);
  const record = (stack: string, outcome: StackRecord['outcome']): StackRecord => ({
    version: 1,
    record: 'stack',
    environment,
    origin,
    stacks,
    stack,
    kind: '',
    requires: [],
    outcome,
  });
  return {
    environment,
    origin,
    ...(destroys ? { destroys } : {}),
    stacks: [
      ...plans.map((summary) =>
        record(summary.stack, {
          kind: 'planned',
          digest: '',
          plan: { changes: [], outputs: [] },
          summary,
          findings: [],
          positions: {},
        }),
      ),
      ...deferred.map(({ stack, because }) => record(stack, { kind: 'deferred', because })),
    ],
    problems: [],
    ends,
    notes,
    findings: [],
    requireReview: false,
  };
}
