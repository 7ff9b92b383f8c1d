import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from './error-code';
import { Failure } from './errors';
import { readIfThere, shownPath, writeAtomically } from './files';

/** The largest file that is read where nothing else is said, in bytes. */
const MOST = 64 * 1024 * 1024;

export type GivenText = { readonly text: string } | { readonly wrong: string };

/**
 * The text of a file that a user named, or what is wrong with it, as a sentence that follows the file's name. A pipe is not waited
 * for; a byte order mark is left out.
 */
export function givenText(file: string, most = MOST): GivenText {
  let handle: number | undefined;
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(handle);
    if (stats.isDirectory()) return { wrong: 'must be a file, got a folder' };
    if (!stats.isFile()) return { wrong: 'must be a file, got a pipe or a device' };
    if (stats.size > most) return { wrong: `must have at most ${most} bytes, got ${stats.size}` };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(handle));
    return text.trim() === '' ? { wrong: 'is empty' } : { text };
  } catch (error) {
    return { wrong: wrongOf(errorCode(error)) };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function wrongOf(code: string | undefined): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return "can't be read: you have no right to";
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'must be UTF-8 text, and is not';
    default:
      return `can't be read (${code ?? 'unknown reason'})`;
  }
}

/**
 * Writes a file that a user named, where it has another text.
 *
 * @returns whether it had
 * @throws {@link Failure} where it can't be written
 */
export function writeGiven(file: string, text: string): boolean {
  try {
    if (readIfThere(file) === text) return false;
    writeAtomically(file, text);
    return true;
  } catch (error) {
    const where = shownPath(path.resolve(file));
    throw new Failure({ where, summary: `can't be written (${errorCode(error) ?? 'unknown reason'})` });
  }
}
