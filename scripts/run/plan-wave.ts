import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/load';
import type { PlanRecord } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/unit-plan';
import { Progress } from '../report/progress';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import { planUnit } from './plan-unit';
import { tellFailure } from './unit-failure';
import type { Waves } from './waves';

export interface PlanWaveOptions {
  readonly destroy: boolean;
  /** A plan that is saved and can be used as it is. */
  readonly saved?: (unit: string) => PlanRecord | undefined;
}

/**
 * Plans the units that are ready, in parallel, and marks them: settled without changes, changing, or failed.
 *
 * @returns what was planned, in the units' order
 */
export async function planWave(
  session: Session,
  loaded: Loaded,
  waves: Waves,
  initializer: Initializer,
  options: PlanWaveOptions,
): Promise<readonly PlanRecord[]> {
  const units = waves.ready;
  const reused = new Map(
    units.flatMap((unit) => {
      const record = options.saved?.(unit);
      return record === undefined ? [] : [[unit, record] as const];
    }),
  );
  const rest = units.filter((unit) => !reused.has(unit));
  const progress = new Progress(
    session.report,
    'plan',
    Math.max(0, ...units.map((unit) => unit.length)),
    false,
  );
  session.waitsFor.text = () => undefined;
  const failures: (readonly [unit: string, phase: 'init' | 'plan', error: unknown])[] = [];
  /** Does the phases one after the other, until one fails. */
  const attempt = async <T>(unit: string, work: (begin: (phase: 'init' | 'plan') => void) => Promise<T>) => {
    let phase: 'init' | 'plan' = 'init';
    progress.start(unit, 0);
    try {
      return await work((next) => {
        phase = next;
      });
    } catch (error) {
      failures.push([unit, phase, error]);
      return undefined;
    } finally {
      progress.end(unit, '·', undefined);
    }
  };
  let made: readonly (PlanRecord | undefined)[] = [];
  try {
    for (const unit of initializer.warmUps(rest)) await attempt(unit, () => initializer.init(unit));
    made = await inParallel(rest, session.parallelism, async (unit) => {
      if (failures.some(([failed]) => failed === unit)) return undefined;
      return attempt(unit, async (begin) => {
        await initializer.init(unit);
        begin('plan');
        return planUnit(session, loaded, unit, { destroy: options.destroy });
      });
    });
  } finally {
    progress.close();
  }
  for (const [unit, phase, error] of failures)
    tellFailure(session, unit, error, { phase, done: 0, total: 0 });
  const planned = units.flatMap((unit) => reused.get(unit) ?? made[rest.indexOf(unit)] ?? []);
  for (const unit of units) waves.set(unit, { kind: 'failed' });
  for (const { summary } of planned) {
    waves.set(summary.unit, { kind: hasChanges(summary) ? 'changing' : 'settled' });
  }
  return planned;
}
