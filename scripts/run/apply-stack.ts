import path from 'node:path';
import { Failure } from '../../base/errors';
import { processStart } from '../../base/process-identity';
import { erroredState } from '../../terraform/errored-state';
import type { Journal, JournalNotes, JournalTerraform } from '../../terraform/journal';
import { newOutputFile } from '../../terraform/output-file';
import { discardPlan, PLAN_FILE, type PlanRecord } from '../../terraform/plan/saved-plan';
import { changesText, totalOf } from '../../terraform/plan/stack-plan';
import type { Progress } from '../report/progress';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';
import { ApplyMessages } from './apply-messages';
import { refusedCreations } from './recover/refused-creations';

export interface Applied {
  readonly stack: string;
  /** The output `catalog`, as the apply printed it; undefined where it printed none. */
  readonly catalog: unknown;
}

/**
 * Applies one saved plan, noted in the journal before it is begun: it is never begun twice.
 *
 * @param prepare - what is done when the plan is about to be begun; where it fails, the plan stays as it is
 * @param commit - of the project, for the journal
 * @throws TerraformError; {@link Failure} when the plan was begun before, or a state could not be saved
 */
export async function applyStack(
  session: Session,
  journal: Journal,
  record: PlanRecord,
  progress: Progress,
  prepare: () => Promise<void> = async () => undefined,
  commit?: string,
): Promise<Applied> {
  const { stack } = record.summary;
  const folder = stackFolder(session.folders, stack);
  if (journal.wasStarted(record.plan))
    throw new Failure(`${stack}: this plan was begun before; run the command again`);
  const started = Date.now();
  const { counts, parallelism } = record.summary;
  progress.start(stack, totalOf(counts), changesText(record.summary));
  await prepare();
  const messages = new ApplyMessages(session, record.summary, progress);
  const outputFile = newOutputFile(session.folders.logs, stack).file;
  let terraform: JournalTerraform = { log: path.relative(session.folders.root, outputFile) };
  const creates = record.summary.resources
    .filter(({ action }) => action === 'create' || action === 'replace')
    .map(({ address }) => address);
  const { before } = record.summary;
  const begun: JournalNotes = { creates, ...(before === undefined ? {} : { before }) };
  const note = (event: 'started' | 'applied' | 'failed', more?: JournalNotes) =>
    journal.record(event, stack, record.plan, terraform, more);
  const onStart = (pid: number) => {
    const start = processStart(pid);
    terraform = { ...terraform, pid, ...(start === undefined ? {} : { started: start }) };
    note('started', begun);
  };
  session.report.event({ type: 'stack_started', stack, changes: totalOf(counts) });
  note('started', begun);
  try {
    const how = { outputFile, onStart, ...(parallelism === undefined ? {} : { parallelism }) };
    await session.terraform.apply(folder, path.join(folder, PLAN_FILE), how, (message) =>
      messages.handle(message),
    );
  } catch (error) {
    note('failed', { refused: refusedCreations(error) });
    const unsaved = erroredState(stack, folder);
    if (unsaved !== undefined) session.report.say(unsaved);
    throw error;
  } finally {
    discardPlan(folder);
  }
  note('applied', commit === undefined ? {} : { commit });
  const seconds = (Date.now() - started) / 1000;
  const { add = 0, change = 0, remove = 0 } = messages.changes ?? {};
  progress.end(stack, '✓', `${changesText(record.summary)} in ${seconds.toFixed(1)} s`);
  session.report.event({
    type: 'stack_applied',
    stack,
    ...counts,
    added: add,
    changed: change,
    destroyed: remove,
    seconds,
  });
  return { stack, catalog: messages.catalog };
}
