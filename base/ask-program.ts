import { tmpdir } from 'node:os';
import { Interrupted } from './interrupted';
import type { Processes } from './process';

/** What a program of this host answered. */
export interface HostAnswer {
  /** `absent`: not installed here; `silent`: it did not end in time, and was killed. */
  readonly kind: 'absent' | 'silent' | 'ended';
  /** Its exit code; a signal counts as -1. Only where it ended. */
  readonly exitCode?: number;
  /** Both streams, without empty lines. */
  readonly lines: readonly string[];
  readonly stdout: string;
}

export interface HostQuestion {
  /** @default the folder for temporary files */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** @default 10 */
  readonly seconds?: number;
}

/**
 * Runs a program of this host that answers and ends, or is killed after some seconds: a daemon that hangs must not make us hang.
 *
 * @throws {@link Interrupted} when the user asked to stop
 */
export async function askHost(
  processes: Processes,
  command: string,
  args: readonly string[],
  { cwd = tmpdir(), env = hostEnvironment(), seconds = 10 }: HostQuestion = {},
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
    signal,
    onLine: (line, stream) => {
      if (line.trim() !== '') lines.push(line);
      if (stream === 'stdout') stdout.push(`${line}\n`);
    },
  });
  if (processes.interrupted) throw new Interrupted();
  const said = { lines, stdout: stdout.join('') };
  if (result.kind === 'spawn-failed') return { kind: 'absent', ...said };
  if (result.kind === 'killed' && signal.aborted) return { kind: 'silent', ...said };
  return { kind: 'ended', exitCode: result.kind === 'exited' ? result.exitCode : -1, ...said };
}

/** Without the user's credentials, in English, and with the folders of root's programs, which others' paths leave out. */
export function hostEnvironment(): NodeJS.ProcessEnv {
  return { PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`, LC_ALL: 'C' };
}

/** `unshare` and what it needs before a program's name, so that the program has a network of its own, from which nothing leaves. */
export function inOwnNetwork(command: string, args: readonly string[]): readonly [string, readonly string[]] {
  const rights = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return ['unshare', [...rights, '--net', '--', command, ...args]];
}
