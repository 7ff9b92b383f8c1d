import { creates, isReplaced } from '../../../terraform/plan/drift';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';

/** What a change of an image means. */
export function imageWords(change: ScrubbedChange): readonly PlanEffect[] {
  const after = String(change.after.name ?? '');
  if (isReplaced(change))
    return weighed(
      'changed',
      [`image ${String(change.before.name ?? '')} → ${after}; the old one stays on the host`],
      [change],
    );
  return creates(change) ? weighed('created', [`image ${after} is pulled`], [change]) : [];
}
