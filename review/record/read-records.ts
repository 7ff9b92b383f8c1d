import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../base/error-code';
import { Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { visibleText } from '../../base/visible-text';
import { isRecordFile, MOST_BYTES, MOST_FOLDERS_DEEP, MOST_RECORD_BYTES, MOST_RECORDS } from './files';
import { parseRecord, type RecordDamage } from './parse-record';
import type { ReviewRecord } from './record';

/** A file of a record, and what it holds: a record, or damage. */
export interface ReadRecord {
  /** Its path, as it is shown. */
  readonly file: string;
  readonly record?: ReviewRecord;
  /** @default - the record is of no file */
  readonly seal?: string;
  /** Of an environment: the seals of its run's stacks. @default - the record is of no file */
  readonly seals?: Readonly<Record<string, string>>;
  readonly damage?: RecordDamage;
}

/**
 * Reads all records in folders and in those below them, in the order of their paths. Links are not followed.
 *
 * @throws {@link Failure} for a folder that can't be read, and for more than a review has
 */
export function readRecords(folders: readonly string[]): readonly ReadRecord[] {
  const files = [...new Set(folders.flatMap((folder) => recordFiles(path.resolve(folder), 0)))];
  if (files.length > MOST_RECORDS)
    throw new Failure(`a review must have at most ${MOST_RECORDS} records, got ${files.length}`);
  let left = MOST_BYTES;
  return files.sort(byPath).map((file) => {
    const { bytes, damage } = content(file);
    left -= bytes?.length ?? 0;
    if (left < 0) throw new Failure(`the records of a review must have at most ${MOST_BYTES} bytes together`);
    const parsed = bytes === undefined ? { damage } : parseRecord(bytes, path.basename(file));
    return { file: visibleText(shownPath(file)).replaceAll(/[\t\n]/g, ' '), ...parsed } as ReadRecord;
  });
}

/** By code units, so that no language of a machine matters. */
function byPath(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function recordFiles(folder: string, depth: number): readonly string[] {
  if (depth > MOST_FOLDERS_DEEP)
    throw new Failure({
      where: shownPath(folder),
      summary: `folders of review records must lie at most ${MOST_FOLDERS_DEEP} deep in each other`,
    });
  return entriesOf(folder).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return recordFiles(file, depth + 1);
    return isRecordFile(entry.name) ? [file] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const code = errorCode(error);
    const why =
      code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'it is no folder' : `${code}`;
    throw new Failure({ where: shownPath(folder), summary: `must be a folder of review records: ${why}` });
  }
}

function content(file: string): { readonly bytes?: Uint8Array; readonly damage?: RecordDamage } {
  let handle: number | undefined;
  try {
    // A pipe would be waited for, and a link may lead anywhere.
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const { size, isFile } = { size: fstatSync(handle).size, isFile: fstatSync(handle).isFile() };
    if (!isFile) return damage('must be a file');
    if (size > MOST_RECORD_BYTES) return damage(`must have at most ${MOST_RECORD_BYTES} bytes, got ${size}`);
    return { bytes: readFileSync(handle) };
  } catch (error) {
    const code = errorCode(error);
    return damage(
      code === 'ELOOP' ? 'must be a file, got a link' : `can't be read: ${code ?? 'unknown error'}`,
    );
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function damage(text: string): { readonly damage: RecordDamage } {
  return { damage: { kind: 'damaged', text } };
}
