import { existsSync, rmSync } from 'node:fs';
import { FileFollower } from '../../base/file-follower';
import { errorLine, shortError } from '../../terraform/diagnostics';
import { Journal } from '../../terraform/journal';
import type { MessageReader } from '../../terraform/message-reader';
import type { Message } from '../../terraform/messages';
import { discardPlan } from '../../terraform/plan/saved-plan';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';
import { type LeftApply, leftApplies } from './left-apply';

/**
 * What the Terraform of a killed run prints, read from its file into this run's log. Nobody has its exit code: how it ended
 * is known from its output, and by the state.
 */
export class LeftOutput {
  private readonly reader: MessageReader;
  private readonly follower: FileFollower;
  private isComplete = false;

  constructor(
    private readonly session: Session,
    private readonly left: LeftApply,
    handle: (message: Message) => void = () => undefined,
  ) {
    const { report, terraform } = session;
    this.reader = terraform.reader(left.stack, (message) => {
      // It is the last but one message of an apply that succeeded, and is printed after the state was saved.
      if (message.type === 'change_summary') this.isComplete = true;
      handle(message);
    });
    this.follower = new FileFollower(left.file, (line) => {
      report.log.write(`${left.stack}: terraform apply`, line);
      this.reader.line(line);
    });
  }

  /** Reads what is there, and leaves the file for a later run. */
  leave(): void {
    this.follower.finish();
  }

  /** Reads what is left, after Terraform has ended, and removes the file. */
  finish(): void {
    this.follower.finish();
    rmSync(this.left.file, { force: true });
  }

  /** Tells how the apply ended, notes it in the journal where it is known to have succeeded, and removes its plan. */
  reportEnd(journal: Journal): void {
    const { stack, line } = this.left;
    const { report, folders } = this.session;
    if (line !== undefined) discardPlan(stackFolder(folders, stack));
    if (this.isComplete) {
      report.note('info', `${stack}: terraform went on after its run was killed, and finished its apply`);
      if (line?.terraform !== undefined) journal.record('applied', stack, line.plan, line.terraform);
      return;
    }
    const errors = this.reader.diagnostics.map((error) => `\n  ${errorLine(shortError(error))}`);
    report.note(
      'warn',
      `${stack}: the terraform of a killed run ended before it finished its apply${errors.join('')}`,
    );
  }
}

/**
 * Puts what Terraforms of killed runs printed, which have ended since, into this run's log, and removes their files. To be
 * called when this run's credentials are known, so that its log masks them.
 */
export function keepLeftOutput(session: Session): void {
  const journal = new Journal(session.folders.journal);
  for (const left of leftApplies(session.folders, journal)) {
    if (!existsSync(left.file)) continue;
    const output = new LeftOutput(session, left);
    output.finish();
    if (left.line !== undefined) output.reportEnd(journal);
  }
}
