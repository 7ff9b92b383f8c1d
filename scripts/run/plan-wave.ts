import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/environment/catalog';
import type { PlanRecord } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/stack-plan';
import { Progress } from '../report/progress';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import { planStack } from './plan-stack';
import { reportFailure } from './stack-failure';
import type { Waves } from './waves';

export interface PlanWaveOptions {
  readonly destroy: boolean;
  /** A plan that is saved and can be used as it is. */
  readonly saved?: (stack: string) => PlanRecord | undefined;
}

/**
 * Plans the stacks that are ready, in parallel, and marks them: settled without changes, changing, or failed.
 *
 * @returns what was planned, in the stacks' order
 */
export async function planWave(
  session: Session,
  loaded: Loaded,
  waves: Waves,
  initializer: Initializer,
  options: PlanWaveOptions,
): Promise<readonly PlanRecord[]> {
  const ready = new Set(waves.ready);
  const chosen = loaded.stacks.filter(({ id }) => ready.has(id));
  const stacks = chosen.map(({ id }) => id);
  const reused = new Map(
    stacks.flatMap((stack) => {
      const record = options.saved?.(stack);
      return record === undefined ? [] : [[stack, record] as const];
    }),
  );
  const rest = chosen.filter(({ id }) => !reused.has(id));
  const restIds = rest.map(({ id }) => id);
  const progress = new Progress(
    session.report,
    'plan',
    Math.max(0, ...stacks.map((stack) => stack.length)),
    false,
  );
  session.waitsFor.text = () => undefined;
  const failures: (readonly [stack: string, phase: 'init' | 'plan', error: unknown])[] = [];
  /** Does the phases one after the other, until one fails. */
  const attempt = async <T>(stack: string, work: (begin: (phase: 'init' | 'plan') => void) => Promise<T>) => {
    let phase: 'init' | 'plan' = 'init';
    progress.start(stack, 0);
    try {
      return await work((next) => {
        phase = next;
      });
    } catch (error) {
      failures.push([stack, phase, error]);
      return undefined;
    } finally {
      progress.end(stack, '·', undefined);
    }
  };
  let made: readonly (PlanRecord | undefined)[] = [];
  try {
    for (const stack of initializer.warmUps(restIds)) await attempt(stack, () => initializer.init(stack));
    made = await inParallel(rest, session.parallelism, async (stack) => {
      if (failures.some(([failed]) => failed === stack.id)) return undefined;
      return attempt(stack.id, async (begin) => {
        await initializer.init(stack.id);
        begin('plan');
        return planStack(session, loaded, stack, { destroy: options.destroy });
      });
    });
  } finally {
    progress.close();
  }
  for (const [stack, phase, error] of failures)
    reportFailure(session, stack, error, { phase, done: 0, total: 0 });
  const planned = stacks.flatMap((stack) => reused.get(stack) ?? made[restIds.indexOf(stack)] ?? []);
  for (const stack of stacks) waves.set(stack, { kind: 'failed' });
  for (const { summary } of planned) {
    waves.set(summary.stack, { kind: hasChanges(summary) ? 'changing' : 'settled' });
  }
  return planned;
}
