import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesOf, SIMULATED, SIMULATED_TYPES } from '../../sandbox/simulated';

const ROOT = resolve(__dirname, '../..');

it('has the files of each type that it simulates, and of no other', () => {
  for (const { files } of SIMULATED)
    for (const type of files.types.managed) expect(filesOf(type)?.name).toBe(files.name);
  expect(filesOf('azurerm_subnet')).toBeUndefined();
});

it('is described: the reference lists every type and version', () => {
  const page = readFileSync(join(ROOT, 'docs/reference/sandbox.md'), 'utf8');
  expect(SIMULATED_TYPES.filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
  for (const { files } of SIMULATED) expect(page).toContain(files.title);
});

function sources(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(ROOT, path)).isDirectory()) return sources(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

it('names AWS in its own folder only, but for the list of providers and of the variables that children lose', () => {
  const naming = [...sources('sandbox'), ...sources('tools')].filter(
    (path) =>
      !/^(sandbox|tools)\/aws\//.test(path) &&
      /\baws|aws_|amazon/i.test(readFileSync(join(ROOT, path), 'utf8')),
  );
  expect(naming.sort()).toEqual([
    'sandbox/environment.ts',
    'sandbox/simulated.ts',
    // Repairs a gap that the published schema of AWS has.
    'tools/renew-schema.ts',
  ]);
});
