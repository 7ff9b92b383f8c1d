import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { holdersOf } from '../../base/file-holders';
import { environmentOf } from '../../base/process-environment';
import { isAlive, processStart } from '../../base/process-identity';

/** A process that waits to be killed. */
function waiting(
  options: { readonly stdout?: number; readonly stderr?: number; readonly env?: NodeJS.ProcessEnv } = {},
) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], {
    stdio: ['ignore', options.stdout ?? 'ignore', options.stderr ?? 'ignore'],
    env: options.env ?? process.env,
  });
  return { child, pid: child.pid ?? 0 };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGKILL');
  await ended;
}

describe('a process', () => {
  afterEach(() => jest.restoreAllMocks());

  test('has one start time, which no other process has', async () => {
    const { child, pid } = waiting();
    const started = processStart(pid);
    expect(started).toMatch(/^\d+@[0-9a-f-]{36}$/);
    expect(processStart(pid)).toBe(started);
    expect(processStart(process.pid)).not.toBe(started);
    await kill(child);
    expect(processStart(pid)).toBeUndefined();
  });

  test('is alive until it ends; a later one with its number is another one', async () => {
    const { child, pid } = waiting();
    const started = processStart(pid);
    expect(isAlive({ pid, started })).toBe(true);
    expect(isAlive({ pid })).toBe(true);
    expect(isAlive({ pid, started: '1@another boot' })).toBe(false);
    await kill(child);
    expect(isAlive({ pid, started })).toBe(false);
    expect(isAlive({ pid })).toBe(false);
  });

  test('of another user is alive', () => {
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
    });
    expect(isAlive({ pid: process.pid, started: processStart(process.pid) })).toBe(true);
    expect(isAlive({ pid: process.pid, started: '1@another boot' })).toBe(false);
  });

  test('that has ended is not alive while its parent has not asked for its exit code', async () => {
    // The shell becomes a program that never asks after the child which it has started before.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.on('data', (text) => resolve(Number(text))),
    );
    const started = processStart(pid);
    expect(isAlive({ pid, started })).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(processStart(pid)).toBe(started);
    expect(isAlive({ pid, started })).toBe(false);
    await kill(parent);
  });

  test('shows the environment that it was started with', async () => {
    const { child, pid } = waiting({ env: { A: 'one=two\nthree', B: '' } });
    // Until the program is there, the process shows the environment of its parent.
    while (environmentOf(pid).A === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(environmentOf(pid)).toEqual({ A: 'one=two\nthree', B: '' });
    await kill(child);
    expect(environmentOf(pid)).toEqual({});
  });
});

describe('holdersOf', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('finds the process that prints to a file, whatever path leads there, until it ends', async () => {
    const [first = '', second = '', third = ''] = ['one', 'two', 'three'].map((name) =>
      path.join(folder, name),
    );
    const [one, two, three] = [first, second, third].map((file) => openSync(file, 'a'));
    const a = waiting({ stdout: one });
    const b = waiting({ stderr: two });
    const linked = path.join(folder, 'linked');
    symlinkSync(folder, linked);
    const throughLink = path.join(linked, 'one');
    const files = [throughLink, second, third, path.join(folder, 'none')];
    expect(holdersOf(files)).toEqual(
      new Map([
        [throughLink, a.pid],
        [second, b.pid],
      ]),
    );
    await kill(a.child);
    await kill(b.child);
    expect(holdersOf(files)).toEqual(new Map());
    for (const handle of [one, two, three]) if (handle !== undefined) closeSync(handle);
  });
});
