import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { shownPath } from '../../base/files';

/** What exists at a path of a rendered folder. Symbolic links on the way to it are never followed. */
export type FolderEntry =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly mode: number; readonly size: number }
  /** Something that prevents writing a file there; `at` is its path relative to the folder. */
  | { readonly kind: 'obstacle'; readonly at: string; readonly what: string };

/**
 * Looks up what exists at a path, one part after the other.
 *
 * @param relative - a path inside the folder, with `/` between its parts
 * @throws {@link Failure} when the path does not stay inside the folder
 */
export function folderEntry(folder: string, relative: string): FolderEntry {
  if (!isInside(relative))
    throw new Failure(`${folder}: must be a path inside the folder, got "${relative}"`);
  const parts = relative.split('/');
  for (const [index] of parts.entries()) {
    const at = parts.slice(0, index + 1).join('/');
    const place = path.join(folder, at);
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined) return { kind: 'absent' };
    if (found.isSymbolicLink()) {
      return { kind: 'obstacle', at, what: `a symbolic link to ${JSON.stringify(readlinkSync(place))}` };
    }
    const isLast = index === parts.length - 1;
    if (!isLast && !found.isDirectory()) return { kind: 'obstacle', at, what: 'not a folder' };
    if (!isLast) continue;
    return found.isFile()
      ? { kind: 'file', mode: found.mode & 0o7777, size: found.size }
      : { kind: 'obstacle', at, what: found.isDirectory() ? 'a folder' : 'not a regular file' };
  }
  return { kind: 'absent' };
}

/** Turns an error of the file system into a {@link Failure} that the user can fix. Other errors are returned as they are. */
export function folderFailure(folder: string, error: unknown, must: 'readable' | 'writable'): unknown {
  const { code, path: at } = error as NodeJS.ErrnoException;
  if (error instanceof Failure || code === undefined) return error;
  return new Failure(`${shownPath(at ?? folder)}: must be ${must}, got ${code}; fix it and run this again`);
}

/** Whether a relative path can't leave the folder: `a/b.conf`, not `../a`, `/a`, `a//b` or `a/./b`. */
export function isInside(relative: string): boolean {
  return !relative.includes('\0') && relative.split('/').every((part) => !['', '.', '..'].includes(part));
}
