import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeRecords } from '../review/merge/merge';
import { readRecords } from '../review/record/read-records';
import { writeRecords } from '../review/record/write-records';
import { largeRecords, STACKS } from './large-records';
import { table } from './measure';

/** The records of a large environment: written, read and checked, and put together to one review. */
function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    const records = largeRecords();
    const rows: string[][] = [];
    const timed = (what: string, work: () => unknown): void => {
      const started = performance.now();
      work();
      const ms = Math.round(performance.now() - started);
      rows.push([what, `${ms} ms`, `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB`]);
    };
    timed('written', () => writeRecords(folder, records));
    let read: ReturnType<typeof readRecords> = [];
    timed('read and checked', () => {
      read = readRecords([folder]);
    });
    timed('put together', () => mergeRecords(read));
    process.stdout.write(`${table([`${STACKS} records`, 'time', 'resident memory'], rows)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
