import { writeAtomically } from '../files';
import { type PlanSummary, planMarkdown } from '../plan/markdown';
import { countsText, hasChanges, type UnitPlan } from '../plan/unit-plan';
import { beside } from '../report/screen';
import type { Session } from './session';

/** Shows what each unit's plan means: the counts, and beside them the network's own words. */
export function showPlans(session: Session, plans: readonly UnitPlan[], saved: ReadonlySet<string>): void {
  const { report } = session;
  const nameWidth = Math.max(0, ...plans.map((plan) => plan.unit.length));
  const countWidth = Math.max(6, ...plans.map((plan) => countsText(plan).length));
  if (plans.length > 0) report.say();
  for (const plan of plans) {
    const label = `  ${plan.unit.padEnd(nameWidth)}   ${countsText(plan).padEnd(countWidth)}   `;
    report.say(beside(label, plan.sentences, report.screen.width));
    report.event({
      type: 'unit_planned',
      unit: plan.unit,
      changes: hasChanges(plan),
      ...plan.counts,
      drift: plan.drift.length,
      sentences: plan.sentences,
      saved: saved.has(plan.unit),
    });
  }
}

/** Shows which units wait for which. */
export function showDeferred(session: Session, deferred: PlanSummary['deferred']): void {
  for (const { unit, because } of deferred) {
    session.report.say(`  ${unit}   deferred: waits for ${because.join(', ')}`);
    session.report.event({ type: 'unit_deferred', unit, because });
  }
}

/** Writes the plan as Markdown. */
export function writeSummary(
  session: Session,
  summary: Pick<PlanSummary, 'destroy' | 'plans' | 'deferred'>,
): void {
  const { environment, simulated, folders, report } = session;
  const text = planMarkdown({ environment, simulated, ...summary });
  writeAtomically(folders.summary, report.log.masks.mask(text));
}
