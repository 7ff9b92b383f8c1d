import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { Interrupted } from '../../base/interrupted';
import { environmentOf } from '../../base/process-environment';
import { isAlive, type StartedProcess } from '../../base/process-identity';
import { Journal } from '../../terraform/journal';
import { Progress } from '../report/progress';
import type { Session } from '../session/session';
import { ApplyMessages } from './apply-messages';
import { type RunningApply, runningApplies } from './left-apply';
import { LeftOutput } from './left-output';

/** How often it is asked whether a process has ended. */
const POLL_MS = 200;

/**
 * Waits for the Terraforms that killed runs left running on this environment, and follows their output: no second one is
 * ever started beside them.
 *
 * @throws {@link Failure} where one can't be followed; {@link Interrupted} by a Ctrl-C, which Terraform does not get
 */
export async function awaitTerraform(session: Session): Promise<void> {
  const journal = new Journal(session.folders.journal);
  const running = runningApplies(session.folders, journal);
  if (running.length === 0) return;
  for (const one of running) refuseUnfollowable(one);
  for (const one of running) reportWaiting(session, one);
  const width = Math.max(...running.map(({ stack }) => stack.length));
  const progress = new Progress(session.report, 'wait', width, false);
  try {
    const followed = await Promise.allSettled(running.map((one) => follow(session, journal, one, progress)));
    for (const one of followed) if (one.status === 'rejected') throw one.reason;
  } finally {
    progress.close();
  }
  if (session.stop.aborted) throw new Interrupted(stoppedText(running));
}

function refuseUnfollowable(running: RunningApply): void {
  const { stack, process, file } = running;
  if (process.started === undefined) {
    throw new Failure(
      `${stack}: the terraform of a killed run may still apply it (${processText(running)}); whether it is that process can't be told on this system; wait until it has ended, or, if it is another program, remove ${shownPath(file)}`,
    );
  }
  if (!existsSync(file)) {
    throw new Failure(
      `${stack}: the terraform of a killed run still applies it (${processText(running)}), and its output ${shownPath(file)} is gone; wait until it has ended, then run the same command again`,
    );
  }
}

function reportWaiting({ report }: Session, running: RunningApply): void {
  const { stack, process, since, file } = running;
  const log = shownPath(file);
  report.event({ type: 'stack_awaited', stack, pid: process.pid, since: since.toISOString(), log });
  report.note(
    'warn',
    `${stack}: the terraform of a killed run still applies it (${processText(running)}): waiting for its end, and following its output ${log}; Ctrl-C stops the waiting only`,
  );
}

async function follow(
  session: Session,
  journal: Journal,
  running: RunningApply,
  progress: Progress,
): Promise<void> {
  const { stack, process } = running;
  // It has the credentials of its run, which may be others than ours.
  session.report.log.masks.addVariables(environmentOf(process.pid));
  progress.start(stack, 0);
  const messages = new ApplyMessages(session, stack, progress);
  const output = new LeftOutput(session, running, (message) => messages.handle(message));
  const hasEnded = await ended(process, session.stop);
  progress.end(stack, '·', undefined);
  if (!hasEnded) return output.leave();
  output.finish();
  output.reportEnd(journal);
}

/** Waits until a process has ended. @returns false when it was stopped before */
async function ended(process: StartedProcess, stop: AbortSignal): Promise<boolean> {
  while (isAlive(process)) {
    if (stop.aborted) return false;
    await delay(POLL_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return true;
}

function stoppedText(running: readonly RunningApply[]): string {
  const left = running.filter(({ process }) => isAlive(process));
  const named = left.map((one) => `${one.stack} (${processText(one)}, output ${shownPath(one.file)})`);
  const onward = left.length === 0 ? '' : `; terraform goes on with ${named.join(', ')}`;
  return `stopped waiting${onward}; run the same command again to go on`;
}

/** `process 4711, since 2026-05-04 09:12:44 UTC` */
export function processText({ process, since }: RunningApply): string {
  return `process ${process.pid}, since ${since.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
