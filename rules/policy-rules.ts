import { EXPIRED, UNUSED } from './acceptance';
import type { Rule } from './rule';

/** What is said of the acceptances of a catalog; their findings have no resource. */
export const POLICY_RULES: readonly Omit<Rule, 'types' | 'judge'>[] = [
  {
    id: EXPIRED,
    severity: 'medium',
    title: 'An acceptance has not ended',
    reason:
      'Whoever wrote it wanted the finding to be looked at again on that day. What it accepted counts again.',
    fix: 'Correct what it accepted, or give it a new day with the reason of now.',
    references: ['docs/policy.md'],
  },
  {
    id: UNUSED,
    severity: 'low',
    title: 'An acceptance fits a finding',
    reason: 'One that fits none hides the next finding that happens to fit it.',
    fix: 'Remove it, or correct its rule or where.',
    references: ['docs/policy.md'],
  },
];
