import fs from 'node:fs';
import path from 'node:path';
import { formatLock, lockAdditionsOf } from '../../catalog/environment/lock-text';
import { FolderReadings } from '../../catalog/environment/neighbours';
import { type LoadOptions, loadEnvironment } from '../../catalog/load';
import { comparable } from '../../scripts/run/affected/comparable';
import { folderOf, GOOD } from './folder-of';

const NAMES = ['one', 'two', 'three', 'four'];

/** Environments at one gateway, each with a lock file. */
function lockedFolder(): string {
  const directory = folderOf(
    Object.fromEntries(
      NAMES.map((name, index) => {
        const text = GOOD.replace(/172\.30\./g, `172.${index + 16}.`).replace(/^sakura:[\s\S]*/m, '');
        return [`${name}.yml`, text];
      }),
    ),
  );
  for (const environment of NAMES) {
    const loaded = loadEnvironment({ directory, environment });
    fs.writeFileSync(
      path.join(directory, `${environment}.lock.yml`),
      formatLock(lockAdditionsOf(loaded).lock),
    );
  }
  return directory;
}

test('environments that are loaded together are what each is by itself', () => {
  const directory = lockedFolder();
  const readings = new FolderReadings();
  for (const environment of NAMES) {
    const alone = loadEnvironment({ directory, environment });
    const together = loadEnvironment({ directory, environment, readings });
    expect(comparable(together, { ordered: true })).toBe(comparable(alone, { ordered: true }));
  }
});

test('no file is read once for each environment', () => {
  const directory = lockedFolder();
  const read = jest.spyOn(fs, 'readFileSync');
  try {
    const readings = new FolderReadings();
    for (const environment of NAMES) loadEnvironment({ directory, environment, readings });
    const counts = new Map<string, number>();
    for (const [file] of read.mock.calls) counts.set(String(file), (counts.get(String(file)) ?? 0) + 1);
    for (const name of NAMES) {
      expect(counts.get(path.join(directory, `${name}.yml`))).toBe(1);
      // By its own environment, and for all others together.
      expect(counts.get(path.join(directory, `${name}.lock.yml`))).toBe(2);
    }
  } finally {
    read.mockRestore();
  }
});

test('a neighbour of which less was applied is another one', () => {
  const directory = lockedFolder();
  const readings = new FolderReadings();
  const unapplied = [{ environment: 'two', stack: 'two-aws-default' }];
  const takes = (options: Partial<LoadOptions>) => {
    fs.writeFileSync(path.join(directory, 'new.yml'), GOOD.replace(/^sakura:[\s\S]*/m, ''));
    return comparable(loadEnvironment({ directory, environment: 'new', ...options }).allocations);
  };
  expect(takes({ readings })).toEqual(takes({}));
  expect(takes({ readings, unapplied })).toEqual(takes({ unapplied }));
  expect(takes({ unapplied })).not.toEqual(takes({}));
});
