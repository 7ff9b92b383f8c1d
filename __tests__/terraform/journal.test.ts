import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Journal } from '../../terraform/journal';
import { temporaryFolder } from '../support/catalog-folder';
import { watchedDisk } from '../support/watched-disk';

describe('the journal', () => {
  const file = path.join(temporaryFolder(), 'dev/journal.jsonl');

  test('has each line on the disk before it returns', () => {
    const journal = new Journal(file);
    const operations = ['open', 'write', 'sync', 'close'].map((done) => `${done} journal.jsonl`);
    for (const event of ['started', 'applied'] as const) {
      expect(watchedDisk(() => journal.record(event, 'dev-aws-x', 'plan'))).toEqual(operations);
      expect(readFileSync(file, 'utf8').trim().split('\n').at(-1)).toContain(`"event":"${event}"`);
    }
  });

  test('is private', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
