import { CommandError, Declined, EXIT, Failure, UsageError } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';

/** How a run ends that did not end well: the exit code, and the text for stderr. No stack trace is ever in it. */
export interface Ending {
  readonly exitCode: number;
  readonly text: string;
  /** A bug of ours: its stack goes to the log. */
  readonly unexpected?: boolean;
}

/** What an error means for the user. */
export function endingOf(error: unknown): Ending {
  if (error instanceof UsageError) return { exitCode: EXIT.usage, text: said(error.message) };
  if (error instanceof Declined) return { exitCode: EXIT.declined, text: said(error.message) };
  if (error instanceof Interrupted) return { exitCode: EXIT.interrupted, text: error.message };
  if (error instanceof Failure)
    return { exitCode: EXIT.failed, text: error.message === '' ? '' : said(error.message) };
  if (error instanceof CommandError) {
    return { exitCode: EXIT.failed, text: said([error.message, ...error.lastLines].join('\n  ')) };
  }
  if (isCommanderError(error)) return commandLineEnding(error);
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: EXIT.failed, text: said(message.split('\n')[0] ?? ''), unexpected: true };
}

interface CommanderErrorShape extends Error {
  readonly code: string;
  readonly exitCode: number;
}

/** By its shape, so that commander need not be loaded for it. */
function isCommanderError(error: unknown): error is CommanderErrorShape {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

function commandLineEnding(error: CommanderErrorShape): Ending {
  if (error.exitCode === 0) return { exitCode: EXIT.done, text: '' };
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return {
    exitCode: EXIT.usage,
    text: said(message === '(outputHelp)' ? 'which command? see: kakehashi --help' : message),
  };
}

function said(message: string): string {
  return `kakehashi: ${message}`;
}
