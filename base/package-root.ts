import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's root folder, for a file of the sources as well as of `dist/`, which has no copy of files that are not compiled. */
export function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) || dirname(from) === from) return from;
  return packageRoot(dirname(from));
}
