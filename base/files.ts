import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isRunning } from './process-identity';

/**
 * Writes a file so that a reader, or a crash, sees the old one or the new one and nothing between: a temporary name in
 * the same folder, synced, then renamed. The folder is made where it is missing; an existing file keeps its mode.
 */
export function writeAtomically(file: string, text: string, mode = 0o644): void {
  mkdirSync(path.dirname(file), { recursive: true });
  replace(file, text, mode, existsSync(file) ? statSync(file).mode & 0o777 : undefined);
}

/**
 * The same with exactly this mode, whatever the umask is and whatever mode an existing file has; the temporary file never
 * has a wider one. The folder must be there.
 */
export function writeExactly(file: string, text: string, mode: number): void {
  replace(file, text, mode, mode);
}

/** Makes a folder that only its owner can enter; one that is there already becomes so. */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Removes the temporary files that killed runs left beside a file. */
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
  // Anew, so that the mode is the given one: what a killed run left may have another.
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

/** A file's text, or undefined where there is none. */
export function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The SHA-256 of a file's bytes in hexadecimal, or undefined where there is none. */
export function digestOfFile(file: string): string | undefined {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;
}

/** The SHA-256 of a text in hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A path as it is shown: relative to where the user is, where that is shorter. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === '' ? '.' : relative.startsWith(`..${path.sep}..`) ? file : relative;
}
