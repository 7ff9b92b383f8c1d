import { EXIT } from '../../base/errors';
import { removeRecords } from '../../review/record/write-records';
import { Journal } from '../../terraform/journal';
import { hasChanges, totalOf } from '../../terraform/plan/stack-plan';
import { applyWave, reportSkipped } from '../run/apply-wave';
import { appliedEnds, showSteps } from '../run/ends/applied-ends';
import { collectEnds } from '../run/ends/collect-ends';
import { showEnds } from '../run/ends/show-ends';
import { collectEntries, writeEntries } from '../run/entries-file';
import { followAtGateway } from '../run/gateway/follow';
import { planWave } from '../run/plan-wave';
import { plansReview } from '../run/plans-review';
import { prepare } from '../run/prepare';
import { refuseHeld } from '../run/refuse-held';
import { showPlans, writeSummary } from '../run/show-plan';
import { stackHooks } from '../run/stack-hooks';
import { Waves } from '../run/waves';
import { withSession } from '../run/with-session';
import { confirm } from '../session/confirm';
import { Initializer } from '../session/init';
import { selectStacks } from '../session/selection';
import type { Settings } from '../session/settings';
import { removeFromLock } from '../session/update-lock';

/** `kakehashi destroy`: plans the destruction of every stack, asks for the environment's name, and destroys in reverse order. */
export function destroy(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'destroy' }, settings, position, async (session) => {
    const { report, environment, folders } = session;
    const loaded = await prepare(session);
    const stacks = selectStacks(loaded.stacks, session.settings.stacks);
    refuseHeld(session, loaded, stacks);
    const initializer = new Initializer(session);
    // All are planned at once, because they are shown before the only question; they are destroyed in reverse order.
    const all = new Waves(stacks.map(({ id }) => ({ id, requires: [] })));
    const part = { session, loaded, waves: all, initializer };
    const planned = (await planWave([part], { destroy: true, writesState: true })).get(part) ?? [];
    const plans = planned.map((record) => record.summary);
    showPlans(session, plans, new Set());
    if (planned.length < stacks.length) {
      writeSummary(session, plansReview(session, { destroys: true, plans, deferred: [] }));
      return EXIT.failed;
    }
    const own = { session, loaded, initializer };
    const { ends, before } = await collectEnds(own, { plans, deferred: [], destroy: true });
    showEnds(session, ends);
    writeSummary(session, plansReview(session, { destroys: true, plans, deferred: [], ends }));
    const changing = planned.filter((record) => hasChanges(record.summary));
    if (changing.length > 0) {
      const total = plans.reduce((sum, plan) => sum + totalOf(plan.counts), 0);
      const text = `This destroys ${total} resources of ${environment}. Type '${environment}' to continue:`;
      await confirm(session, { done: 'destroyed', text, answer: environment });
    }
    const waves = Waves.reversed(stacks);
    const journal = new Journal(folders.journal);
    const outputs = new Map<string, unknown>();
    const hooks = stackHooks(session, loaded);
    while (waves.ready.length > 0) {
      const { ready } = waves;
      for (const stack of ready) waves.set(stack, { kind: 'settled' });
      const wave = changing.filter((record) => ready.includes(record.summary.stack));
      if (wave.length > 0) await applyWave(session, waves, journal, wave, 'destroy', hooks);
      reportSkipped(session, waves);
    }
    const gone = stacks.map((stack) => stack.id).filter((stack) => waves.stateOf(stack).kind === 'settled');
    for (const stack of gone) outputs.set(stack, null);
    removeFromLock(session, gone);
    if (gone.length < stacks.length) return EXIT.failed;
    const done = await appliedEnds(own, before, new Map());
    writeEntries(session, await collectEntries(session, loaded, initializer, outputs), folders.entries);
    report.say(
      changing.length === 0
        ? '\nnothing to destroy'
        : `\n${environment}: destroyed${stacks.length < loaded.stacks.length ? ' in part' : ''}`,
    );
    if (changing.length > 0) {
      await followAtGateway(own, new Set(gone), done.hosts.length > 0);
      showSteps(session, { ...done, configuration: [] });
    }
    removeRecords(folders.review);
    return EXIT.done;
  });
}
