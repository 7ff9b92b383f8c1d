import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { writeExactly } from '../../base/files';
import { folderEntry, isInside } from './entry';

/** The file that lists which files of a rendered folder are ours. All others are the user's, and stay. */
export const MANIFEST = '.kakehashi-files';

/**
 * The paths that earlier runs wrote, sorted.
 *
 * @throws {@link Failure} when the list can't be trusted, because files are removed by it
 */
export function readManifest(folder: string): readonly string[] {
  const entry = folderEntry(folder, MANIFEST);
  if (entry.kind === 'absent') return [];
  const file = path.join(folder, MANIFEST);
  if (entry.kind === 'obstacle') throw new Failure(`${file}: must be a file, got ${entry.what}; remove it`);
  const lines = readFileSync(file, 'utf8').split('\n');
  const paths = lines.flatMap((line, index) => {
    if (line === '' || line.startsWith('#')) return [];
    if (isInside(line) && line !== MANIFEST) return [line];
    throw new Failure(
      `${file}:${index + 1}: must be a path inside the folder, got ${JSON.stringify(line)}; remove the line`,
    );
  });
  return [...new Set(paths)].sort();
}

/** Replaces the list. */
export function writeManifest(folder: string, paths: readonly string[]): void {
  const lines = ['# Files of this folder that kakehashi wrote, and removes when they are no longer needed.'];
  const text = [...lines, ...[...new Set(paths)].sort(), ''].join('\n');
  writeExactly(path.join(folder, MANIFEST), text, 0o644);
}
