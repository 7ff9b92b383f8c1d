import { EXIT } from '../../base/errors';
import { shownPath } from '../../base/files';
import { endsChange, NO_ENDS } from '../../review/both-ends';
import { hasChanges, type StackPlan } from '../../terraform/plan/stack-plan';
import type { Report } from '../report/report';
import { collectEnds } from '../run/ends/collect-ends';
import { showEnds } from '../run/ends/show-ends';
import { type Outcome, Outcomes } from '../run/outcomes';
import { saveView } from '../run/plan-view';
import { planWave } from '../run/plan-wave';
import { plansReview } from '../run/plans-review';
import { type PreparedEnvironment, prepareAll } from '../run/prepare-all';
import { showDeferred, showPlans, showRenames, writeSummary } from '../run/show-plan';
import { Waves } from '../run/waves';
import { withSessions } from '../run/with-session';
import type { Settings } from '../session/settings';
import { namedEnvironments } from './environments';

/** The plans of one environment. */
interface EnvironmentPlan extends PreparedEnvironment {
  readonly waves: Waves;
  readonly plans: StackPlan[];
}

/** `kakehashi plan`: plans every stack that can be planned, of all environments in one pool, saves the plans, and explains them. */
export async function plan(settings: Settings, names: readonly string[], all: boolean): Promise<number> {
  const chosen = namedEnvironments(settings, names, all);
  return withSessions({ command: 'plan' }, settings, chosen, async (runs, report) => {
    const outcomes = new Outcomes(runs);
    const planned = await planAll(await prepareAll(runs, outcomes));
    for (const one of planned) {
      const shown = await outcomes.attempt(one.run, () => {
        if (outcomes.isOfSeveral) one.session.report.say(`\n${one.run.environment}`);
        return showPlan(one);
      });
      if (shown === 'failed') outcomes.fail(one.run);
      else if (shown !== undefined)
        outcomes.set(one.run, shown, shown === 'changes' ? EXIT.changes : EXIT.done);
    }
    outcomes.show(report);
    showNext(outcomes, report, settings.sandbox, all);
    return outcomes.exitCode;
  });
}

/** Plans wave after wave, until only what waits for an apply is left. */
async function planAll(prepared: readonly PreparedEnvironment[]): Promise<readonly EnvironmentPlan[]> {
  const all = prepared.map((one): EnvironmentPlan => ({ ...one, waves: new Waves(one.stacks), plans: [] }));
  for (;;) {
    const ready = all.filter(({ waves }) => waves.ready.length > 0);
    if (ready.length === 0) return all;
    const planned = await planWave(ready, { destroy: false });
    for (const one of ready) one.plans.push(...(planned.get(one) ?? []).map(({ summary }) => summary));
  }
}

async function showPlan(planned: EnvironmentPlan): Promise<Outcome> {
  const { session, loaded, stacks, initializer, waves, plans } = planned;
  const { report } = session;
  showPlans(session, plans, new Set());
  const { deferred } = waves;
  showDeferred(session, deferred);
  const notes = showRenames(session, loaded, plans);
  const isFailed = stacks.some((stack) => waves.stateOf(stack.id).kind === 'failed');
  const run = { plans, deferred, destroy: false };
  const { ends } = isFailed ? { ends: NO_ENDS } : await collectEnds({ session, loaded, initializer }, run);
  showEnds(session, ends);
  writeSummary(session, plansReview(session, { destroys: false, plans, deferred, notes, ends }));
  saveView(session, { ...run, notes, ends });
  if (isFailed) return 'failed';
  if (!plans.some(hasChanges) && deferred.length === 0 && !endsChange(ends)) {
    report.say(`\nno changes${session.simulated ? '' : `: ${session.environment} is as the catalog says`}`);
    return 'no changes';
  }
  report.say(`\nplans     saved; summary in ${shownPath(session.folders.summary)}`);
  return 'changes';
}

function showNext(outcomes: Outcomes, report: Report, sandbox: boolean, all: boolean): void {
  const changing = outcomes.ended('changes');
  if (changing.length === 0) return;
  const names = all && changing.length > 3 ? '--all' : changing.join(' ');
  const which = outcomes.isOfSeveral ? 'these plans, after one question' : 'exactly these plans';
  report.say(
    `Next:     npx kakehashi apply ${names}${sandbox ? ' --sandbox' : ''}          applies ${which}`,
  );
}
