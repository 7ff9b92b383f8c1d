import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Interrupted } from './interrupted';
import { type OutputSpec, ProgramOutput } from './program-output';

/*
 * The one place that starts other programs. (Where there is no /proc, process-identity.ts asks `ps` by itself: a lock is
 * taken synchronously.) Its contract:
 *
 * - A program is started from an argv array, never through a shell, in a given folder with a given environment.
 * - It runs under umask 077 and in its own process group, so a terminal's Ctrl-C does not reach it by itself;
 *   `interrupt()` sends each running program exactly one SIGINT. (A program that is given the terminal, with
 *   `terminal: true`, stays in the terminal's group, and is sent only what the terminal does not send.)
 * - Nothing is started any more after `interrupt()`: `run` throws `Interrupted`.
 * - Lines are passed on as they come; the last of them are kept for error messages.
 * - A program with an `outputFile` writes to that file, which is followed. It does not depend on this process: if this one
 *   is killed, the program goes on to its end, where one that writes to our pipes would be killed by its next line.
 * - It never throws for what the program does: the result says `spawn-failed`, `exited` or `killed`.
 * - It is asynchronous throughout, because the sandbox is served by this very process.
 */

export interface RunSpec extends OutputSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called as soon as the program runs. */
  readonly onStart?: (pid: number) => void;
  /** What the program reads from its standard input: a secret is in no list of arguments then. @default - nothing */
  readonly input?: string;
  /** Whether the program has our stdin, stdout and stderr. @default false */
  readonly terminal?: boolean;
  /** Whether the program may be killed without loss; the first Ctrl-C then kills it with all processes that it started. @default false */
  readonly expendable?: boolean;
  /** Kills the program with all processes that it started, for programs that may never answer, or are only needed for a while. */
  readonly signal?: AbortSignal;
}

/** How a program ended. */
type Ending =
  | { readonly kind: 'spawn-failed'; readonly code: string }
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals };

export type RunResult = Ending & { readonly stdout: string; readonly lastLines: readonly string[] };

/** The running child processes of one run. */
export class Processes {
  private readonly running = new Map<ChildProcess, Pick<RunSpec, 'terminal' | 'expendable'>>();
  private interrupts = 0;

  /** Whether the user asked to stop. */
  get interrupted(): boolean {
    return this.interrupts > 0;
  }

  /** Whether the user asked a second time, so that the programs stop without finishing their work. */
  get interruptedAgain(): boolean {
    return this.interrupts > 1;
  }

  /** The number of running programs. */
  get count(): number {
    return this.running.size;
  }

  /**
   * Starts a program and waits until it has ended and all of its output has been read.
   *
   * @throws what `onStart`, or `onLine` for a line of an `outputFile`, threw; after the program has ended
   */
  run(spec: RunSpec): Promise<RunResult> {
    if (this.interrupted) return Promise.reject(new Interrupted());
    return new Promise((resolve, reject) => {
      const output = new ProgramOutput(spec);
      const child = startPrivately(spec, output.target);
      this.running.set(child, spec);
      const abandon = () => (spec.terminal === true ? child.kill('SIGKILL') : killGroup(child));
      if (spec.signal?.aborted) abandon();
      spec.signal?.addEventListener('abort', abandon);
      const started = attempt(() => {
        if (child.pid !== undefined) spec.onStart?.(child.pid);
      });
      output.readFrom(child);
      // A program may end without having read all of it: how it ended says so.
      child.stdin?.on('error', () => undefined).end(spec.input);
      const end = (ending: Ending) => {
        this.running.delete(child);
        spec.signal?.removeEventListener('abort', abandon);
        const read = attempt(() => output.finish());
        const failure = started ?? read;
        if (failure !== undefined) reject(failure.error);
        else resolve({ ...ending, stdout: output.stdout, lastLines: output.lastLines });
      };
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (child.pid === undefined) end({ kind: 'spawn-failed', code: error.code ?? error.message });
      });
      child.on('close', (exitCode, signal) => {
        if (child.pid === undefined) return;
        end(signal !== null ? { kind: 'killed', signal } : { kind: 'exited', exitCode: exitCode ?? 1 });
      });
    });
  }

  /** Sends one SIGINT to each running program. From then on no program can be started. */
  interrupt(): void {
    this.interrupts += 1;
    for (const [child, { terminal, expendable }] of this.running) {
      if (expendable) killGroup(child);
      else if (!terminal) child.kill('SIGINT');
    }
  }

  /** Forwards a signal to the program that has the terminal. */
  forward(signal: NodeJS.Signals): void {
    for (const [child, { terminal }] of this.running) {
      if (terminal) child.kill(signal);
    }
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The exit code that a shell gives for a program which a signal ended. */
export function signalExitCode(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** What was thrown, if anything was: a program that runs is waited for all the same. */
function attempt(work: () => void): { readonly error: unknown } | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return { error };
  }
}

function startPrivately(spec: RunSpec, target: 'pipe' | number): ChildProcess {
  const before = process.umask(0o077);
  try {
    return spawn(spec.command, [...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: spec.terminal !== true,
      shell: false,
      stdio:
        spec.terminal === true ? 'inherit' : [spec.input === undefined ? 'ignore' : 'pipe', target, target],
    });
  } finally {
    process.umask(before);
  }
}
