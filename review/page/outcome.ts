import { type RuleFinding, SEVERITIES } from '../../rules/finding';
import { hasChanges } from '../../terraform/plan/stack-plan';
import { endsChange } from '../both-ends';
import type { Review } from '../review';

/**
 * What a review comes to.
 *
 * - `failed`: it is not the whole
 * - `refused`: a finding refuses the apply
 * - `changes`: an apply would change something, or a stack waits for another one
 */
export type Outcome = 'nothing' | 'changes' | 'refused' | 'failed';

export function outcomeOf(review: Review): Outcome {
  if (review.problems.length > 0) return 'failed';
  if (refusingFindings(review).length > 0) return 'refused';
  const changes = review.stacks.some(
    ({ outcome }) => outcome.kind !== 'planned' || hasChanges(outcome.summary),
  );
  return changes || endsChange(review.ends) ? 'changes' : 'nothing';
}

/** All findings, those about the catalog as a whole first, then by stack; the worst first. */
export function findingsOf(review: Review): readonly RuleFinding[] {
  const ofStacks = review.stacks.flatMap(({ stack, outcome }) =>
    outcome.kind === 'planned' ? outcome.findings.map((finding) => ({ stack, ...finding })) : [],
  );
  const all = [...review.findings, ...ofStacks];
  const distinct = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return distinct.sort(
    (a, b) =>
      VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}

/** In the order in which a reader needs them. */
const VERDICTS: readonly RuleFinding['verdict'][] = ['violated', 'unknown', 'accepted'];

/** The findings that refuse an apply: violated ones at or above the floor. */
export function refusingFindings(review: Review): readonly RuleFinding[] {
  const floor = SEVERITIES.map(String).indexOf(review.floor ?? 'none');
  if (floor === -1) return [];
  return findingsOf(review).filter(
    // Other tools have their own lists of what is accepted.
    ({ verdict, severity, tool }) =>
      verdict === 'violated' && tool === undefined && SEVERITIES.indexOf(severity) <= floor,
  );
}

/** The worst violation, and how many others there are: `also 5 high, 3 medium, 1 that can't be judged`; nothing where no rule is violated. */
export function worstFinding(
  review: Review,
): { readonly finding: RuleFinding; readonly others: string } | undefined {
  const findings = findingsOf(review).filter(({ verdict }) => verdict !== 'accepted');
  const violated = findings.filter(({ verdict }) => verdict === 'violated');
  const [finding, ...rest] = violated;
  if (finding === undefined) return undefined;
  const counts = SEVERITIES.flatMap((one) => {
    const count = rest.filter(({ severity }) => severity === one).length;
    return count === 0 ? [] : [`${count} ${one}`];
  });
  const unknown = findings.length - violated.length;
  const others = [...counts, ...(unknown === 0 ? [] : [`${unknown} that can't be judged yet`])];
  return { finding, others: others.length === 0 ? '' : `also ${others.join(', ')}` };
}
