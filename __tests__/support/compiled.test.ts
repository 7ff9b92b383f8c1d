import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './catalog-folder';
import { compiled, ROOT, staleness } from './compiled';

jest.setTimeout(60_000);

const CONFIG = JSON.parse(readFileSync(path.join(ROOT, 'tsconfig.json'), 'utf8'));

describe('dist', () => {
  let root: string;
  const at = (name: string): string => path.join(root, name);
  const build = (...more: string[]): void => {
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...more], { cwd: root, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  };

  beforeAll(() => {
    root = temporaryFolder({
      'tsconfig.json': JSON.stringify({
        compilerOptions: { ...CONFIG.compilerOptions, types: [], lib: ['ES5'] },
        include: ['model', 'bench/*.ts'],
      }),
      'model/net/a.ts': "import { b } from '../b';\nexport const a: number = b;\n",
      'model/b.ts': 'export const b = 1;\n',
      'bench/one.ts': 'export const one = 1; // ∞\n',
      'bench/app/other.ts': 'of another program',
    });
    symlinkSync(path.join(ROOT, 'node_modules'), at('node_modules'));
    mkdirSync(at('dist'));
  });
  beforeEach(() => build());

  test('is refused before it is built', () => {
    rmSync(at('dist/.tsbuildinfo'));
    expect(staleness(root)).toBe('dist was not built');
  });

  test('is good after tsc, also where tsc had nothing to do and where sources are newer but the same', () => {
    expect(staleness(root)).toBeUndefined();
    build();
    expect(staleness(root)).toBeUndefined();
    const later = Date.now() / 1000 + 3600;
    utimesSync(at('model/b.ts'), later, later);
    expect(staleness(root)).toBeUndefined();
    build();
    expect(staleness(root)).toBeUndefined();
  });

  test('is refused where a source has changed, until tsc has run, whatever the times are', () => {
    writeFileSync(at('model/b.ts'), 'export const b = 2;\n');
    utimesSync(at('model/b.ts'), 1, 1);
    expect(staleness(root)).toBe('dist is older than model/b.ts');
    build();
    expect(staleness(root)).toBeUndefined();
    // A comment changes no output, and tsc writes none.
    writeFileSync(at('bench/one.ts'), 'export const one = 1; // 1\n');
    expect(staleness(root)).toBe('dist is older than bench/one.ts');
    build();
    expect(staleness(root)).toBeUndefined();
  });

  test('is refused where a source is new or gone', () => {
    writeFileSync(at('model/net/c.ts'), 'export const c = 1;\n');
    expect(staleness(root)).toBe('dist is older than model/net/c.ts, which is new');
    build();
    rmSync(at('model/net/c.ts'));
    expect(staleness(root)).toBe('dist was built from model/net/c.ts, which is gone');
  });

  test('is refused where outputs are missing, or were checked only', () => {
    writeFileSync(at('model/b.ts'), 'export const b = 3;\n');
    build('--noEmit');
    expect(staleness(root)).toBe('dist was checked, but not written');
    build();
    expect(staleness(root)).toBeUndefined();
    rmSync(at('dist/model/net/a.js'));
    expect(staleness(root)).toBe('dist/model/net/a.js is missing');
  });
});

test('the programs that the tests start are built', () => {
  expect(compiled('scripts/kakehashi.js')).toBe(path.join(ROOT, 'dist/scripts/kakehashi.js'));
});
