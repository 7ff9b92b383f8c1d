import type { Settings } from '../cli/settings';
import { EXIT, Failure } from '../errors';
import { hasChanges } from '../plan/unit-plan';
import { applyWave, tellSkipped } from '../run/apply-wave';
import { confirm } from '../run/confirm';
import { collectEntries, showEntries, writeEntries } from '../run/entries-file';
import { unitFolder } from '../run/folders';
import { Initializer } from '../run/init';
import { Journal } from '../run/journal';
import { planWave } from '../run/plan-wave';
import { prepare } from '../run/prepare';
import { removeFromLock } from '../run/read-catalog';
import { freshnessOf, type PlanRecord } from '../run/saved-plan';
import { selectUnits } from '../run/selection';
import { type Session, withSession } from '../run/session';
import { showDeferred, showPlans } from '../run/show-plan';
import { Waves } from '../run/waves';

/** `kakehashi apply`: applies saved plans, or plans first; wave by wave; then writes the catalog entries. */
export function apply(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'apply' }, settings, position, async (session) => {
    const loaded = await prepare(session);
    const units = selectUnits(loaded.units, session.settings.units);
    const waves = new Waves(units);
    const initializer = new Initializer(session);
    const journal = new Journal(session.folders.journal);
    if (journal.unfinished.length > 0) {
      session.report.note(
        'warn',
        `the last run was stopped while it applied ${journal.unfinished.join(', ')}: planning anew`,
      );
    }
    const told = new Map<string, unknown>();
    let changed = false;
    while (waves.ready.length > 0) {
      const saved = new Map(
        waves.ready.flatMap((unit) => {
          const record = savedPlan(session, journal, unit);
          return record === undefined ? [] : [[unit, record] as const];
        }),
      );
      const planned = await planWave(session, loaded, waves, initializer, {
        destroy: false,
        saved: (unit) => saved.get(unit),
      });
      showPlans(
        session,
        planned.map((record) => record.summary),
        new Set(saved.keys()),
      );
      const changing = planned.filter((record) => hasChanges(record.summary));
      if (changing.length > 0) {
        showDeferred(session, waves.deferred);
        if (saved.size > 0)
          session.report.say(`\nplans     saved before, still fresh: ${[...saved.keys()].join('  ')}`);
        await confirm(session, { done: 'applied', text: "Type 'yes' to apply:", answer: 'yes' });
        changed = true;
        for (const { unit, catalog } of await applyWave(session, waves, journal, changing, 'apply'))
          told.set(unit, catalog);
      }
      tellSkipped(session, waves);
    }
    return finish(
      session,
      async () => {
        const gone = units.filter((unit) => unit.gone).map((unit) => unit.id);
        removeFromLock(gone, session.folders, session.report);
        const entries = await collectEntries(session, loaded, initializer, told);
        writeEntries(session, entries, session.folders.entries);
        if (!changed) session.report.say('\nno changes');
        showEntries(session, entries, session.folders.entries);
        showNext(session);
      },
      units.every((unit) => waves.stateOf(unit.id).kind === 'settled'),
    );
  });
}

async function finish(session: Session, write: () => Promise<void>, complete: boolean): Promise<number> {
  if (!complete) {
    session.report.say(
      'entries   not written, because not everything is applied; mend it and run the same command again',
    );
    return EXIT.failed;
  }
  await write();
  return EXIT.done;
}

/**
 * The plan saved for a unit, if it can be applied as it is.
 *
 * @throws {@link Failure} in a real run for a plan that was made in the sandbox: nobody should believe that it was reviewed
 */
function savedPlan(session: Session, journal: Journal, unit: string): PlanRecord | undefined {
  const freshness = freshnessOf(unitFolder(session.folders, unit), session.circumstances, journal);
  if (freshness.kind === 'fresh') return freshness.record;
  if (freshness.kind === 'none') return undefined;
  if (freshness.simulated) {
    throw new Failure(
      `${unit}: its saved plan is simulated, and is never applied for real; run: kakehashi plan ${session.environment}`,
    );
  }
  if (!journal.unfinished.includes(unit)) {
    session.report.note('info', `${unit}: its saved plan is not used: ${freshness.because}; planning anew`);
  }
  return undefined;
}

function showNext(session: Session): void {
  const { environment, simulated, report } = session;
  const rows = simulated
    ? [
        [
          `npx kakehashi plan ${environment}`,
          'the same against the real AWS (needs credentials; changes nothing)',
        ],
        ['docs/start.md', 'your own catalog'],
      ]
    : [
        [`npx kakehashi entries ${environment}`, "these entries again, for the controller's vpn_catalog.yml"],
        [`npx kakehashi plan ${environment}`, 'says whether anything differs'],
      ];
  report.say();
  rows.forEach(([what, why], index) => {
    report.say(`${index === 0 ? 'Next:' : '     '}     ${what?.padEnd(30)}  ${why}`);
  });
}
