import { creates, isReplaced } from '../../../terraform/plan/drift';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';

/** What a change of an image means. */
export function imageWords(change: ScrubbedChange): readonly string[] {
  const after = String(change.after.name ?? '');
  if (isReplaced(change))
    return [`image ${String(change.before.name ?? '')} → ${after}; the old one stays on the host`];
  return creates(change) ? [`image ${after} is pulled`] : [];
}
