import { EXIT } from '../../base/errors';
import { Journal } from '../../terraform/journal';
import { hasChanges, totalOf } from '../../terraform/plan/unit-plan';
import { applyWave, tellSkipped } from '../run/apply-wave';
import { collectEntries, writeEntries } from '../run/entries-file';
import { followAtGateway } from '../run/gateway/follow';
import { planWave } from '../run/plan-wave';
import { prepare } from '../run/prepare';
import { showPlans, writeSummary } from '../run/show-plan';
import { Waves } from '../run/waves';
import { confirm } from '../session/confirm';
import { Initializer } from '../session/init';
import { removeFromLock } from '../session/read-catalog';
import { selectUnits } from '../session/selection';
import { withSession } from '../session/session';
import type { Settings } from '../session/settings';

/** `kakehashi destroy`: plans the destruction of every unit, asks for the environment's name, destroys in reverse order. */
export function destroy(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'destroy' }, settings, position, async (session) => {
    const { report, environment, folders } = session;
    const loaded = await prepare(session);
    const units = selectUnits(loaded.units, session.settings.units);
    const initializer = new Initializer(session);
    // All are planned at once, to be shown before the one question; they are destroyed in reverse order.
    const all = new Waves(units.map(({ id }) => ({ id, requires: [] })));
    const planned = await planWave(session, loaded, all, initializer, { destroy: true });
    const plans = planned.map((record) => record.summary);
    showPlans(session, plans, new Set());
    writeSummary(session, { destroy: true, plans, deferred: [] });
    if (planned.length < units.length) return EXIT.failed;
    const changing = planned.filter((record) => hasChanges(record.summary));
    if (changing.length > 0) {
      const total = plans.reduce((sum, plan) => sum + totalOf(plan.counts), 0);
      const text = `This destroys ${total} resources of ${environment}. Type '${environment}' to go on:`;
      await confirm(session, { done: 'destroyed', text, answer: environment });
    }
    const waves = Waves.reversed(units);
    const journal = new Journal(folders.journal);
    const told = new Map<string, unknown>();
    while (waves.ready.length > 0) {
      const { ready } = waves;
      for (const unit of ready) waves.set(unit, { kind: 'settled' });
      const wave = changing.filter((record) => ready.includes(record.summary.unit));
      if (wave.length > 0) await applyWave(session, waves, journal, wave, 'destroy');
      tellSkipped(session, waves);
    }
    const gone = units.map((unit) => unit.id).filter((unit) => waves.stateOf(unit).kind === 'settled');
    for (const unit of gone) told.set(unit, null);
    removeFromLock(gone, folders, report);
    if (gone.length < units.length) return EXIT.failed;
    writeEntries(session, await collectEntries(session, loaded, initializer, told), folders.entries);
    report.say(
      changing.length === 0
        ? '\nnothing to destroy'
        : `\n${environment}: destroyed${units.length < loaded.units.length ? ' in part' : ''}`,
    );
    if (changing.length > 0) await followAtGateway({ session, loaded, initializer }, new Set(gone));
    return EXIT.done;
  });
}
