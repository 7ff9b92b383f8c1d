import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Compares with a file of `__tests__/stacks/golden`; `UPDATE_GOLDEN=1` writes it anew, to be read in the diff. */
export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, '../stacks/golden', name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
