import { readdirSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../base/error-code';
import { compareTexts } from '../../base/text/compare-texts';
import { nearest } from '../../base/text/nearest';
import { CatalogError } from '../ground/catalog-error';
import type { ProblemCode, Statement } from '../ground/problem';
import { ProblemList } from '../ground/problem-list';
import { ENVIRONMENT_NAME } from '../shape/formats';
import { refusal } from '../shape/read';
import { extendsOf, SourceReader } from '../source/extends';
import type { MapNode } from '../source/node';
import { Place } from '../source/place';
import { foreignFile } from './foreign-file';
import { environmentName } from './name';

/** A file of a catalog folder that is an environment of its own. */
export interface EnvironmentFile {
  readonly file: string;
  readonly environment: string;
}

/** Names of the environments in a folder: its .yml files but for lock files, files that another one extends, and other files of the controller's; sorted. */
export function listEnvironments(directory: string): readonly string[] {
  return environmentFiles(directory, new SourceReader(new ProblemList())).map(
    ({ environment }) => environment,
  );
}

/** The environments of a folder, sorted by name, then file. */
export function environmentFiles(directory: string, reader: SourceReader): readonly EnvironmentFile[] {
  const files = catalogFiles(directory);
  const bases = new Map(files.map((file) => [file, basesOf(file, reader)]));
  const extended = new Set(files.flatMap((file) => reachable(file, bases).filter((base) => base !== file)));
  // Files that extend each other in a circle stay, so that the circle is reported.
  for (const file of files) if (reachable(file, bases).includes(file)) extended.delete(file);
  return files
    .filter((file) => !extended.has(file) && !isForeign(reader.read(file)))
    .map((file) => ({ file, environment: nameOf(file, directory, reader) }))
    .sort((a, b) => compareTexts(a.environment, b.environment) || compareTexts(a.file, b.file));
}

function isForeign(root: MapNode | undefined): boolean {
  return root !== undefined && foreignFile(root) !== undefined;
}

/** The file of an environment that is given by name, or by path. */
export function findEnvironment(directory: string, given: string, files: readonly EnvironmentFile[]): string {
  if (isPath(given)) return given;
  const found = files.filter(({ environment }) => environment === given);
  const [first, second] = found;
  if (first && second) {
    const message = `two files are the environment "${given}": ${first.file} and ${second.file}`;
    throw failure('same-environment', message, 'rename one');
  }
  if (first) return first.file;
  const unreadable = folderProblem(directory);
  if (unreadable !== undefined) throw failure('no-environment', unreadable.must, unreadable.fix);
  const stem = path.join(directory, `${given}.yml`);
  const named = files.find(({ file }) => file === stem);
  if (named && refusal(named.environment, ENVIRONMENT_NAME)) return named.file;
  const names = files.map(({ environment }) => environment);
  const near = named?.environment ?? nearest(given, names);
  if (!named && catalogFiles(directory).includes(stem)) {
    const message = `${stem} is no environment by itself: another file extends it`;
    throw failure('not-an-environment', message, `environments: ${names.join(', ')}`);
  }
  const otherEnding = path.join(directory, `${given}.yaml`);
  if (!near && namesIn(directory).includes(`${given}.yaml`)) {
    const message = `${otherEnding} is no environment: their files end in .yml`;
    throw failure('no-environment', message, `rename it to ${stem}`);
  }
  const must = `there is no environment ${JSON.stringify(given)} in ${directory}`;
  throw failure(
    'no-environment',
    { must, suggestion: near },
    names.length > 0
      ? `environments: ${names.join(', ')}`
      : `write ${path.join(directory, `${given}.yml`)} (kakehashi validate --help names the page on catalogs), then: kakehashi validate ${given}`,
  );
}

/** Why a folder can't be read, and how to fix it; undefined where it can. */
export function folderProblem(
  directory: string,
): { readonly must: string; readonly fix: string } | undefined {
  const fix = `go to your project, name another folder with --catalog, or begin with a file ${directory}/dev.yml (kakehashi validate --help names the page on catalogs), then: kakehashi validate dev`;
  try {
    readdirSync(directory);
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { must: `there is no folder ${directory}`, fix };
    if (code === 'ENOTDIR')
      return {
        must: `${directory} is a file, not a folder of catalogs`,
        fix: 'name a folder with --catalog',
      };
    return { must: `the folder ${directory} can't be read (${code})`, fix: 'check its permissions' };
  }
}

/** The lock files of a folder, by the name of their environment. */
export function lockFiles(directory: string): ReadonlyMap<string, string> {
  return new Map(
    namesIn(directory)
      .filter((name) => name.endsWith('.lock.yml'))
      .map((name) => [name.slice(0, -'.lock.yml'.length), path.join(directory, name)]),
  );
}

/** Whether what was given names a file, not an environment. */
export function isPath(given: string): boolean {
  return /[/\\]/.test(given) || /\.ya?ml$/.test(given);
}

function catalogFiles(directory: string): readonly string[] {
  return namesIn(directory)
    .filter((name) => name.endsWith('.yml') && !name.endsWith('.lock.yml') && !name.startsWith('.'))
    .map((name) => path.join(directory, name));
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort(compareTexts);
  } catch {
    return [];
  }
}

function basesOf(file: string, reader: SourceReader): readonly string[] {
  const root = reader.read(file);
  return root ? extendsOf(root).map((node) => path.join(path.dirname(file), String(node.value))) : [];
}

/** All files that a file extends, over any number of levels. */
function reachable(file: string, bases: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>();
  const queue = [...(bases.get(file) ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    queue.push(...(bases.get(next) ?? []));
  }
  return [...found];
}

function nameOf(file: string, directory: string, reader: SourceReader): string {
  const root = reader.readMerged(file, directory);
  return environmentName(file, root && Place.root(root));
}

function failure(code: ProblemCode, statement: string | Statement, fix: string): CatalogError {
  const said = typeof statement === 'string' ? { must: statement } : statement;
  return new CatalogError([{ severity: 'error', code, where: { path: [] }, ...said, fix: [fix] }]);
}
