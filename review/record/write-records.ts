import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { removeLeftovers, shownPath, writeAtomically } from '../../base/files';
import { makeFolder } from '../../base/make-folder';
import { isRecordFile, MOST_RECORD_BYTES, recordFileName } from './files';
import type { ReviewRecord } from './record';
import { recordText } from './record-text';
import { sealed } from './seal';

/**
 * Writes the records of one run into a folder, each in one step, with a mode for its owner alone.
 *
 * @throws Failure where the folder can't be written, or a record would be too large to be read
 */
export function writeRecords(folder: string, records: readonly ReviewRecord[]): void {
  try {
    makeFolder(folder);
    for (const record of sealed(records)) {
      const file = path.join(folder, recordFileName(record));
      const text = recordText(record);
      if (Buffer.byteLength(text) > MOST_RECORD_BYTES)
        throw new Failure({
          where: shownPath(file),
          summary: `must have at most ${MOST_RECORD_BYTES} bytes, got ${Buffer.byteLength(text)}`,
        });
      removeLeftovers(file);
      writeAtomically(file, text, 0o600);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure({
      where: shownPath(folder),
      summary: `the review records can't be written there: ${error instanceof Error ? error.message : ''}`,
    });
  }
}

/** Removes all records of a folder, and nothing else of it. */
export function removeRecords(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names.filter(isRecordFile)) rmSync(path.join(folder, name), { force: true });
}
