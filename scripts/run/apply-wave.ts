import { Interrupted } from '../../base/interrupted';
import { inParallel } from '../../base/pool';
import type { Journal } from '../../terraform/journal';
import type { PlanRecord } from '../../terraform/plan/saved-plan';
import { totalOf } from '../../terraform/plan/stack-plan';
import { usualTime } from '../kinds/registry';
import { Progress } from '../report/progress';
import type { Session } from '../session/session';
import { type Applied, applyStack } from './apply-stack';
import { commitOf } from './review/origin';
import { reportFailure, SAME_COMMAND } from './stack-failure';
import type { StackHooks } from './stack-hooks';
import type { Waves } from './waves';

/**
 * Applies plans in parallel, and marks their stacks settled or failed. What waits for a failed one is skipped, and said.
 *
 * @throws {@link Interrupted} with where it stopped, after all that had begun has ended
 */
export async function applyWave(
  session: Session,
  waves: Waves,
  journal: Journal,
  records: readonly PlanRecord[],
  label: string,
  hooks?: StackHooks,
): Promise<readonly Applied[]> {
  const { report } = session;
  report.say();
  const progress = new Progress(
    report,
    label,
    Math.max(0, ...records.map(({ summary }) => summary.stack.length)),
    true,
    usualTime,
  );
  session.waitsFor.text = () => progress.longest;
  const failures: (readonly [record: PlanRecord, done: number, error: unknown])[] = [];
  const said: string[] = [];
  const total = records.reduce((sum, { summary }) => sum + totalOf(summary.counts), 0);
  let done = 0;
  const lost: string[] = [];
  const commit = await commitOf(session);
  const one = async (record: PlanRecord): Promise<Applied | undefined> => {
    const { stack } = record.summary;
    if (session.processes.interrupted) return undefined;
    try {
      const before = async () => hooks?.before(record);
      const applied = await applyStack(session, journal, record, progress, before, commit);
      waves.set(stack, { kind: 'settled' });
      said.push(...((await hooks?.after(record)) ?? []));
      done += totalOf(record.summary.counts);
      return applied;
    } catch (error) {
      waves.set(stack, { kind: 'failed' });
      done += progress.doneOf(stack);
      lost.push(...progress.busyOf(stack));
      failures.push([record, progress.doneOf(stack), error]);
      progress.end(stack, '✗', error instanceof Interrupted ? 'interrupted' : 'failed');
      return undefined;
    }
  };
  const results = await inParallel(records, session.parallelism, one).finally(() => progress.close());
  if (session.processes.interrupted) {
    const again = hooks?.again?.(done) ?? SAME_COMMAND;
    throw new Interrupted(stopText(done, total, session.processes.interruptedAgain ? lost : [], again));
  }
  if (said.length > 0) report.say(['', ...said].join('\n'));
  if (failures.length > 0) report.say();
  for (const [record, doneOfStack, error] of failures) {
    const { summary } = record;
    const at = { phase: 'apply', done: doneOfStack, total: totalOf(summary.counts) } as const;
    const causes = (await hooks?.causes(record, error)) ?? [];
    reportFailure(session, summary.stack, error, at, { causes, again: hooks?.again?.(doneOfStack) });
  }
  return results.flatMap((result) => result ?? []);
}

/** Says which stacks are left out because of others. */
export function reportSkipped(session: Session, waves: Waves): void {
  for (const { stack, because } of waves.skipAfterFailures()) {
    session.report.say(`${stack}: not applied, because ${because} failed`);
    session.report.event({ type: 'stack_skipped', stack, because });
  }
}

function stopText(done: number, total: number, lost: readonly string[], again: string): string {
  if (lost.length === 0) {
    return `stopped after ${done} of ${total}; nothing was lost; ${again} to go on`;
  }
  return `stopped hard after ${done} of ${total}: terraform may have lost track of ${lost.join(', ')}; ${again}, which looks for it and takes it in`;
}
