/** What the process ends with: the contract that scripts and CI rely on (docs/deploy.md). */
export const EXIT = { done: 0, failed: 1, changes: 2, declined: 3, usage: 64, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong arguments; the message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that is known to go wrong: the message is all that the user needs, without a stack trace. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Nobody said yes. */
export class Declined extends Error {
  override readonly name = 'Declined';
}

/** A child process that did not do what it was started for. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly argv: readonly string[],
    readonly kind: 'spawn-failed' | 'exited' | 'killed',
    /** Its own exit code, where it exited. */
    readonly exitCode: number | undefined,
    /** The end of what it printed, masked. */
    readonly lastLines: readonly string[],
  ) {
    super(message);
  }
}
