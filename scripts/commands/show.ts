import { EXIT, Failure } from '../../base/errors';
import { Journal } from '../../terraform/journal';
import { freshnessOf } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/stack-plan';
import { showEnds } from '../run/ends/show-ends';
import { savedReview } from '../run/review/saved-review';
import { showDeferred, showPlans } from '../run/show-plan';
import { withSession } from '../run/with-session';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';

/** `kakehashi show`: shows the saved plans of an environment again, without running Terraform. */
export function show(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'show' }, settings, position, async (session) => {
    const { environment, report, simulated } = session;
    const review = savedReview(session);
    const flag = simulated ? ' --sandbox' : '';
    if (review === undefined)
      throw new Failure(`${environment}: no plan is saved; run: kakehashi plan ${environment}${flag}`);
    const { plans, deferred, failed } = review;
    const { made } = review.environment.origin;
    report.say(`Kakehashi: ${environment}${simulated ? ', in the sandbox' : ''}, planned at ${made}.`);
    showPlans(session, plans, new Set(plans.map(({ stack }) => stack)));
    showDeferred(session, deferred);
    for (const lines of failed) report.say(lines.join('\n'));
    for (const text of review.environment.notes) report.say(text);
    showEnds(session, review.environment.ends);
    const stale = plans.filter(hasChanges).flatMap(({ stack }) => staleness(session, stack));
    if (stale.length > 0) report.say();
    for (const line of stale) report.note('warn', line);
    return EXIT.done;
  });
}

function staleness(session: Session, stack: string): readonly string[] {
  const { folders, circumstances, environment } = session;
  const freshness = freshnessOf(stackFolder(folders, stack), circumstances, new Journal(folders.journal));
  if (freshness.kind === 'fresh') return [];
  const because = freshness.kind === 'none' ? 'it was applied or discarded' : freshness.because;
  return [
    `${stack}: this plan is not applied any more: ${because}; plan anew: kakehashi plan ${environment}`,
  ];
}
