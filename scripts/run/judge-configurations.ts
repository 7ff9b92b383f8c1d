import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { inParallel } from '../../base/pool';
import type { Processes } from '../../base/process';
import type { Loaded } from '../../catalog/environment/catalog';
import type { StackToJudge } from '../../rules/environment';
import type { ThreadOptions } from '../../rules/user/rules-thread';
import type { Report } from '../report/report';
import { type Folders, foldersOf, stackFolder } from '../session/folders';
import type { Settings } from '../session/settings';
import { synthesize } from '../session/synthesize';

/** An environment whose catalog is read, with the settings by which its folder of catalogs is found. */
export interface ReadEnvironment {
  readonly loaded: Loaded;
  readonly settings: Settings;
}

/** Rules of the user print beside the results, which a program may read; secrets that this run knows are in none of their messages. */
export function threadOptions(report: Report): ThreadOptions {
  return {
    print: (line) => report.note('warn', `policy: ${line}`),
    mask: (text) => report.log.masks.mask(text),
  };
}

/**
 * Synthesizes environments into a folder of their own, which is removed again, so that what a plan has there stays.
 *
 * @returns their configurations, in the same order; the error of one that could not be synthesized
 */
export async function configurationsApart(
  environments: readonly ReadEnvironment[],
  report: Report,
  processes: Processes,
): Promise<readonly (readonly StackToJudge[] | Error)[]> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kakehashi-rules-'));
  const results = new Map<ReadEnvironment, readonly StackToJudge[] | Error>();
  const apart = (batch: readonly ReadEnvironment[], name: string) =>
    synthesizedApart(batch, path.join(scratch, name), report, processes);
  try {
    const jobs = batchesOf(environments).map((batch, index) => ({ batch, name: String(index) }));
    await inParallel(jobs, availableParallelism(), async ({ batch, name }) => {
      const together = await apart(batch, name);
      for (const [index, one] of batch.entries()) {
        // What failed for all of them is told of those alone for which it fails.
        const isShared = batch.length > 1 && together instanceof Error && !processes.interrupted;
        const own = isShared ? await apart([one], `${name}-${index}`) : together;
        results.set(one, own instanceof Error ? own : (own.get(one) ?? []));
      }
    });
    return environments.map((one) => results.get(one) ?? []);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Environments that one process synthesizes, because starting one takes longer than most environments: as many batches as run at a time. */
function batchesOf(environments: readonly ReadEnvironment[]): readonly (readonly ReadEnvironment[])[] {
  const groups: { readonly key: string; readonly ids: Set<string>; readonly members: ReadEnvironment[] }[] =
    [];
  for (const one of environments) {
    const { loaded, settings } = one;
    if (loaded.stacks.every(({ gone }) => gone)) continue;
    const key = JSON.stringify([settings.catalogDirectory, loaded.unapplied]);
    // Two files may be called alike in two folders, and one may be named twice.
    let group = groups.find(
      (known) => known.key === key && !loaded.stacks.some(({ id }) => known.ids.has(id)),
    );
    if (group === undefined) {
      group = { key, ids: new Set(), members: [] };
      groups.push(group);
    }
    for (const { id } of loaded.stacks) group.ids.add(id);
    group.members.push(one);
  }
  return groups.flatMap(({ members }) => {
    const size = Math.ceil(members.length / availableParallelism());
    const starts = Array.from({ length: Math.ceil(members.length / size) }, (_, index) => index * size);
    return starts.map((start) => members.slice(start, start + size));
  });
}

async function synthesizedApart(
  batch: readonly ReadEnvironment[],
  out: string,
  report: Report,
  processes: Processes,
): Promise<ReadonlyMap<ReadEnvironment, readonly StackToJudge[]> | Error> {
  const [{ loaded, settings }] = batch as readonly [ReadEnvironment];
  const { sandbox, catalogDirectory } = settings;
  const usual = foldersOf(loaded.catalog.environment, { sandbox, catalogDirectory });
  const folders = { ...usual, out: path.relative(usual.root, out) };
  const environment = batch.map((one) => one.loaded.catalog.environment).join(',');
  const options = { environment, settings, folders, report, processes, variables: process.env };
  const stacks = batch.flatMap((one) => one.loaded.stacks);
  try {
    await synthesize({ ...options, lenient: true, quiet: true }, { stacks, unapplied: loaded.unapplied });
    return new Map(batch.map((one) => [one, configurationsIn(folders, one.loaded)]));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error;
  }
}

/** The configurations of an environment that is synthesized. @throws {@link Failure} */
export function configurationsIn(
  folders: Folders,
  { stacks }: Pick<Loaded, 'stacks'>,
): readonly StackToJudge[] {
  return stacks
    .filter(({ gone }) => !gone)
    .map(({ id }) => {
      const file = path.join(stackFolder(folders, id), 'cdk.tf.json');
      try {
        return { stack: id, configuration: JSON.parse(readFileSync(file, 'utf8')) };
      } catch (error) {
        throw new Failure(
          `${shownPath(file)}: cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    });
}
