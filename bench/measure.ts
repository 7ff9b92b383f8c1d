import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a command took. */
export interface Measured {
  readonly seconds: number;
  /** Peak resident memory of its largest process, in MB; 0 where /proc is missing. */
  readonly megabytes: number;
}

export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether to look at its memory, which takes processor time from it. @default true */
  readonly memory?: boolean;
  /** Exit codes of success. @default 0 alone */
  readonly codes?: readonly number[];
}

/** Runs a command to its end. @throws when it fails, with the end of what it printed */
export async function measure({
  argv: [program, ...args],
  cwd,
  env,
  memory = true,
  codes = [0],
}: Command): Promise<Measured> {
  const start = process.hrtime.bigint();
  const child = spawn(program, args, { cwd, env: { ...process.env, CHECKPOINT_DISABLE: '1', ...env } });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-2000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let kilobytes = 0;
  const timer = setInterval(() => {
    if (!memory) return;
    for (const pid of descendants(child.pid ?? 0)) kilobytes = Math.max(kilobytes, peakKilobytes(pid));
  }, 25);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (code === null || !codes.includes(code))
    throw new Error(`${program} ${args.join(' ')} exited with ${code}:\n${output}`);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, megabytes: Math.round(kilobytes / 1024) };
}

/** The run with the median time of several. */
export async function median(
  command: Command,
  runs: number,
  before: () => void = () => {},
): Promise<Measured> {
  const all: Measured[] = [];
  for (let run = 0; run < runs; run += 1) {
    before();
    all.push(await measure(command));
  }
  all.sort((a, b) => a.seconds - b.seconds);
  return all[Math.floor(all.length / 2)] as Measured;
}

function descendants(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of listProcesses()) {
    const parent = /^PPid:\s+(\d+)/m.exec(status(name))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const all = [root];
  for (const pid of all) for (const [child, parent] of parents) if (parent === pid) all.push(child);
  return all;
}

function listProcesses(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function peakKilobytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(status(String(pid)))?.[1] ?? 0);
}

function status(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

/** A Markdown table. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
