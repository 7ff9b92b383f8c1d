import { existsSync } from 'node:fs';
import path from 'node:path';

/** A file of the project as a path from the root of its repository, with slashes; where there is no repository, as it is. */
export function fromRepositoryRoot(file: string, folder = process.cwd()): string {
  const root = rootAbove(path.resolve(folder));
  const shown = root === undefined ? file : path.relative(root, path.resolve(folder, file));
  return shown.split(path.sep).join('/');
}

function rootAbove(folder: string): string | undefined {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const above = path.dirname(folder);
  return above === folder ? undefined : rootAbove(above);
}
