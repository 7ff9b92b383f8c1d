import { CommandError, Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { Interrupted } from '../../base/interrupted';
import { hasLostProvider, isAlreadyThere } from '../../terraform/already-there';
import { type ErrorSummary, errorLine, shortError } from '../../terraform/diagnostics';
import { erroredState } from '../../terraform/errored-state';
import type { Diagnostic } from '../../terraform/messages';
import { TerraformError } from '../../terraform/terraform';
import { explainErrors, remediesOf } from '../kinds/registry';
import type { Event } from '../report/events';
import type { Report } from '../report/report';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';

export interface FailedAt {
  readonly phase: 'init' | 'plan' | 'apply';
  /** The number of changes that were done, and of how many. */
  readonly done: number;
  readonly total: number;
}

/** How to go on where nothing holds the run to a review. */
export const SAME_COMMAND = 'run the same command again';

/** What is known beside an error. */
export interface FailureNotes {
  /** Further lines about the cause, not masked yet. @default - none */
  readonly causes?: readonly string[];
  /** How to go on, as a clause. @default - by the same command */
  readonly again?: string | undefined;
}

/**
 * Tells people and programs why a stack failed, and what to do. Interruptions and surprises are thrown on.
 *
 * @returns the lines that were shown
 */
export function reportFailure(
  session: Session,
  stack: string,
  error: unknown,
  at: FailedAt,
  { causes = [], again = SAME_COMMAND }: FailureNotes = {},
): readonly string[] {
  if (error instanceof Interrupted || !(error instanceof CommandError || error instanceof Failure))
    throw error;
  const { report } = session;
  const { masks, used, file } = report.log;
  const log = used && file !== undefined ? shownPath(file) : undefined;
  const errors = errorsOf(error).map((one) => ({ ...one, message: masks.mask(one.message) }));
  const count = at.phase === 'apply' && at.total > 0 ? ` after ${at.done} of ${at.total}` : '';
  const onward = at.phase === 'apply' ? onwardText(session, stack, error, again) : '';
  const lines =
    error instanceof Failure
      ? [error.message]
      : [
          `${stack}: ${error.message}${count}`,
          ...errorLines(error, masks).map((line) => `  ${line}`),
          ...causes.map((line) => `  ${masks.mask(line)}`),
          ...remediesFor(error).map((line) => `  ${line}`),
          `  ${[onward, log === undefined ? '' : `Log: ${log}`].filter((part) => part !== '').join(' ')}`.trimEnd(),
        ];
  const shown = lines.filter((line) => line !== '').map((line) => masks.mask(line));
  report.say(shown.join('\n'));
  report.log.write(stack, error.message);
  const event: Event = { type: 'stack_failed', stack, ...at, errors, ...(log === undefined ? {} : { log }) };
  report.event(event);
  return shown;
}

/** What an apply that failed has left, and how it goes on. */
function onwardText(
  { folders }: Session,
  stack: string,
  error: CommandError | Failure,
  again: string,
): string {
  // What to do about it is said where it was found.
  if (erroredState(stack, stackFolder(folders, stack)) !== undefined) return '';
  const texts = error instanceof TerraformError ? error.diagnostics.map(textOf) : [];
  if ((error instanceof CommandError && error.kind === 'killed') || texts.some(hasLostProvider))
    return `what was made last may be in no state: ${again}, which looks for it and takes it in.`;
  if (texts.some(isAlreadyThere))
    return `what exists already is in no state: ${again}, which looks for it, and takes in what this stack made.`;
  return `what exists is in the state; ${again} to go on.`;
}

function textOf({ summary, detail }: Diagnostic): string {
  return `${summary}\n${detail}`;
}

/** What is known about the cause: by Terraform's own errors, and by those of the cloud. */
function remediesFor(error: CommandError): readonly string[] {
  if (!(error instanceof TerraformError)) return [];
  const ofCloud = error.diagnostics.flatMap((one) => remediesOf(textOf(one)));
  return [...error.remedies, ...new Set(ofCloud)];
}

/** A line for each cause, as far as it is known, else for each error. */
function errorLines(error: CommandError, masks: Pick<Report['log']['masks'], 'mask'>): readonly string[] {
  if (!(error instanceof TerraformError) || error.diagnostics.length === 0)
    return errorsOf(error).map((one) => masks.mask(errorLine(one)));
  const { lines, rest } = explainErrors(error.diagnostics);
  return [...lines, ...rest.map((one) => errorLine(shortError(one)))].map((line) => masks.mask(line));
}

function errorsOf(error: CommandError | Failure): readonly ErrorSummary[] {
  if (error instanceof TerraformError && error.diagnostics.length > 0)
    return error.diagnostics.map(shortError);
  if (error instanceof CommandError) return error.lastLines.map((message) => ({ message }));
  return [{ message: error.message }];
}
