import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Where a command was called, and the project's folder, in which it runs. Both are absolute paths. */
export interface Project {
  readonly calledIn: string;
  readonly folder: string;
}

/**
 * The project that a command belongs to: the nearest folder, from where the command was called upwards, that has a folder
 * `catalog` with catalogs in it. Where there is none, it is the folder where the command was called.
 *
 * The search ends at the root of a Git repository, and at a folder that belongs to another user, because a project's files say
 * what is built.
 */
export function findProject(calledIn: string): Project {
  const owner = statSync(calledIn).uid;
  for (let folder = calledIn; ; folder = path.dirname(folder)) {
    if (statSync(folder).uid !== owner) break;
    if (hasCatalogs(folder)) return { calledIn, folder };
    if (existsSync(path.join(folder, '.git')) || path.dirname(folder) === folder) break;
  }
  return { calledIn, folder: calledIn };
}

/** The variables that hold the path of a file, or in the last one the name or path of an environment. */
const PATH_VARIABLES = [
  'KAKEHASHI_TERRAFORM_BIN',
  'KAKEHASHI_SANDBOX_FAULTS',
  'VAULT_CACERT',
  'KAKEHASHI_ENV',
];

/** Makes the project's folder the working folder. Paths in variables keep their meaning. */
export function enterProject(variables: NodeJS.ProcessEnv): Project {
  const project = findProject(process.cwd());
  if (project.folder === project.calledIn) return project;
  for (const name of PATH_VARIABLES) {
    const text = variables[name];
    if (text !== undefined && isPath(text)) variables[name] = fromProject(project, text);
  }
  process.chdir(project.folder);
  return project;
}

/** A path that was given where the command was called, as seen from the project's folder. */
export function fromProject({ calledIn, folder }: Project, given: string): string {
  if (calledIn === folder || path.isAbsolute(given)) return given;
  const relative = path.relative(folder, path.resolve(calledIn, given));
  // What is written with a slash stays a path, and is not taken for a name.
  return given.includes('/') && !relative.includes('/') ? `./${relative}` : relative;
}

/** Whether a text is a path, and no name of an environment or program. */
export function isPath(text: string): boolean {
  return /[/\\]/.test(text) || /\.ya?ml$/.test(text);
}

function hasCatalogs(folder: string): boolean {
  try {
    return readdirSync(path.join(folder, 'catalog')).some((name) => name.endsWith('.yml'));
  } catch {
    return false;
  }
}
