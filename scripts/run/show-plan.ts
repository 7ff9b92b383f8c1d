import { writeAtomically } from '../../base/files';
import { beside } from '../../base/screen';
import type { Loaded } from '../../catalog/load';
import { countsText, hasChanges, type UnitPlan } from '../../terraform/plan/unit-plan';
import { type PlanSummary, planMarkdown } from '../report/plan-markdown';
import type { Session } from '../session/session';

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

/** An entry that was renamed looks like one that is gone and one that is new, and that is what happens to it. */
export function showRenames(session: Session, loaded: Loaded, plans: readonly UnitPlan[]): readonly string[] {
  const vpc = (action: 'create' | 'delete') =>
    plans.filter(({ resources }) =>
      resources.some((change) => change.resourceType === 'aws_vpc' && change.action === action),
    );
  const isGone = new Set(loaded.units.filter((unit) => unit.gone).map((unit) => unit.id));
  const gone = vpc('delete').filter(({ unit }) => isGone.has(unit));
  const added = vpc('create');
  if (gone.length === 0 || added.length === 0) return [];
  const names = (list: readonly UnitPlan[]) => list.map(({ unit }) => unit).join(', ');
  const text = `${names(gone)} gone, ${names(added)} new: a renamed entry is destroyed and built anew`;
  session.report.say();
  session.report.note('warn', text);
  return [text];
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
  summary: Pick<PlanSummary, 'destroy' | 'plans' | 'deferred' | 'notes'>,
): void {
  const { environment, simulated, folders, report } = session;
  const text = planMarkdown({ environment, simulated, ...summary });
  writeAtomically(folders.summary, report.log.masks.mask(text));
}
