import { chmodSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { removeLeftovers, shownPath, writeExactly } from '../../base/files';
import type { HostFile } from '../host/host-file';
import { folderEntry, folderFailure } from './entry';
import { MANIFEST, readManifest, writeManifest } from './manifest';

/**
 * Makes a gateway folder hold exactly these files of ours, each with exactly its mode, and no other file of ours; what the user put
 * there stays. Directories get 0755, because the folder is copied to `/` with its modes.
 *
 * When it is killed, each file is the old or the new one, the list of what is ours has both, and the next run ends the work: the
 * list is written first, then the files, then what is gone is removed.
 *
 * @throws {@link Failure} before anything is changed, when something lies in the way: a symbolic link is never followed
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
  // The folder itself may be a link: the user named it.
  mkdirSync(folder, { recursive: true, mode: 0o755 });
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

/** From the outermost on, without what the umask takes away. */
function makeParents(folder: string, relative: string): void {
  for (const parent of parentsOf(relative)) {
    const place = path.join(folder, parent);
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined) mkdirSync(place);
    if (found === undefined || (found.mode & 0o7777) !== 0o755) chmodSync(place, 0o755);
  }
}

/** From the innermost on, until one has something in it. */
function removeEmptyParents(folder: string, relative: string): void {
  for (const parent of [...parentsOf(relative)].reverse()) {
    const place = path.join(folder, parent);
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined) continue;
    if (readdirSync(place).length > 0) return;
    rmdirSync(place);
  }
}
