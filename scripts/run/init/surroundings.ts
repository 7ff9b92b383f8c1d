import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../../base/error-code';
import { Failure } from '../../../base/errors';

/** Where a new project lies. */
export interface Surroundings {
  /** The root of the Git repository; undefined outside of one. */
  readonly repository?: string;
  /** A folder above that has a folder `catalog` with catalogs. */
  readonly projectAbove?: string;
  /** Files and folders that no project of ours begins with. */
  readonly others: readonly string[];
}

/** What npm, Git and an operating system put into a folder by themselves. */
const USUAL =
  /^(\.git|node_modules|package\.json|package-lock\.json|npm-shrinkwrap\.json|\.DS_Store|.+\.tgz)$/;

export function surroundingsOf(folder: string): Surroundings {
  const above = ancestors(folder);
  const repository = [folder, ...above].find((one) => existsSync(path.join(one, '.git')));
  const inRepository = repository === undefined ? above : above.filter((one) => one.startsWith(repository));
  const projectAbove = inRepository.find(hasCatalogs);
  return {
    ...(repository === undefined ? {} : { repository }),
    ...(projectAbove === undefined ? {} : { projectAbove }),
    others: readdirSync(folder).filter((name) => !USUAL.test(name)),
  };
}

function ancestors(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [] : [parent, ...ancestors(parent)];
}

function hasCatalogs(folder: string): boolean {
  try {
    return readdirSync(path.join(folder, 'catalog')).some((name) => name.endsWith('.yml'));
  } catch {
    return false;
  }
}

/**
 * Refuses a file that can't be written where it belongs, before any is.
 *
 * @param file - its path from the folder
 * @throws {@link Failure} where a file stands in the place of a folder, or a link leads out of the project
 */
export function checkPlace(folder: string, file: string): void {
  const root = realpathSync(folder);
  const parts = file.split('/');
  for (const end of parts.keys()) {
    const below = parts.slice(0, end + 1).join('/');
    const place = path.join(folder, below);
    const isFile = end === parts.length - 1;
    const there = kindOf(place);
    if (there === 'absent') return;
    if (there === 'dangling') throw new Failure(`${below}: is a link that leads nowhere; remove it`);
    if (!`${realpathSync(place)}/`.startsWith(`${root}/`))
      throw new Failure(
        `${below}: is a link that leads out of the project; replace it by a ${isFile ? 'file' : 'folder'}`,
      );
    if (isFile && there !== 'file')
      throw new Failure(`${below}: must be a file, and is a folder; move it away and run init again`);
    if (!isFile && there !== 'folder')
      throw new Failure(`${below}: must be a folder, and is a file; move it away and run init again`);
  }
}

function kindOf(place: string): 'absent' | 'dangling' | 'file' | 'folder' {
  try {
    lstatSync(place);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
    throw new Failure(`${place}: can't be read (${code ?? 'unknown reason'})`);
  }
  try {
    return statSync(place).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'dangling';
  }
}
