import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { Interrupted } from './errors';

/*
 * The one place that starts other programs. Its contract:
 *
 * - A program is started from an argv array, never through a shell, in a given folder with a given environment.
 * - It runs under umask 077 and in its own process group, so a terminal's Ctrl-C does not reach it by itself;
 *   `interrupt()` sends each running program exactly one SIGINT. (A program that is given the terminal, with
 *   `terminal: true`, stays in the terminal's group, and is sent only what the terminal does not send.)
 * - Nothing is started any more after `interrupt()`: `run` throws `Interrupted`.
 * - Lines are passed on as they come; the last of them are kept for error messages.
 * - It never throws for what the program does: the result says `spawn-failed`, `exited` or `killed`.
 * - It is asynchronous throughout, because the sandbox is served by this very process.
 */

export interface RunSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called for each line, without its line break. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Whether all of stdout is kept, for programs that print one document. @default false */
  readonly capture?: boolean;
  /** Whether the program gets this process's stdin, stdout and stderr. @default false */
  readonly terminal?: boolean;
  /** Whether the program may be killed without loss; the first Ctrl-C then kills it with all processes that it started. @default false */
  readonly expendable?: boolean;
  /** Kills the program with all processes that it started, for programs that may never answer, or are only needed for a while. */
  readonly signal?: AbortSignal;
}

/** The number of last lines that a result keeps. */
const LAST_LINES = 40;

export type RunResult =
  | {
      readonly kind: 'spawn-failed';
      readonly code: string;
      readonly stdout: string;
      readonly lastLines: readonly string[];
    }
  | {
      readonly kind: 'exited';
      readonly exitCode: number;
      readonly stdout: string;
      readonly lastLines: readonly string[];
    }
  | {
      readonly kind: 'killed';
      readonly signal: NodeJS.Signals;
      readonly stdout: string;
      readonly lastLines: readonly string[];
    };

/** The running child processes of one run. */
export class Processes {
  private readonly running = new Map<ChildProcess, Pick<RunSpec, 'terminal' | 'expendable'>>();
  private interrupts = 0;

  /** Whether the user asked to stop. */
  get interrupted(): boolean {
    return this.interrupts > 0;
  }

  /** Whether the user asked a second time, so that Terraform stopped without finishing its work. */
  get interruptedAgain(): boolean {
    return this.interrupts > 1;
  }

  /** The number of running programs. */
  get count(): number {
    return this.running.size;
  }

  /** Runs a program, and waits until it has ended and all of its output has been read. */
  run(spec: RunSpec): Promise<RunResult> {
    if (this.interrupted) return Promise.reject(new Interrupted());
    const terminal = spec.terminal ?? false;
    const lastLines: string[] = [];
    let stdout = '';
    return new Promise((resolve) => {
      const child = startPrivately(spec, terminal);
      this.running.set(child, spec);
      const kill = () => (terminal ? child.kill('SIGKILL') : killGroup(child));
      if (spec.signal?.aborted) kill();
      spec.signal?.addEventListener('abort', kill);
      const keep = (line: string, stream: 'stdout' | 'stderr') => {
        lastLines.push(line);
        if (lastLines.length > LAST_LINES) lastLines.shift();
        spec.onLine?.(line, stream);
      };
      if (child.stdout !== null && spec.capture === true) {
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          stdout += text;
        });
      } else if (child.stdout !== null) {
        eachLine(child.stdout, (line) => keep(line, 'stdout'));
      }
      if (child.stderr !== null) eachLine(child.stderr, (line) => keep(line, 'stderr'));
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (child.pid !== undefined) return;
        this.running.delete(child);
        spec.signal?.removeEventListener('abort', kill);
        resolve({ kind: 'spawn-failed', code: error.code ?? error.message, stdout, lastLines });
      });
      child.on('close', (exitCode, signal) => {
        if (child.pid === undefined) return;
        this.running.delete(child);
        spec.signal?.removeEventListener('abort', kill);
        if (signal !== null) resolve({ kind: 'killed', signal, stdout, lastLines });
        else resolve({ kind: 'exited', exitCode: exitCode ?? 1, stdout, lastLines });
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

function startPrivately(spec: RunSpec, terminal: boolean): ChildProcess {
  const before = process.umask(0o077);
  try {
    return spawn(spec.command, [...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: !terminal,
      shell: false,
      stdio: terminal ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
  } finally {
    process.umask(before);
  }
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
