import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesOf, SIMULATED, SIMULATED_TYPES } from '../../sandbox/simulated';

const ROOT = resolve(__dirname, '../..');

it('has the files of each type that it simulates, and of no other', () => {
  for (const { files } of SIMULATED)
    for (const type of files.types.managed) expect(filesOf(type)?.name).toBe(files.name);
  expect(filesOf('google_compute_network')).toBeUndefined();
});

it('is described: the reference lists every type and version', () => {
  const page = readFileSync(join(ROOT, 'docs/reference/sandbox.md'), 'utf8');
  expect(SIMULATED_TYPES.filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
  for (const { files } of SIMULATED) expect(page).toContain(files.title);
});
