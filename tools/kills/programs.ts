import { readdirSync, readFileSync } from 'node:fs';
import { Processes, type RunResult } from '../../base/process';
import { KAKEHASHI } from './environments';

/** A program that was started. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string;
  /** All that it printed. */
  readonly text: string;
}

/** Variables that would make a run depend on the shell that it is started from. */
const OWN = { CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };

/** Starts `kakehashi …` in a folder. @throws where it can't be started */
export function start(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onLine: (line: string) => void = () => undefined,
): Running {
  const lines: string[] = [];
  const pids: number[] = [];
  const result = new Processes().run({
    command: process.execPath,
    args: [KAKEHASHI, ...args],
    cwd: folder,
    env: { ...process.env, ...OWN, ...env },
    onStart: (pid) => pids.push(pid),
    onLine: (line) => {
      lines.push(line);
      onLine(line);
    },
  });
  const [pid] = pids;
  if (pid === undefined) throw new Error(`${process.execPath} can't be started`);
  return { pid, ended: result.then((end) => endOf(end, lines)) };
}

/** Runs `kakehashi …` in a folder to its end. */
export function run(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return start(folder, args, env).ended;
}

function endOf(result: RunResult, lines: readonly string[]): Ended {
  const text = lines.join('\n');
  if (result.kind === 'spawn-failed') return { code: result.code, text };
  return { code: result.kind === 'killed' ? result.signal : result.exitCode, text };
}

/** The Terraforms that apply something for a driver, at this moment. */
export function terraformsOf(driver: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === driver && commandOf(pid).includes('apply'));
}

function parentOf(pid: number): number | undefined {
  return Number(/^PPid:\s+(\d+)/m.exec(procText(pid, 'status'))?.[1]);
}

function commandOf(pid: number): readonly string[] {
  return procText(pid, 'cmdline').split('\0');
}

function procText(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Sends a signal to a process, if it still runs. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
