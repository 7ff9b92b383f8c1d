import { chmodSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { removeLeftovers, shownPath, writeExactly } from '../../base/files';
import { makeFolder } from '../../base/make-folder';
import type { HostFile } from '../host/host-file';
import { folderEntry, folderFailure } from './entry';
import { MANIFEST, readManifest, writeManifest } from './manifest';

/**
 * Writes these files into a gateway folder, each with exactly its mode, and removes our files of earlier runs that are not among
 * them. The user's own files stay. Directories get the mode 0755, because the folder is copied to `/` with its modes.
 *
 * A killed run leaves each file in its old or its new form, and the next run completes the work: the list of our files is
 * extended first, then the files are written, then those that are no longer needed are removed.
 *
 * @throws {@link Failure} before anything is changed, when something is in the way; a symbolic link is never followed
 */
export function writeFolder(folder: string, files: readonly HostFile[]): void {
  try {
    write(folder, files);
  } catch (error) {
    throw folderFailure(folder, error, 'writable');
  }
}

function write(folder: string, files: readonly HostFile[]): void {
  const wanted = new Map(files.map((file) => [file.path, file]));
  if (wanted.has(MANIFEST)) throw new TypeError(`${MANIFEST} is the list's own name`);
  // The folder itself may be a link, because the user chose it.
  makeFolder(folder, 0o755);
  removeLeftovers(path.join(folder, MANIFEST));
  const before = readManifest(folder);
  const ours = [...new Set([...before, ...wanted.keys()])].sort();
  refuseObstacles(folder, ours);
  writeManifest(folder, ours);
  for (const [relative, { mode, text }] of wanted) {
    makeParents(folder, relative);
    removeLeftovers(path.join(folder, relative));
    writeExactly(path.join(folder, relative), text, mode);
  }
  for (const relative of before.filter((one) => !wanted.has(one))) {
    rmSync(path.join(folder, relative), { force: true });
    removeLeftovers(path.join(folder, relative));
    removeEmptyParents(folder, relative);
  }
  writeManifest(folder, [...wanted.keys()]);
}

function refuseObstacles(folder: string, paths: readonly string[]): void {
  const problems = paths.flatMap((relative) => {
    const entry = folderEntry(folder, relative);
    if (entry.kind !== 'obstacle') return [];
    const wanted = entry.at === relative ? 'a file' : 'a folder';
    return [
      `${shownPath(path.join(folder, entry.at))}: must be ${wanted}, got ${entry.what}; move it away, nothing was written`,
    ];
  });
  if (problems.length > 0) throw new Failure([...new Set(problems)].join('\n'));
}

function parentsOf(relative: string): readonly string[] {
  const parts = relative.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Makes the folders above a path, from the outermost on, with the mode 0755 whatever the umask is. */
function makeParents(folder: string, relative: string): void {
  for (const parent of parentsOf(relative)) {
    const place = path.join(folder, parent);
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined) mkdirSync(place);
    if (found === undefined || (found.mode & 0o7777) !== 0o755) chmodSync(place, 0o755);
  }
}

/** Removes the empty folders above a path, from the innermost on. */
function removeEmptyParents(folder: string, relative: string): void {
  for (const parent of [...parentsOf(relative)].reverse()) {
    const place = path.join(folder, parent);
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined) continue;
    if (readdirSync(place).length > 0) return;
    rmdirSync(place);
  }
}
