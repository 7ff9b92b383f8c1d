import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import type { NormalPlan } from '../../review/record/normal-plan';
import type { PlannedResource } from '../../rules/configuration';
import type { PlanRecord } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/stack-plan';
import { Progress } from '../report/progress';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import type { PlanStackOptions } from './make-plan';
import { planStack } from './plan-stack';
import { reportFailure } from './stack-failure';
import type { Waves } from './waves';

/** One environment's part of a wave. */
export interface WavePart {
  readonly session: Session;
  readonly loaded: Loaded;
  readonly waves: Waves;
  readonly initializer: Initializer;
  /** As in {@link PlanningRun}. */
  readonly normal?: Map<string, NormalPlan>;
  /** Gets the values of the plans, for the rules. @default - nobody judges them */
  readonly judged?: Map<string, readonly PlannedResource[]>;
  /** Gets the lines about each stack that could not be planned. @default - nobody needs them */
  readonly failures?: Map<string, readonly string[]>;
  /** A plan that is saved and can be used as it is. */
  readonly saved?: (stack: string) => PlanRecord | undefined;
}

export interface WaveOptions {
  readonly destroy: boolean;
  /** As in {@link PlanStackOptions}. @default false */
  readonly writesState?: boolean;
  /** What is special in the plan of a stack. @default - nothing is */
  readonly of?: (stack: Stack) => Omit<PlanStackOptions, 'destroy'>;
}

/** A stack that is to be planned. */
interface Job {
  readonly part: WavePart;
  readonly stack: Stack;
}

type Phase = 'init' | 'plan';

/**
 * Plans the stacks that are ready, of all environments, in one pool, and marks them: settled without changes, changing, or
 * failed.
 *
 * @returns what was planned, by part, in the stacks' order
 */
export async function planWave(
  parts: readonly WavePart[],
  options: WaveOptions,
): Promise<ReadonlyMap<WavePart, readonly PlanRecord[]>> {
  const chosen = parts.flatMap((part) => readyJobs(part));
  const reused = new Map(
    chosen.flatMap(({ part, stack }) => {
      const record = part.saved?.(stack.id);
      return record === undefined ? [] : [[stack.id, record] as const];
    }),
  );
  const rest = chosen.filter(({ stack }) => !reused.has(stack.id));
  const [first] = parts;
  if (first === undefined) return new Map();
  const { report, parallelism, waitsFor } = first.session;
  const nameWidth = Math.max(0, ...chosen.map(({ stack }) => stack.id.length));
  const progress = new Progress(report, 'plan', nameWidth, false);
  waitsFor.text = () => undefined;
  const failures = new Map<Job, readonly [phase: Phase, error: unknown]>();
  /** Does the phases one after the other, until one fails. */
  const attempt = async <T>(job: Job, work: (begin: (phase: Phase) => void) => Promise<T>) => {
    let phase: Phase = 'init';
    progress.start(job.stack.id, 0);
    try {
      return await work((next) => {
        phase = next;
      });
    } catch (error) {
      failures.set(job, [phase, error]);
      return undefined;
    } finally {
      progress.end(job.stack.id, '·', undefined);
    }
  };
  let made: readonly (PlanRecord | undefined)[] = [];
  try {
    for (const job of warmUpJobs(parts, rest)) {
      await attempt(job, () => job.part.initializer.init(job.stack.id));
    }
    made = await inParallel(rest, parallelism, async (job) => {
      if (failures.has(job)) return undefined;
      return attempt(job, async (begin) => {
        await job.part.initializer.init(job.stack.id);
        begin('plan');
        const { destroy, writesState = false } = options;
        return planStack(job.part, job.stack, { ...options.of?.(job.stack), destroy, writesState });
      });
    });
  } finally {
    progress.close();
  }
  for (const [{ part, stack }, [phase, error]] of failures) {
    const lines = reportFailure(part.session, stack.id, error, { phase, done: 0, total: 0 });
    part.failures?.set(stack.id, lines);
  }
  const planned = new Map(rest.flatMap(({ stack }, index) => (made[index] ? [[stack.id, made[index]]] : [])));
  return new Map(
    parts.map((part) => {
      const own = chosen.filter((job) => job.part === part).map(({ stack }) => stack.id);
      const records = own.flatMap((stack) => reused.get(stack) ?? planned.get(stack) ?? []);
      mark(part.waves, own, records);
      return [part, records] as const;
    }),
  );
}

function readyJobs(part: WavePart): readonly Job[] {
  const ready = new Set(part.waves.ready);
  return part.loaded.stacks.filter(({ id }) => ready.has(id)).map((stack) => ({ part, stack }));
}

/** Those that must be initialised one after the other: also of different environments, which may share a plugin folder. */
function warmUpJobs(parts: readonly WavePart[], jobs: readonly Job[]): readonly Job[] {
  return parts.flatMap((part) => {
    const own = jobs.filter((job) => job.part === part);
    const warmUps = part.initializer.warmUps(own.map(({ stack }) => stack.id));
    return own.filter(({ stack }) => warmUps.includes(stack.id));
  });
}

function mark(waves: Waves, stacks: readonly string[], planned: readonly PlanRecord[]): void {
  for (const stack of stacks) waves.set(stack, { kind: 'failed' });
  for (const { summary } of planned) {
    waves.set(summary.stack, { kind: hasChanges(summary) ? 'changing' : 'settled' });
  }
}
