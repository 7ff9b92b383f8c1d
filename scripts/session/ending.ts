import { CommandError, Declined, EXIT, Failure, Refused, UsageError } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';

/** The end of a failed run: its exit code, and the text for stderr, which never has a stack trace. */
export interface Ending {
  readonly exitCode: number;
  readonly text: string;
  /** Whether it is a bug, whose stack trace goes to the log. */
  readonly unexpected?: boolean;
}

/** The end of a run that threw this error. */
export function endingOf(error: unknown): Ending {
  if (error instanceof UsageError) return { exitCode: EXIT.usage, text: prefixed(error.message) };
  if (error instanceof Declined) return { exitCode: EXIT.declined, text: prefixed(error.message) };
  if (error instanceof Refused) return { exitCode: EXIT.refused, text: prefixed(error.message) };
  if (error instanceof Interrupted) return { exitCode: EXIT.interrupted, text: error.message };
  if (error instanceof Failure)
    return { exitCode: EXIT.failed, text: error.message === '' ? '' : prefixed(error.message) };
  if (error instanceof CommandError) {
    const lines = [error.message, ...error.lastLines, ...error.remedies];
    return { exitCode: EXIT.failed, text: prefixed(lines.join('\n  ')) };
  }
  if (isCommanderError(error)) return commandLineEnding(error);
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: EXIT.failed, text: prefixed(message.split('\n')[0] ?? ''), unexpected: true };
}

interface CommanderErrorShape extends Error {
  readonly code: string;
  readonly exitCode: number;
}

/** Whether commander threw it. The shape is checked, so that commander need not be loaded. */
function isCommanderError(error: unknown): error is CommanderErrorShape {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

function commandLineEnding(error: CommanderErrorShape): Ending {
  if (error.exitCode === 0) return { exitCode: EXIT.done, text: '' };
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return {
    exitCode: EXIT.usage,
    text: prefixed(
      message === '(outputHelp)'
        ? 'which command? see: kakehashi --help'
        : `${message}${nextStep(error.code)}`,
    ),
  };
}

function prefixed(message: string): string {
  return `kakehashi: ${message}`;
}

/** What to do about an error of the command line, unless its own text says it. */
function nextStep(code: string): string {
  return code === 'commander.unknownCommand' || code === 'commander.missingArgument'
    ? '; see: kakehashi --help'
    : '';
}
