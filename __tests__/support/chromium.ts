import { existsSync } from 'node:fs';
import path from 'node:path';

/** The program that a test drives; one that is not there fails at its launch. */
export function chromiumPath(): string {
  const folder = (process.env.PATH ?? '')
    .split(path.delimiter)
    .find((one) => existsSync(path.join(one, 'chromium')));
  return path.join(folder ?? '/usr/bin', 'chromium');
}
