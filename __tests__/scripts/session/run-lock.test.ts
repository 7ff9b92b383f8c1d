import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../../base/errors';
import { lockText, newHolder } from '../../../base/lock-holder';
import { AnotherRun, holdFolder } from '../../../scripts/session/run-lock';

let root: string;
let folder: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kakehashi-run-lock-'));
  folder = path.join(root, 'out');
  file = path.join(folder, 'run.lock');
});
afterEach(() => rmSync(root, { recursive: true }));

function failure(): unknown {
  try {
    holdFolder(folder, 'dev')();
    return undefined;
  } catch (error) {
    return error;
  }
}

it('makes the folder, keeps others out, and leaves nothing in it', () => {
  const free = holdFolder(folder, 'dev');
  expect(failure()).toEqual(
    new AnotherRun(`another run works on dev (process ${process.pid}); wait for it to end`),
  );
  free();
  expect(readdirSync(folder)).toEqual([]);
  expect(failure()).toBeUndefined();
});

it('names the host of a run elsewhere, and the file to remove', () => {
  holdFolder(folder, 'dev')();
  const taken = '2026-05-04T09:12:44.000Z';
  writeFileSync(file, lockText({ ...newHolder(), host: 'build-7', pid: 4711, taken }));
  expect(failure()).toBeInstanceOf(AnotherRun);
  expect(failure()).toMatchObject({
    message: `another run works on dev (process 4711 on host build-7 since 2026-05-04 09:12:44 UTC); wait for it to end; if it has been killed, remove ${file}`,
  });
});

it('names a file that is no lock; waiting for that is of no use', () => {
  holdFolder(folder, 'dev')();
  writeFileSync(file, '4711\n');
  expect(failure()).toBeInstanceOf(Failure);
  expect(failure()).not.toBeInstanceOf(AnotherRun);
  expect(failure()).toMatchObject({
    message: `${file}: must be a lock file, got something else; remove it if nothing else is using it`,
  });
});
