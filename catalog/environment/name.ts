import path from 'node:path';
import type { Place } from '../source/place';

/** The environment's name: what the file says, else the file's own name. */
export function environmentName(file: string, root: Place | undefined): string {
  const named = root?.below('environment').text;
  return named === undefined || named === '' ? path.basename(file).replace(/\.ya?ml$/, '') : named;
}
