import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { shownPath } from '../../../base/files';
import { environmentDigest } from '../../../review/record/environment-digest';
import { isRecordFile } from '../../../review/record/files';
import { readRecords } from '../../../review/record/read-records';
import type { EnvironmentRecord, ReviewRecord } from '../../../review/record/record';
import { removeRecords, writeRecords } from '../../../review/record/write-records';
import { matchingStacks } from '../../session/selection';
import {
  environmentRecord,
  type FoundTogether,
  type PlannedStacks,
  recordHead,
  stackRecords,
} from './make-records';

/**
 * Writes the review records of a plan to the environment's output folder, and to another folder where one is asked for. A record
 * there of a stack that the environment has no longer is removed; those of other machines and environments stay.
 *
 * @returns the records, of the stacks in their order and then of the environment
 * @throws Failure where a folder can't be written
 */
export async function saveRecords(
  planned: PlannedStacks,
  found: FoundTogether,
  exportTo?: string,
): Promise<readonly ReviewRecord[]> {
  const { session, loaded } = planned;
  const { report, folders, settings } = session;
  const chosen = chosenStacks(planned);
  const head = await recordHead(session, loaded, chosen, exportTo);
  const stacks = stackRecords(head, planned, found.findings);
  const environment = environmentRecord(head, planned, found, stacks);
  const records = [...stacks, environment];
  removeRecords(folders.review);
  writeRecords(folders.review, records);
  const isWhole = stacks.length === loaded.stacks.length;
  const digest = isWhole ? environmentDigest(stacks) : undefined;
  if (exportTo !== undefined) {
    removeOutdated(exportTo, environment);
    writeRecords(exportTo, records);
    report.say(
      `\nrecords   ${shownPath(exportTo)}: ${stacks.length} of ${loaded.stacks.length} stacks${digest === undefined ? '' : `\n          digest ${digest}`}`,
    );
  }
  report.event({
    type: 'records_written',
    environment: session.environment,
    folder: shownPath(exportTo ?? folders.review),
    stacks: stacks.map(({ stack }) => stack),
    ...(digest === undefined ? {} : { digest }),
    ...(settings.shard === undefined || head.shard === undefined ? {} : { shard: head.shard }),
  });
  return records;
}

/** The ids that `--stack` chose, of this machine's part and of the others. */
function chosenStacks({ session, loaded, stacks }: PlannedStacks): readonly string[] {
  const { settings } = session;
  if (settings.shard === undefined) return stacks.map(({ id }) => id);
  return matchingStacks(loaded.stacks, settings.stacks).map(({ id }) => id);
}

/** Removes the records of the environment that lie in the folder and can't be part of a review with these. */
function removeOutdated(folder: string, current: EnvironmentRecord): void {
  if (!namesIn(folder).some(isRecordFile)) return;
  for (const { file, record } of readRecords([folder])) {
    if (path.dirname(path.resolve(file)) !== path.resolve(folder)) continue;
    if (record?.environment !== current.environment) continue;
    const isOutdated =
      record.record === 'stack'
        ? !current.stacks.includes(record.stack)
        : countOf(record.shard) !== countOf(current.shard);
    if (isOutdated) rmSync(file, { force: true });
  }
}

function countOf(shard: string | undefined): string {
  return shard?.split('/')[1] ?? '1';
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
