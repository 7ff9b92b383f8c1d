import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/load';
import type { PlanRecord } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/stack-plan';
import { Progress } from '../report/progress';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import { planStack } from './plan-stack';
import { tellFailure } from './stack-failure';
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
  const stacks = waves.ready;
  const reused = new Map(
    stacks.flatMap((stack) => {
      const record = options.saved?.(stack);
      return record === undefined ? [] : [[stack, record] as const];
    }),
  );
  const rest = stacks.filter((stack) => !reused.has(stack));
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
    for (const stack of initializer.warmUps(rest)) await attempt(stack, () => initializer.init(stack));
    made = await inParallel(rest, session.parallelism, async (stack) => {
      if (failures.some(([failed]) => failed === stack)) return undefined;
      return attempt(stack, async (begin) => {
        await initializer.init(stack);
        begin('plan');
        return planStack(session, loaded, stack, { destroy: options.destroy });
      });
    });
  } finally {
    progress.close();
  }
  for (const [stack, phase, error] of failures)
    tellFailure(session, stack, error, { phase, done: 0, total: 0 });
  const planned = stacks.flatMap((stack) => reused.get(stack) ?? made[rest.indexOf(stack)] ?? []);
  for (const stack of stacks) waves.set(stack, { kind: 'failed' });
  for (const { summary } of planned) {
    waves.set(summary.stack, { kind: hasChanges(summary) ? 'changing' : 'settled' });
  }
  return planned;
}
