import { checkDescription } from '../../../model/clouds/aws/rule-description';
import type { Rule } from '../../../model/net/rule';
import type { ProblemList } from '../../ground/problem-list';
import { type RuleLimits, readIngress } from '../../ingress/read';
import { type EntryNetworks, ingressSources } from '../../ingress/resolve';
import type { Around } from '../kind';
import type { NetworkDraft } from './draft';

/** How many rules AWS takes in a security group unless the quota is raised (VPC user guide, quotas). */
export const RULES_QUOTA = 60;

const LIMITS: RuleLimits = {
  checkCount: (count, where, problems) => {
    if (count <= RULES_QUOTA) return;
    const message = `makes ${count} rules; AWS takes ${RULES_QUOTA} in a security group unless the quota is raised`;
    problems.warning('many-rules', where, message, 'name fewer, wider sources');
  },
  checkPort: () => undefined,
  checkDescription,
  takesIds: true,
};

/** The ingress rules of a network, in which profiles and references to other entries are resolved. */
export function resolveIngress(
  { key, place, draft }: NetworkDraft,
  around: Around<unknown>,
  entries: EntryNetworks,
  problems: ProblemList,
): readonly Rule[] {
  const where = place.below('create', 'ingress');
  return readIngress(where, draft.create?.ingress, ingressSources(key, around, entries), LIMITS, problems);
}
