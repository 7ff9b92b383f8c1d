import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { errorCode } from './error-code';
import { Failure } from './errors';
import { shownPath } from './files';

/**
 * The text of a file that the user named, without a byte order mark. Nothing is waited for, as a pipe would be.
 *
 * @param where - begins the message @default - the file as it is shown
 * @throws {@link Failure} where there is none, it is no file, it is too large, or it is no UTF-8
 */
export function readNamedFile(file: string, mostBytes: number, where = shownPath(file)): string {
  const refuse = (summary: string): never => {
    throw new Failure({ where, summary });
  };
  let handle: number | undefined;
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(handle);
    if (stat.isDirectory()) return refuse('must be a file, got a folder');
    if (!stat.isFile()) return refuse('must be a file, got a device or a pipe');
    if (stat.size > mostBytes) return refuse(`must have at most ${mostBytes} bytes, got ${stat.size}`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(handle));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse('there is no such file');
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return refuse('must be UTF-8 text');
    return refuse(`can't be read (${code ?? 'unknown reason'})`);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
