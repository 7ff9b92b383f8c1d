import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRecords } from '../review/record/write-records';
import { largeRecords, RESOURCES, STACKS } from './large-records';
import { measure, table } from './measure';

/** `kakehashi review` of the records of 400 stacks, in each format; and how large its pages are. */
const ROOT = join(__dirname, '../..');
const CLI = join(ROOT, 'dist/scripts/kakehashi.js');

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    const records = join(folder, 'records');
    writeRecords(records, largeRecords());
    const rows = [
      await row(folder, 'a comment (65,536 characters)', 'r.md'),
      await row(folder, 'Markdown of 1 MiB', 'whole.md', '--budget', '1000000'),
      await row(folder, 'HTML', 'r.html'),
      await row(folder, 'JSON', 'r.json'),
    ];
    const megabytes = readdirSync(records).reduce((sum, file) => sum + statSync(join(records, file)).size, 0);
    const head = `${STACKS} stacks with ${RESOURCES} changes, records of ${Math.round(megabytes / 1e6)} MB`;
    process.stdout.write(`${table([head, 'time', 'memory', 'size'], rows)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function row(cwd: string, what: string, file: string, ...flags: string[]): Promise<string[]> {
  const argv = [process.execPath, CLI, 'review', './records', '--out', file, ...flags] as const;
  const { seconds, megabytes } = await measure({ argv, cwd, codes: [2] });
  const size = readFileSync(join(cwd, file), 'utf8').length;
  return [what, `${seconds.toFixed(1)} s`, `${megabytes} MB`, `${size} characters`];
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
