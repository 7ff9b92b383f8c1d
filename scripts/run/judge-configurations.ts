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
  try {
    const jobs = environments.map((environment, index) => ({ ...environment, index }));
    return await inParallel(jobs, availableParallelism(), async ({ loaded, settings, index }) => {
      if (loaded.stacks.every(({ gone }) => gone)) return [];
      const { sandbox, catalogDirectory } = settings;
      const { environment } = loaded.catalog;
      const usual = foldersOf(environment, { sandbox, catalogDirectory });
      // A name of its own: two files may be called alike in two folders.
      const folders = { ...usual, out: path.relative(usual.root, path.join(scratch, String(index))) };
      const options = { environment, settings, folders, report, processes, variables: process.env };
      try {
        await synthesize({ ...options, lenient: true, quiet: true }, loaded);
        return configurationsIn(folders, loaded);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        return error;
      }
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
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
