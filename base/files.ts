import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { makeFolder } from './make-folder';
import { isRunning } from './process-identity';

/**
 * Writes a file atomically: a reader, also after a crash, sees the old text or the new one. The text is written and synced
 * under a temporary name in the same folder, and then renamed. A missing folder is created; an existing file keeps its mode.
 */
export function writeAtomically(file: string, text: string, mode = 0o644): void {
  makeFolder(path.dirname(file));
  replace(file, text, mode, existsSync(file) ? statSync(file).mode & 0o777 : undefined);
}

/**
 * Writes a file atomically with exactly this mode, whatever the umask is and whatever mode an existing file has. The
 * temporary file never has a wider mode. The folder must exist.
 */
export function writeExactly(file: string, text: string, mode: number): void {
  replace(file, text, mode, mode);
}

/** Makes a folder that only its owner can enter; one that is there already becomes so. */
export function makePrivate(folder: string): void {
  makeFolder(folder, 0o700);
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Removes the temporary files that killed processes left beside a file. */
export function removeLeftovers(file: string): void {
  const folder = path.dirname(file);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(`${path.basename(file)}.`)
      ? /^(\d+)\.tmp$/.exec(name.slice(path.basename(file).length + 1))?.[1]
      : undefined;
    if (pid !== undefined && isAbandoned(Number(pid))) rmSync(path.join(folder, name), { force: true });
  }
}

/** This process writes one file after the other, so what it finds of its own is left from an earlier process. */
function isAbandoned(pid: number): boolean {
  return pid === process.pid || !isRunning(pid);
}

function replace(file: string, text: string, mode: number, final: number | undefined): void {
  const temporary = `${file}.${process.pid}.tmp`;
  // A file that a killed process left may have another mode.
  rmSync(temporary, { force: true });
  const handle = openSync(temporary, 'wx', mode);
  try {
    if (final !== undefined) fchmodSync(handle, final);
    writeFileSync(handle, text);
    fsyncSync(handle);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

/** The text of a file; undefined where it does not exist. */
export function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** How much of a file is in memory at once. */
const PART = 1024 * 1024;

/** The SHA-256 of a file's bytes in hexadecimal; undefined where it does not exist. It may be larger than the memory. */
export function digestOfFile(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const handle = openSync(file, 'r');
  try {
    const hash = createHash('sha256');
    const part = Buffer.alloc(PART);
    for (let length = readSync(handle, part); length > 0; length = readSync(handle, part))
      hash.update(part.subarray(0, length));
    return hash.digest('hex');
  } finally {
    closeSync(handle);
  }
}

/** The SHA-256 of a text in hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A path as messages show it: relative to the working folder, unless it lies two levels or more above. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === '' ? '.' : relative.startsWith(`..${path.sep}..`) ? file : relative;
}
