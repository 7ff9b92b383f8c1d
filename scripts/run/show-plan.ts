import { writeAtomically } from '../../base/files';
import { beside } from '../../base/screen';
import type { Loaded } from '../../catalog/environment/catalog';
import { reviewMarkdown } from '../../review/page/markdown/markdown';
import type { Review } from '../../review/review';
import { textsOf } from '../../terraform/plan/effect';
import { countsText, hasChanges, type StackPlan } from '../../terraform/plan/stack-plan';
import { driverOf } from '../kinds/registry';
import type { Session } from '../session/session';
import { adoptedLine } from './recover/words';
import { showValues } from './show-values';

/** Shows what each stack's plan means: the counts, and beside them the network's own words. */
export function showPlans(session: Session, plans: readonly StackPlan[], saved: ReadonlySet<string>): void {
  const { report } = session;
  const nameWidth = Math.max(0, ...plans.map((plan) => plan.stack.length));
  const countWidth = Math.max(6, ...plans.map((plan) => countsText(plan).length));
  if (plans.length > 0) report.say();
  for (const plan of plans) {
    const label = `  ${plan.stack.padEnd(nameWidth)}   ${countsText(plan).padEnd(countWidth)}   `;
    report.say(beside(label, textsOf(plan.effects), report.screen.width));
    for (const one of plan.adopted ?? [])
      report.say(beside(`  ${' '.repeat(nameWidth)}   `, [adoptedLine(one)], report.screen.width));
    report.event({
      type: 'stack_planned',
      stack: plan.stack,
      changes: hasChanges(plan),
      ...plan.counts,
      drift: plan.drift.length,
      drifted: plan.drift,
      sentences: textsOf(plan.effects),
      ...(plan.adopted === undefined ? {} : { adopted: plan.adopted }),
      saved: saved.has(plan.stack),
    });
    showValues(session, plan);
  }
}

/** An entry that was renamed looks like one that is gone and one that is new, and that is what happens to it. */
export function showRenames(
  session: Session,
  loaded: Loaded,
  plans: readonly StackPlan[],
): readonly string[] {
  const whole = (action: 'create' | 'delete', isGone: boolean) =>
    plans.filter(({ stack: id, resources }) => {
      const stack = loaded.stacks.find((candidate) => candidate.id === id);
      if (stack === undefined || (isGone && !stack.gone)) return false;
      const { mainType } = driverOf(stack);
      return resources.some((change) => change.resourceType === mainType && change.action === action);
    });
  const gone = whole('delete', true);
  const added = whole('create', false);
  if (gone.length === 0 || added.length === 0) return [];
  const names = (list: readonly StackPlan[]) => list.map(({ stack }) => stack).join(', ');
  const text = `${names(gone)} gone, ${names(added)} new: a renamed entry is destroyed and built anew; to keep what exists, write formerly: OLD_NAME in it`;
  session.report.say();
  session.report.note('warn', text);
  return [text];
}

/** Shows which stacks wait for which. */
export function showDeferred(
  session: Session,
  deferred: readonly { readonly stack: string; readonly because: readonly string[] }[],
): void {
  for (const { stack, because } of deferred) {
    session.report.say(`  ${stack}   deferred: waits for ${because.join(', ')}`);
    session.report.event({ type: 'stack_deferred', stack, because });
  }
}

/** The budget of `plan.md`: a file has room, and a job summary of GitHub takes 1 MiB. */
const SUMMARY_CHARACTERS = 1_000_000;

/** Writes what plans do as Markdown. */
export function writeSummary({ folders, report }: Session, review: Review): void {
  const text = reviewMarkdown(review, {
    budget: { characters: SUMMARY_CHARACTERS, bytes: SUMMARY_CHARACTERS },
  });
  writeAtomically(folders.summary, report.log.masks.mask(text));
}
