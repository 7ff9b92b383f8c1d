import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../catalog-folder';
import { RUN_FOLDER } from './folder';
import { madeOnce } from './made-once';

const before = process.env[RUN_FOLDER];
beforeEach(() => {
  process.env[RUN_FOLDER] = temporaryFolder();
});
afterEach(() => {
  if (before === undefined) delete process.env[RUN_FOLDER];
  else process.env[RUN_FOLDER] = before;
});

const writing = (made: string[]) => (folder: string) => {
  made.push(folder);
  execFileSync('mkdir', ['-p', folder]);
  writeFileSync(join(folder, 'file'), 'text');
};

test('is made by the first who asks, and found by the others', () => {
  const made: string[] = [];
  const folder = madeOnce('thing', writing(made));
  expect(madeOnce('thing', writing(made))).toBe(folder);
  expect(made).toEqual([folder]);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('text');
  expect(madeOnce('other', writing(made))).not.toBe(folder);
});

test('is made anew, from nothing, after a failure', () => {
  const made: string[] = [];
  const failing = (folder: string) => {
    writing(made)(folder);
    writeFileSync(join(folder, 'half'), '');
    throw new Error('no space');
  };
  expect(() => madeOnce('thing', failing)).toThrow('no space');
  const folder = madeOnce('thing', writing(made));
  expect(made).toEqual([folder, folder]);
  expect(existsSync(join(folder, 'half'))).toBe(false);
});
