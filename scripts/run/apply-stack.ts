import path from 'node:path';
import { Failure } from '../../base/errors';
import { erroredState } from '../../terraform/errored-state';
import type { Journal } from '../../terraform/journal';
import type { Message } from '../../terraform/messages';
import { discardPlan, PLAN_FILE, type PlanRecord } from '../../terraform/plan/saved-plan';
import { type StackPlan, totalOf } from '../../terraform/plan/stack-plan';
import type { Progress } from '../report/progress';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';

export interface Applied {
  readonly stack: string;
  /** The output `catalog`, as the apply told it; undefined where it told none. */
  readonly catalog: unknown;
}

/**
 * Applies one saved plan, noted in the journal before it is begun: it is never begun twice.
 *
 * @throws TerraformError; {@link Failure} when the plan was begun before, or a state could not be saved
 */
export async function applyStack(
  session: Session,
  journal: Journal,
  record: PlanRecord,
  progress: Progress,
): Promise<Applied> {
  const { stack } = record.summary;
  const folder = stackFolder(session.folders, stack);
  if (journal.wasStarted(record.plan))
    throw new Failure(`${stack}: this plan was begun before; run the command again`);
  let catalog: unknown;
  let counts: { readonly add: number; readonly change: number; readonly remove: number } | undefined;
  const started = Date.now();
  progress.start(stack, stepsOf(record.summary));
  const hear = (message: Message) => {
    if (message.type === 'outputs') catalog = message.outputs.catalog?.value;
    if (message.type === 'change_summary') counts = message.changes;
    if (message.type === 'apply_start') progress.resourceStarted(stack, message.hook.address);
    if (message.type !== 'apply_complete' && message.type !== 'apply_errored') return;
    const { address, action, seconds } = message.hook;
    progress.resourceEnded(stack, address, message.type === 'apply_complete');
    if (message.type === 'apply_complete')
      session.report.event({ type: 'resource_done', stack, address, action, seconds });
  };
  session.report.event({ type: 'stack_started', stack, changes: totalOf(record.summary.counts) });
  journal.record('started', stack, record.plan);
  try {
    await session.terraform.apply(folder, path.join(folder, PLAN_FILE), hear);
  } catch (error) {
    journal.record('failed', stack, record.plan);
    const unsaved = erroredState(stack, folder);
    if (unsaved !== undefined) session.report.say(unsaved);
    throw error;
  } finally {
    discardPlan(folder);
  }
  journal.record('applied', stack, record.plan);
  const seconds = (Date.now() - started) / 1000;
  const { add = 0, change = 0, remove = 0 } = counts ?? {};
  progress.end(stack, '✓', `${totalOf(record.summary.counts)} in ${seconds.toFixed(1)} s`);
  session.report.event({
    type: 'stack_applied',
    stack,
    added: add,
    changed: change,
    destroyed: remove,
    seconds,
  });
  return { stack, catalog };
}

/** How many operations Terraform will report: a replacement is two. */
export function stepsOf(plan: StackPlan): number {
  return totalOf(plan.counts) + plan.counts.replace;
}
