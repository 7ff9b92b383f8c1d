import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/compiled';
import { pageBlocks } from './support/page-blocks';
import { REGISTRIES } from './support/program-with-kind';

const FIXTURE = '__tests__/fixtures/lab-network';
const PAGE = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Files of Git below a folder, without it. */
function filesBelow(folder: string): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', folder];
  const listed = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return listed.split('\0').flatMap((file) => (file === '' ? [] : [file.slice(folder.length + 1)]));
}

/** The part of a tree in which the files of a kind are: a folder of its own, or a file. */
const placeOf = (file: string): string => file.split('/').slice(0, 3).join('/');

describe('a new kind of stack', () => {
  test('is three places, each with a registry', () => {
    const places = [...new Set(filesBelow(FIXTURE).map(placeOf))].sort();
    expect(places).toEqual([
      'catalog/kinds/lab-network',
      'scripts/kinds/lab-network',
      'stacks/kinds/lab-network.ts',
    ]);
    expect(Object.keys(REGISTRIES).sort()).toEqual([
      'catalog/kinds/registry.ts',
      'scripts/kinds/registry.ts',
      'stacks/kinds/registry.ts',
    ]);
  });

  test('uses nothing of the kind beside which it is compiled', () => {
    const files = filesBelow(FIXTURE);
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((file) => /lab-?nodes/i.test(read(`${FIXTURE}/${file}`)))).toEqual([]);
  });

  test('is one line in the table of each registry, and at most one import', () => {
    for (const { import: imported, line } of Object.values(REGISTRIES)) {
      const [, added, ...more] = line;
      expect(more).toEqual([]);
      expect(added).toMatch(/^ {2}'lab-network': .*,$/);
      expect(`${imported}${added}`).not.toContain('\n');
    }
  });

  test.each(['aws-network', 'azure-network'])('is named by no file outside of kinds/: %s', (kind) => {
    const parts = [
      'base',
      'model',
      'catalog',
      'constructs',
      'stacks',
      'gateway',
      'terraform',
      'vault',
      'scripts',
    ];
    const outside = parts
      .flatMap((part) => filesBelow(part).map((file) => `${part}/${file}`))
      .filter((file) => file.endsWith('.ts') && !file.includes('/kinds/'));
    expect(outside.length).toBeGreaterThan(300);
    expect(outside.filter((file) => new RegExp(`kinds/${kind}['/]`).test(read(file)))).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  const excerpts = pageBlocks(PAGE).filter(({ language }) => language === 'ts');

  test('names the three places in order, and shows a part of each', () => {
    const named = [...PAGE.matchAll(/^\*\*(\d)\. `([^`]+)`\*\*/gm)].map(([, number, place]) => [
      number,
      place,
    ]);
    expect(named).toEqual([
      ['1', 'catalog/kinds/lab-network/'],
      ['2', 'stacks/kinds/lab-network.ts'],
      ['3', 'scripts/kinds/lab-network/'],
    ]);
    const shown = excerpts.slice(0, -1).map(({ mark = '' }) => placeOf(mark.slice(FIXTURE.length + 1)));
    expect(shown).toEqual([
      'catalog/kinds/lab-network',
      'stacks/kinds/lab-network.ts',
      'scripts/kinds/lab-network',
    ]);
  });

  test('shows what is in the files', () => {
    for (const { mark = '', text } of excerpts.slice(0, -1)) expect(read(mark)).toContain(text);
    const lines = Object.values(REGISTRIES).map(({ line }) => line[1]);
    expect(excerpts.at(-1)?.text).toBe(`${lines.join('\n')}\n`);
  });
});
