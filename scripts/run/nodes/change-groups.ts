import { EXIT } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { Journal } from '../../../terraform/journal';
import { discardPlan } from '../../../terraform/plan/saved-plan';
import { hasChanges, type StackPlan } from '../../../terraform/plan/stack-plan';
import { confirm } from '../../session/confirm';
import { stackFolder } from '../../session/folders';
import type { Initializer } from '../../session/init';
import type { Session } from '../../session/session';
import { applyWave } from '../apply-wave';
import type { PlanStackOptions } from '../make-plan';
import { planWave } from '../plan-wave';
import { showPlans } from '../show-plan';
import { Waves } from '../waves';

/** A change of node groups that is no change of the catalog. */
export interface GroupChange {
  readonly session: Session;
  readonly loaded: Loaded;
  readonly initializer: Initializer;
  readonly stacks: readonly Stack[];
  /** `renew`: its plans are applied by no other command. */
  readonly command: string;
  readonly destroy: boolean;
  readonly of: (stack: Stack) => Omit<PlanStackOptions, 'destroy' | 'only'>;
  /** Lines before the question, for what the plans change. */
  readonly before: (plans: readonly StackPlan[]) => readonly string[];
  /** What the confirmed action is called when it is done: `renewed`. */
  readonly done: string;
  /** What must be typed. */
  readonly answer: string;
  /** What else must be confirmed, before the question. @throws Declined */
  readonly confirmFirst?: () => Promise<void>;
}

/**
 * Plans the stacks, shows the plans, asks, and applies them at once. The plans are never left for another command.
 *
 * @returns the exit code
 * @throws Declined, Interrupted
 */
export async function changeGroups(change: GroupChange): Promise<number> {
  const { session, loaded, initializer, stacks, command, destroy, done } = change;
  const { report, folders } = session;
  const ids = stacks.map(({ id }) => id);
  // They are independent: what they require is there, or Terraform says so.
  const waves = new Waves(ids.map((id) => ({ id, requires: [] })));
  const part = { session, loaded, waves, initializer };
  try {
    const of = (stack: Stack) => ({ ...change.of(stack), only: command });
    const records = (await planWave([part], { destroy, of, writesState: true })).get(part) ?? [];
    const plans = records.map(({ summary }) => summary);
    showPlans(session, plans, new Set());
    if (records.length < stacks.length) return EXIT.failed;
    const changing = records.filter(({ summary }) => hasChanges(summary));
    if (changing.length === 0) {
      report.say('\nno changes');
      return EXIT.done;
    }
    report.say();
    for (const line of change.before(changing.map(({ summary }) => summary))) report.say(line);
    await change.confirmFirst?.();
    await confirm(session, { done, text: `Type '${change.answer}' to continue:`, answer: change.answer });
    const started = Date.now();
    const applied = await applyWave(session, waves, new Journal(folders.journal), changing, command);
    if (applied.length < changing.length) return EXIT.failed;
    const seconds = Math.round((Date.now() - started) / 1000);
    report.say(`\n${listed(applied.map(({ stack }) => stack))}: ${done} in ${seconds} s`);
    return EXIT.done;
  } finally {
    for (const id of ids) discardPlan(stackFolder(folders, id));
  }
}
