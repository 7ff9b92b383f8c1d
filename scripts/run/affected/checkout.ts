import path from 'node:path';
import { Failure } from '../../../base/errors';
import type { Git } from './git';

/** An entry of a tree: what Git keeps at a path. */
interface TreeEntry {
  readonly mode: string;
  readonly object: string;
  readonly path: string;
}

const SUBMODULE = '160000';
const LINK = '120000';

/** What is written, and where. */
export interface Checkout {
  readonly commit: string;
  /** Paths of files and folders, from the repository's own folder. */
  readonly wanted: readonly string[];
  /** The folder that gets the files, at their paths. */
  readonly target: string;
  /** A folder for an index of our own. */
  readonly scratch: string;
}

/**
 * Writes files of a commit to a folder, as a checkout would: line ends and filters are those of the repository. Its own index and
 * working tree are not touched. Submodules are followed to the commit that the tree names.
 *
 * @param git - at the repository's own folder
 * @returns where each wanted path is, in its order: elsewhere where a link of the commit leads there
 * @throws {@link Failure}
 */
export async function checkOut(
  git: Git,
  { commit, wanted, target, scratch }: Checkout,
): Promise<readonly string[]> {
  const index = path.join(scratch, `index-${commit}`);
  await git.do(['read-tree', commit], { index });
  const entries = await entriesOf(git, index);
  const links = new Map(entries.filter(({ mode }) => mode === LINK).map((entry) => [entry.path, entry]));
  const roots = await Promise.all(wanted.map((one) => followed(git, one, links)));
  const isWanted = (file: string) =>
    roots.some((root) => root === file || root === '' || file.startsWith(`${root}/`));
  const files = entries.filter((entry) => entry.mode !== SUBMODULE && isWanted(entry.path));
  if (files.length > 0) {
    const input = files.map((entry) => `${entry.path}\0`).join('');
    await git.do(['checkout-index', '--quiet', '-z', '--stdin', `--prefix=${target}/`], { index, input });
  }
  for (const module of entries.filter(({ mode }) => mode === SUBMODULE)) {
    const inside = roots.flatMap((root) => {
      if (root === module.path || root === '' || module.path.startsWith(`${root}/`)) return [''];
      return root.startsWith(`${module.path}/`) ? [root.slice(module.path.length + 1)] : [];
    });
    if (inside.length > 0)
      await checkOutModule(git, module, { wanted: inside, target: path.join(target, module.path), scratch });
  }
  return roots.map((root) => path.join(target, root));
}

async function checkOutModule(
  git: Git,
  module: TreeEntry,
  checkout: Omit<Checkout, 'commit'>,
): Promise<void> {
  const own = git.in(path.join(git.folder, module.path));
  const there = await own.commit(module.object).catch(() => undefined);
  if (there === undefined)
    throw new Failure({
      where: module.path,
      summary: `the submodule's commit ${module.object} of the base is not here`,
      fixes: [`git -C ${module.path} fetch origin ${module.object}, after git submodule update --init`],
    });
  await checkOut(own, { ...checkout, commit: module.object });
}

async function entriesOf(git: Git, index: string): Promise<readonly TreeEntry[]> {
  const listed = await git.do(['ls-files', '--stage', '-z'], { index });
  return listed.split('\0').flatMap((line) => {
    const [, mode = '', object = '', file = ''] = /^(\d+) ([0-9a-f]+) \d\t([\s\S]*)$/.exec(line) ?? [];
    return file === '' ? [] : [{ mode, object, path: file }];
  });
}

/** A path with the links of the commit on the way resolved, as far as they stay in the repository. */
async function followed(
  git: Git,
  wanted: string,
  links: ReadonlyMap<string, TreeEntry>,
  depth = 0,
): Promise<string> {
  const steps = wanted.split('/');
  for (let length = 1; length <= steps.length; length += 1) {
    const link = links.get(steps.slice(0, length).join('/'));
    if (link === undefined || depth > 8) continue;
    const text = await git.do(['cat-file', 'blob', link.object]);
    const meant = path.posix.normalize(
      path.posix.join(path.posix.dirname(link.path), text, ...steps.slice(length)),
    );
    if (!path.posix.isAbsolute(text) && !meant.startsWith('..'))
      return followed(git, meant, links, depth + 1);
  }
  return wanted;
}
