import { EXIT } from '../../base/errors';
import { shownPath } from '../../base/files';
import { hasChanges, type StackPlan } from '../../terraform/plan/stack-plan';
import { endsChange, NO_ENDS } from '../report/both-ends';
import { collectEnds } from '../run/ends/collect-ends';
import { showEnds } from '../run/ends/show-ends';
import { saveView } from '../run/plan-view';
import { planWave } from '../run/plan-wave';
import { prepare } from '../run/prepare';
import { showDeferred, showPlans, showRenames, writeSummary } from '../run/show-plan';
import { Waves } from '../run/waves';
import { withSession } from '../run/with-session';
import { Initializer } from '../session/init';
import { selectStacks } from '../session/selection';
import type { Settings } from '../session/settings';

/** `kakehashi plan`: plans every stack that can be planned, saves the plans, and explains them. */
export function plan(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'plan' }, settings, position, async (session) => {
    const loaded = await prepare(session);
    const stacks = selectStacks(loaded.stacks, session.settings.stacks);
    const waves = new Waves(stacks);
    const initializer = new Initializer(session);
    const plans: StackPlan[] = [];
    while (waves.ready.length > 0) {
      const planned = (await planWave(session, loaded, waves, initializer, { destroy: false })).map(
        (record) => record.summary,
      );
      showPlans(session, planned, new Set());
      plans.push(...planned);
    }
    const { deferred } = waves;
    showDeferred(session, deferred);
    const notes = showRenames(session, loaded, plans);
    const isFailed = stacks.some((stack) => waves.stateOf(stack.id).kind === 'failed');
    const run = { plans, deferred, destroy: false };
    const { ends } = isFailed ? { ends: NO_ENDS } : await collectEnds({ session, loaded, initializer }, run);
    showEnds(session, ends);
    writeSummary(session, { ...run, notes, ends });
    saveView(session, { ...run, notes, ends });
    if (isFailed) return EXIT.failed;
    const changing = plans.filter(hasChanges).length;
    if (changing === 0 && deferred.length === 0 && !endsChange(ends)) {
      session.report.say(
        `\nno changes${session.simulated ? '' : `: ${session.environment} is as the catalog says`}`,
      );
      return EXIT.done;
    }
    session.report.say(`\nplans     saved; summary in ${shownPath(session.folders.summary)}`);
    session.report.say(
      `Next:     npx kakehashi apply ${session.environment}${session.simulated ? ' --sandbox' : ''}          applies exactly these plans`,
    );
    return EXIT.changes;
  });
}
