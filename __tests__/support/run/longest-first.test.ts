import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../compiled';

interface Listed {
  readonly path: string;
  readonly context: object;
}

const LongestFirst = require('./longest-first.cjs') as {
  readonly LONGEST: readonly string[];
  new (options: object): { sort(tests: readonly Listed[]): readonly Listed[] };
};
const { LONGEST } = LongestFirst;

test('every file of the list is there, once', () => {
  expect(LONGEST.filter((file) => !existsSync(join(ROOT, '__tests__', file)))).toEqual([]);
  expect(new Set(LONGEST).size).toBe(LONGEST.length);
});

test('those of the list run first, in its order, and the others by size', () => {
  const sizes: Record<string, number> = { 'a.test.ts': 1, 'b.test.ts': 9 };
  const nameOf = (path: string) => path.slice('/clone/__tests__/'.length);
  const hasteFS = { getSize: (path: string) => sizes[nameOf(path)] ?? 0 };
  const context = { config: { rootDir: '/clone', cache: false }, hasteFS };
  const names = [...Object.keys(sizes), ...[...LONGEST].reverse()];
  const tests = names.map((name) => ({ path: `/clone/__tests__/${name}`, context }));
  const sorted = new LongestFirst({}).sort(tests).map(({ path }) => nameOf(path));
  expect(sorted).toEqual([...LONGEST, 'b.test.ts', 'a.test.ts']);
});
