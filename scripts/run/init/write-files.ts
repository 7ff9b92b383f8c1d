import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../../base/error-code';
import { Failure } from '../../../base/errors';
import { readIfThere, removeLeftovers, writeAtomically } from '../../../base/files';
import { Interrupted } from '../../../base/interrupted';
import { onStop } from '../../../base/signals';
import { type Decision, decide } from '../../../scaffold/ownership';
import type { ProjectFile } from '../../../scaffold/project-file';
import { type InitRecord, RECORD_PATH, readRecord, recordText, textDigest } from '../../../scaffold/record';
import { packageVersion } from '../../session/settings';
import { checkPlace } from './surroundings';

/** What the last `init` wrote here. @throws {@link Failure} for a record that can't be used */
export function lastRecord(folder: string): InitRecord | undefined {
  checkPlace(folder, RECORD_PATH);
  const text = readIfThere(path.join(folder, RECORD_PATH));
  if (text === undefined) return undefined;
  const record = readRecord(text);
  if (typeof record !== 'string') return record;
  throw new Failure(
    `${RECORD_PATH}: ${record}; restore it from version control, or remove it: every file that differs then counts as yours`,
  );
}

/** What becomes of each file. @throws {@link Failure} for one that can't be written where it belongs; nothing is written then */
export function decideAll(
  folder: string,
  files: readonly ProjectFile[],
  record: InitRecord | undefined,
): readonly Decision[] {
  for (const { path: file } of files) checkPlace(folder, file);
  return files.map((file) => decide(file, textOf(folder, file.path), record?.files[file.path], textDigest));
}

function textOf(folder: string, file: string): string | undefined {
  try {
    return readFileSync(path.join(folder, file), 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Failure(`${file}: can't be read (${code ?? 'unknown reason'})`);
  }
}

/**
 * Writes what is new and what is still ours, and then the record. A Ctrl-C waits for the end of it, and each file is replaced
 * as a whole: what a killed `init` wrote is found again by its text.
 *
 * @throws {@link Failure} where the folder can't be written; {@link Interrupted} for a Ctrl-C, after all is written
 */
export async function writeAll(
  folder: string,
  decisions: readonly Decision[],
  record: Omit<InitRecord, 'files'>,
  before: InitRecord | undefined,
): Promise<void> {
  let stops = 0;
  const end = onStop((count) => {
    stops = count;
  });
  try {
    for (const { file, fate } of decisions) {
      if (fate === 'new' || fate === 'updated') write(folder, file.path, file.text);
    }
    const ours = decisions.flatMap(({ file, fate }): [string, string][] =>
      fate === 'new' || fate === 'updated' || fate === 'same' ? [[file.path, textDigest(file.text)]] : [],
    );
    const files = { ...before?.files, ...Object.fromEntries(ours) };
    const text = recordText({ ...record, files }, packageVersion());
    if (text !== textOf(folder, RECORD_PATH)) write(folder, RECORD_PATH, text);
    // A signal that came meanwhile is delivered now.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    end();
  }
  if (stops > 0) throw new Interrupted('stopped; all files are written; run the same command again to go on');
}

function write(folder: string, file: string, text: string): void {
  const place = path.join(folder, file);
  try {
    removeLeftovers(place);
    writeAtomically(place, text);
  } catch (error) {
    const code = errorCode(error);
    const why = code === 'EROFS' ? 'the file system is read-only' : (code ?? 'unknown reason');
    throw new Failure(`${file}: can't be written (${why}); init needs a folder in which it may write`);
  }
}
