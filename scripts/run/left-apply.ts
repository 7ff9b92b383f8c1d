import { existsSync } from 'node:fs';
import path from 'node:path';
import { holdersOf } from '../../base/file-holders';
import { isAlive, processStart, type StartedProcess } from '../../base/process-identity';
import type { Journal, JournalLine } from '../../terraform/journal';
import { type OutputFile, outputFiles } from '../../terraform/output-file';
import type { Folders } from '../session/folders';

/** An apply whose driver was killed: what is left of its Terraform. */
export interface LeftApply extends OutputFile {
  /** Its last line in the journal; undefined where the journal has none, or knows how it ended. */
  readonly line: JournalLine | undefined;
}

/** One whose Terraform still runs. */
export interface RunningApply extends LeftApply {
  readonly process: StartedProcess;
}

/** The applies that killed runs left on an environment, by the journal and by their output files, oldest first. */
export function leftApplies(folders: Folders, journal: Journal): readonly LeftApply[] {
  const noted = journal.open.flatMap((line): readonly LeftApply[] => {
    const { stack, at, terraform } = line;
    if (terraform === undefined) return [];
    return [
      { stack, since: new Date(at), file: path.join(folders.logs, path.basename(terraform.log)), line },
    ];
  });
  const unnoted = outputFiles(folders.logs)
    .filter(({ file }) => noted.every((one) => one.file !== file))
    .map((one) => ({ ...one, line: undefined }));
  return [...noted, ...unnoted].sort((a, b) => a.since.getTime() - b.since.getTime());
}

/**
 * Those whose Terraform still runs.
 *
 * The journal names most of the processes. One that was started in the instant before the kill, or whose journal was removed,
 * is found by its output file, which it has open. The caller holds the environment's folder, so no other run starts one.
 */
export function runningApplies(folders: Folders, journal: Journal): readonly RunningApply[] {
  const left = leftApplies(folders, journal);
  const holders = holdersOf(left.map(({ file }) => file));
  return left.flatMap((one) => {
    const found = notedProcess(one) ?? holder(holders.get(one.file));
    return found === undefined ? [] : [{ ...one, process: found }];
  });
}

function notedProcess({ line, file }: LeftApply): StartedProcess | undefined {
  const { pid, started } = line?.terraform ?? {};
  if (pid === undefined || !isAlive({ pid, started })) return undefined;
  // Without a start time it may be another process by now: whoever has found that out removes the file.
  return started === undefined && !existsSync(file) ? undefined : { pid, started };
}

function holder(pid: number | undefined): StartedProcess | undefined {
  return pid === undefined ? undefined : { pid, started: processStart(pid) };
}
