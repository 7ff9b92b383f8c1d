import { type Fault, faultText } from './fault';

/** The exit codes of the program: the contract that scripts and CI rely on (docs/deploy.md). */
export const EXIT = {
  done: 0,
  failed: 1,
  changes: 2,
  declined: 3,
  drift: 4,
  refused: 5,
  usage: 64,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An expected error: its message is all that the user needs, without a stack trace. */
abstract class FaultError extends Error {
  readonly fault: Fault;

  /** @param fault its parts; a text alone is a summary */
  constructor(fault: string | Fault) {
    const parts = typeof fault === 'string' ? { summary: fault } : fault;
    super(faultText(parts));
    this.fault = parts;
  }
}

/** The command line or a variable is wrong; the message is one line. */
export class UsageError extends FaultError {
  override readonly name = 'UsageError';
}

/** The command can't do its work, for a reason that is known. */
export class Failure extends FaultError {
  override readonly name = 'Failure';
}

/** What the user asked for is against a rule that the catalog or the command line sets. */
export class Refused extends FaultError {
  override readonly name = 'Refused';
}

/** The user declined the confirmation prompt, or could not be asked. */
export class Declined extends Error {
  override readonly name = 'Declined';
}

/** A child process failed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly argv: readonly string[],
    readonly kind: 'spawn-failed' | 'exited' | 'killed',
    /** The exit code of the process, where it exited. */
    readonly exitCode: number | undefined,
    /** The end of the process's output, masked. */
    readonly lastLines: readonly string[],
    /** What the user can do about it, a line each, where that is known. */
    readonly remedies: readonly string[] = [],
  ) {
    super(message);
  }
}
