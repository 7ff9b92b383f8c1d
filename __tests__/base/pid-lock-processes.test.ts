import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { takePidLock } from '../../base/pid-lock';

const PROCESSES = 8;
const ROUNDS = 200;

let folder: string;
let lock: string;
let counter: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-lock-'));
  lock = path.join(folder, 'run.lock');
  counter = path.join(folder, 'counter');
  writeFileSync(counter, '0');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

interface Locker {
  readonly ready: Promise<unknown>;
  readonly ended: Promise<Ended>;
  kill(): void;
}

function start(rounds: number, killedAfter = 0): Locker {
  const argv = [lock, counter, String(rounds), String(killedAfter)];
  const child = spawn(process.execPath, [path.join(__dirname, 'locker.cjs'), ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((done) =>
    child.on('close', (code, signal) => done({ code, signal, stderr })),
  );
  const ready = Promise.race([ended, new Promise((done) => child.stdout.once('data', done))]);
  return { ready, ended, kill: () => void child.kill('SIGKILL') };
}

const WELL: Ended = { code: 0, signal: null, stderr: '' };
const KILLED: Ended = { code: null, signal: 'SIGKILL', stderr: '' };

/** One of the eight: the odd ones kill themselves several times while they hold the lock, and are started again. */
async function member(index: number): Promise<void> {
  const deaths = index % 2 === 0 ? [] : [1, 20 + index, 50, 1, 1];
  let left = ROUNDS;
  for (const death of deaths) {
    expect(await start(left, death).ended).toEqual(KILLED);
    left -= death;
  }
  expect(await start(left).ended).toEqual(WELL);
}

it('lets one of eight processes in at a time, and the next one in when a holder is killed', async () => {
  await Promise.all(Array.from({ length: PROCESSES }, (_, index) => member(index)));
  expect(readFileSync(counter, 'utf8')).toBe(String(PROCESSES * ROUNDS));
  expect(readdirSync(folder)).toEqual(['counter']);
}, 120_000);

it('stays sound, and leaves nothing behind, when processes are killed at any point', async () => {
  for (let volley = 0; volley < 5; volley++) {
    const lockers = Array.from({ length: 6 }, () => start(0));
    await Promise.all(lockers.map(({ ready }) => ready));
    for (const locker of lockers) {
      locker.kill();
      await new Promise((done) => setTimeout(done, Math.random() * 8));
    }
    for (const { ended } of lockers) expect(await ended).toEqual(KILLED);
  }
  for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), 0, 0);
  takePidLock(lock).release();
  expect(readdirSync(folder).filter((name) => !name.startsWith('counter'))).toEqual([]);
}, 120_000);
