import { EXIT, Failure } from '../../base/errors';
import { Journal } from '../../terraform/journal';
import { freshnessOf } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/stack-plan';
import { showEnds } from '../run/ends/show-ends';
import { readView } from '../run/plan-view';
import { showDeferred, showPlans } from '../run/show-plan';
import { withSession } from '../run/with-session';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';

/** `kakehashi show`: shows the saved plans of an environment again, without running Terraform. */
export function show(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'show' }, settings, position, async (session) => {
    const { environment, report, simulated } = session;
    const view = readView(session);
    const flag = simulated ? ' --sandbox' : '';
    if (view === undefined)
      throw new Failure(`${environment}: no plan is saved; run: kakehashi plan ${environment}${flag}`);
    report.say(`Kakehashi: ${environment}${simulated ? ', in the sandbox' : ''}, planned at ${view.made}.`);
    showPlans(session, view.plans, new Set(view.plans.map(({ stack }) => stack)));
    showDeferred(session, view.deferred);
    for (const text of view.notes) report.say(text);
    showEnds(session, view.ends);
    const stale = view.plans.filter(hasChanges).flatMap(({ stack }) => staleness(session, stack));
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
