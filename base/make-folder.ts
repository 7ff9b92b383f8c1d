import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from './error-code';

/**
 * Makes a folder, and those above it, where they are missing.
 *
 * Node 20's `mkdirSync` with `recursive` never ends where a file system says ENOENT of a folder whose parent is there, as `/proc` does.
 *
 * @param mode - of each folder that is made, less the umask
 * @throws the system's error
 */
export function makeFolder(folder: string, mode = 0o777): void {
  if (isMade(folder, mode)) return;
  makeFolder(path.dirname(folder), mode);
  if (!isMade(folder, mode)) throw noSuchFolder(folder);
}

/** Makes one folder. @returns false where the one above it is missing @throws the system's error */
function isMade(folder: string, mode: number): boolean {
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return true;
    if (errorCode(error) === 'ENOENT' && path.dirname(folder) !== folder) return false;
    throw error;
  }
}

function noSuchFolder(folder: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, mkdir '${folder}'`), { code: 'ENOENT' });
}
