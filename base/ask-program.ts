import { tmpdir } from 'node:os';
import { Interrupted } from './interrupted';
import type { Processes } from './process';

/** The answer of a program of this host. */
export interface HostAnswer {
  /** `absent`: it is not installed here; `silent`: it did not end in time, and was killed. */
  readonly kind: 'absent' | 'silent' | 'ended';
  /** Its exit code, where it ended; -1 stands for a signal. */
  readonly exitCode?: number;
  /** The lines of both streams, without empty ones. */
  readonly lines: readonly string[];
  readonly stdout: string;
}

export interface HostQuestion {
  /** The working folder. @default - the folder for temporary files */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the program reads from its standard input. @default - nothing */
  readonly input?: string;
  /** The time after which the program is killed. @default 10 */
  readonly seconds?: number;
}

/**
 * Runs a program of this host that prints an answer and exits. It is killed after some seconds, so that a daemon that hangs
 * can't block this process.
 *
 * @throws {@link Interrupted} when the user asked to stop
 */
export async function askHost(
  processes: Processes,
  command: string,
  args: readonly string[],
  { cwd = tmpdir(), env = hostEnvironment(), input, seconds = 10 }: HostQuestion = {},
): Promise<HostAnswer> {
  const lines: string[] = [];
  const stdout: string[] = [];
  const signal = AbortSignal.timeout(seconds * 1000);
  const result = await processes.run({
    command,
    args,
    cwd,
    env,
    expendable: true,
    ...(input === undefined ? {} : { input }),
    signal,
    onLine: (line, stream) => {
      if (line.trim() !== '') lines.push(line);
      if (stream === 'stdout') stdout.push(`${line}\n`);
    },
  });
  if (processes.interrupted) throw new Interrupted();
  const output = { lines, stdout: stdout.join('') };
  if (result.kind === 'spawn-failed') return { kind: 'absent', ...output };
  if (result.kind === 'killed' && signal.aborted) return { kind: 'silent', ...output };
  return { kind: 'ended', exitCode: result.kind === 'exited' ? result.exitCode : -1, ...output };
}

/** The variables for a program of the host: without the user's credentials, in English, and with the folders of root's programs in the PATH. */
export function hostEnvironment(): NodeJS.ProcessEnv {
  return { PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`, LC_ALL: 'C' };
}

/** The command that runs a program in a network namespace of its own, from which nothing can be sent: `unshare` with its options before the program. */
export function inOwnNetwork(command: string, args: readonly string[]): readonly [string, readonly string[]] {
  const rights = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return ['unshare', [...rights, '--net', '--', command, ...args]];
}
