import { Failure } from '../../base/errors';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import { Journal } from '../../terraform/journal';
import type { PlannedOutputs } from '../../terraform/plan/planned-outputs';
import { freshnessOf, type PlanRecord } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/stack-plan';
import { driverOf } from '../kinds/registry';
import { confirm } from '../session/confirm';
import { stackFolder } from '../session/folders';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import { applyWave, reportSkipped } from './apply-wave';
import type { EndsBefore } from './ends/applied-ends';
import { collectEnds } from './ends/collect-ends';
import { showEnds } from './ends/show-ends';
import { planWave } from './plan-wave';
import { showDeferred, showPlans, showRenames } from './show-plan';
import { Waves } from './waves';

export interface AppliedAll {
  /** The `catalog` outputs that the applies printed, by stack. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Whether anything was applied. */
  readonly changed: boolean;
  /** How both ends were before, where any output changed. */
  readonly before?: EndsBefore;
  /** The planned outputs of what was applied, by stack. */
  readonly planned: ReadonlyMap<string, PlannedOutputs>;
  /** Whether every stack is as the catalog says now. */
  readonly complete: boolean;
}

/**
 * Applies stacks wave by wave. A wave's saved plans are used where they are fresh, the others are made; all of them are shown
 * and confirmed before the first is applied.
 *
 * @throws {@link Declined}, {@link Interrupted}; {@link Failure} for a simulated plan in a real run, and for a saved one that
 * would destroy secrets which the catalog needs
 */
export async function applyAll(
  session: Session,
  loaded: Loaded,
  stacks: readonly Stack[],
  initializer: Initializer,
): Promise<AppliedAll> {
  const { report } = session;
  const waves = new Waves(stacks);
  const journal = new Journal(session.folders.journal);
  if (journal.unfinished.length > 0) {
    report.note(
      'warn',
      `the last run was stopped while it applied ${journal.unfinished.join(', ')}: planning anew`,
    );
  }
  const outputs = new Map<string, unknown>();
  const planned = new Map<string, PlannedOutputs>();
  let before: EndsBefore | undefined;
  let changed = false;
  while (waves.ready.length > 0) {
    const ready = stacks.filter(({ id }) => waves.ready.includes(id));
    const saved = savedPlans(session, loaded, journal, ready);
    const options = { destroy: false, saved: (stack: string) => saved.get(stack) };
    const records = await planWave(session, loaded, waves, initializer, options);
    const plans = records.map((record) => record.summary);
    showPlans(session, plans, new Set(saved.keys()));
    const changing = records.filter((record) => hasChanges(record.summary));
    if (changing.length > 0) {
      const { deferred } = waves;
      showDeferred(session, deferred);
      const found = await collectEnds({ session, loaded, initializer }, { plans, deferred, destroy: false });
      showEnds(session, found.ends);
      before = merged(before, found.before);
      showRenames(session, loaded, plans);
      if (saved.size > 0)
        report.say(`\nplans     saved by an earlier plan, used as they are: ${[...saved.keys()].join('  ')}`);
      await confirm(session, { done: 'applied', text: "Type 'yes' to apply:", answer: 'yes' });
      changed = true;
      const applied = await applyWave(session, waves, journal, changing, 'apply');
      for (const { stack, catalog } of applied) {
        outputs.set(stack, catalog);
        const plan = plans.find((candidate) => candidate.stack === stack);
        if (plan !== undefined) planned.set(stack, plan.outputValues);
      }
    }
    reportSkipped(session, waves);
  }
  return {
    outputs,
    changed,
    planned,
    ...(before === undefined ? {} : { before }),
    complete: stacks.every((stack) => waves.stateOf(stack.id).kind === 'settled'),
  };
}

/** The first wave saw how its own stacks were; the first that touches the gateway, how its other environments are. */
function merged(first: EndsBefore | undefined, next: EndsBefore | undefined): EndsBefore | undefined {
  if (first === undefined || next === undefined) return first ?? next;
  return first.others.length > 0 ? first : { ...first, others: next.others };
}

function savedPlans(
  session: Session,
  { catalog }: Loaded,
  journal: Journal,
  stacks: readonly Stack[],
): ReadonlyMap<string, PlanRecord> {
  const saved = new Map<string, PlanRecord>();
  for (const stack of stacks) {
    const record = savedPlan(session, journal, stack.id);
    if (record === undefined) continue;
    // The catalog may need since then what the plan destroys: its own stack is the same.
    driverOf(stack).refuseLoss?.(catalog, record.summary.resources);
    saved.set(stack.id, record);
  }
  return saved;
}

/**
 * The plan saved for a stack, if it can be applied as it is.
 *
 * @throws {@link Failure} in a real run for a plan that was made in the sandbox: nobody should believe that it was reviewed
 */
function savedPlan(session: Session, journal: Journal, stack: string): PlanRecord | undefined {
  const freshness = freshnessOf(stackFolder(session.folders, stack), session.circumstances, journal);
  if (freshness.kind === 'fresh') return freshness.record;
  if (freshness.kind === 'none') return undefined;
  if (freshness.simulated) {
    throw new Failure(
      `${stack}: its saved plan is simulated, and is never applied for real; run: kakehashi plan ${session.environment}`,
    );
  }
  if (!journal.unfinished.includes(stack)) {
    session.report.note('info', `${stack}: its saved plan is not used: ${freshness.because}; planning anew`);
  }
  return undefined;
}
