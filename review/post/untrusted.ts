import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../base/error-code';
import { Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { listed } from '../../base/text/listed';
import { visibleText } from '../../base/visible-text';
import type { Review } from '../review';
import type { Render } from './posting';

/** What an artifact of a stranger's job may have at most. */
const MOST_FILES = 1000;
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_DEEP = 4;
const RECORD_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,200}\.(stack|environment)\.json$/;
const FOLDER_NAME = /^[A-Za-z0-9][A-Za-z0-9_. -]{0,200}$/;

/**
 * Checks the files of an artifact that a stranger's job made, before any of them is opened: records alone, no links, not too many and
 * not too large.
 *
 * @throws {@link Failure} at the first that may not be there; a name is shown only where it is a plain one
 */
export function checkArtifact(folders: readonly string[]): void {
  const left = { files: MOST_FILES, bytes: MOST_BYTES };
  for (const folder of folders) checkFolder(path.resolve(folder), MOST_DEEP, left);
}

function checkFolder(folder: string, deep: number, left: { files: number; bytes: number }): void {
  if (deep < 0) throw refused(folder, `its folders lie more than ${MOST_DEEP} deep in each other`);
  for (const name of namesIn(folder)) {
    left.files -= 1;
    if (left.files < 0) throw refused(folder, `it has more than ${MOST_FILES} files`);
    const stats = lstatSync(path.join(folder, name));
    if (stats.isDirectory() && FOLDER_NAME.test(name)) checkFolder(path.join(folder, name), deep - 1, left);
    else if (!stats.isFile() || !RECORD_NAME.test(name))
      throw refused(folder, 'it has something else than review records: a link, or a file of another name');
    left.bytes -= stats.size;
    if (left.bytes < 0) throw refused(folder, `it has more than ${MOST_BYTES / 1024 / 1024} MiB`);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw refused(folder, `it can't be read (${errorCode(error) ?? 'unknown reason'})`);
  }
}

/**
 * The reviews of a stranger's records, as far as they may be shown: of environments that are known here, made in the sandbox, and
 * without a commit and a digest, which the stranger may have chosen.
 *
 * @param environments - those of the catalogs that this job itself has checked out
 * @throws {@link Failure} where one is not of that kind
 */
export function untrustedReviews(
  reviews: readonly Review[],
  environments: readonly string[],
): readonly Review[] {
  return reviews.map((review) => {
    const { environment, origin, problems, digest: _digest, ...rest } = review;
    if (!environments.includes(environment))
      throw refused('', `it has an environment that is not one of ${listed(environments) || 'none'}`);
    const broken = problems.find(({ kind }) => BROKEN.has(kind));
    if (broken !== undefined) throw refused(environment, shown(broken.text));
    if (!origin.simulated)
      throw refused(
        environment,
        'its plans are not simulated, and a job without credentials makes no others',
      );
    const { commit: _commit, ...from } = origin;
    return { ...rest, environment, origin: from, problems };
  });
}

const BROKEN: ReadonlySet<string> = new Set([
  'damaged',
  'unknown version',
  'mixed',
  'doubled',
  'no environment',
]);

/** A stranger's text as it may stand in a log: in one line, with nothing that a runner takes for a command. */
function shown(text: string): string {
  const line = visibleText(text).replace(/\s+/g, ' ').slice(0, 300);
  return line.replaceAll('##[', '##(').replaceAll('::', ':');
}

function refused(folder: string, summary: string): Failure {
  return new Failure({
    where: folder === '' ? 'artifact' : `artifact ${path.isAbsolute(folder) ? shownPath(folder) : folder}`,
    summary,
    fixes: ['look at the pull request before anything of it is run with credentials'],
  });
}

/**
 * A page of a stranger's records. What the page says is escaped already; here mentions, references and addresses lose what makes them
 * ones, also within code, and the page says what it is.
 *
 * @param commit - the commit that the server says the records are of
 */
export function untrustedPage(render: Render, commit: string, link: string | undefined): Render {
  const job = link === undefined ? 'a job' : `a [job](${link})`;
  const notice = `> [!WARNING]\n> Posted by ${job} from records that the pull request's own job made at ${commit.slice(0, 12)}, without credentials. Whoever changed the project may have changed them too.\n\n`;
  // Each replacement makes the text longer by one character.
  return (budget) => notice + inert(render(Math.floor((budget - notice.length) * 0.95)));
}

/** A zero-width space parts what GitHub would join: `@name`, `#1`, `GH-1`, `owner/name#1`, `https://…`, `www.…`. */
function inert(markdown: string): string {
  return markdown
    .replace(/@(?=[\p{L}\p{N}_])/gu, '@\u200b')
    .replace(/#(?=\d)/g, '#\u200b')
    .replace(/\b(GH)-(?=\d)/gi, '$1-\u200b')
    .replace(/:\/\//g, ':\u200b//')
    .replace(/\bwww\./gi, 'www\u200b.');
}
