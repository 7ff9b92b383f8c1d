import { realpathSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../base/errors';
import { shownPath } from '../../../base/files';
import { packageRoot } from '../../../base/package-root';
import { type BaseRevision, baseRevision } from './base-revision';
import { checkOut } from './checkout';
import { type Git, type Place, placeOf } from './git';
import { PROJECT_FILES, type ProjectDifference, projectDifferences } from './project-files';
import { Revision } from './revision';

/** The two revisions of a project that are compared. */
export interface OpenedRevisions {
  readonly base: Revision;
  readonly head: Revision;
  readonly from: BaseRevision;
  /** How they differ beside their catalogs. */
  readonly differences: readonly ProjectDifference[];
}

export interface OpenOptions {
  /** At the project's folder. */
  readonly git: Git;
  /** The folder of catalogs. */
  readonly catalog: string;
  /** The base that was named. @default - what the CI system says, else the merge base with the default branch */
  readonly named: string | undefined;
  readonly variables: NodeJS.ProcessEnv;
  /** An empty, private folder. */
  readonly scratch: string;
}

/** The part of the program that decides what is synthesized, where the project and the program are one repository. */
const PROGRAM = ['base', 'model', 'catalog', 'constructs', 'stacks', 'nodes'];

/**
 * Finds the base of a project in its repository, and writes what matters of it to a folder. The project itself, with what is not committed
 * and what Git does not know, is the other revision.
 *
 * @throws {@link Failure} where there is no repository, or no base
 */
export async function openRevisions(options: OpenOptions): Promise<OpenedRevisions> {
  const { git, catalog, named, variables, scratch } = options;
  const project = git.folder;
  const place = await placeOf(git);
  if (place === undefined)
    throw new Failure({
      where: project,
      summary: 'is in no Git repository, so there is no earlier revision to compare with',
      fixes: ['git init, and commit the project', 'plan all environments: kakehashi plan --all'],
    });
  const top = git.in(place.top);
  const from = await baseRevision(top, named, variables);
  const catalogs = inRepository(place, project, catalog);
  const files = PROJECT_FILES.map((file) => path.posix.join(place.prefix, file));
  const target = path.join(scratch, 'tree');
  const [found = ''] = await checkOut(top, {
    commit: from.commit,
    wanted: [catalogs, ...files],
    target,
    scratch,
  });
  const before = path.join(target, place.prefix);
  return {
    base: new Revision(before, found),
    head: new Revision(project, shownPath(catalog)),
    from,
    differences: [
      ...projectDifferences(before, project),
      ...(await programDifferences(top, place, from.commit)),
    ],
  };
}

/** The path of the folder of catalogs in the repository. @throws {@link Failure} for one outside of it */
function inRepository({ top, prefix }: Place, project: string, catalog: string): string {
  const lexical = path.posix.join(prefix, path.relative(project, catalog));
  if (!lexical.startsWith('..')) return withoutSlash(lexical);
  const real = path.relative(realpathSync(top), realpathSync(catalog));
  if (!real.startsWith('..')) return real;
  throw new Failure({
    where: shownPath(catalog),
    summary: `is outside of the repository ${top}, so there is no earlier revision of it`,
    fixes: ['call the command in the repository of the catalogs, or name its folder with --catalog'],
  });
}

function withoutSlash(folder: string): string {
  return folder.replace(/\/$/, '');
}

/** Sources of the program that differ, in the repository where it is developed. */
async function programDifferences(
  git: Git,
  { top }: Place,
  commit: string,
): Promise<readonly ProjectDifference[]> {
  const program = path.relative(realpathSync(top), realpathSync(packageRoot(__dirname)));
  if (program.startsWith('..') || program.split(path.sep).includes('node_modules')) return [];
  const folders = PROGRAM.map((folder) => path.posix.join(program, folder));
  const args = ['diff', '--name-only', '--no-ext-diff', '-z', commit, '--', ...folders];
  const changed = (await git.do(args))
    .split('\0')
    .filter((file) => file !== '' && !/\.ya?ml$|\.schema\.json$|\.md$/.test(file));
  const [first] = changed;
  if (first === undefined) return [];
  const more = changed.length === 1 ? '' : ` and ${changed.length - 1} more`;
  return [{ reason: `the program that synthesizes differs: ${first}${more}` }];
}
