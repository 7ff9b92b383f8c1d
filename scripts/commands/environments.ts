import path from 'node:path';
import { UsageError } from '../../base/errors';
import { statementText } from '../../catalog/ground/problem-text';
import { shownDirectory } from '../session/read-catalog';
import { targetOf } from '../session/session';
import { environmentOf, type Settings } from '../session/settings';

/**
 * The environments of a command that takes several, and all of them where none is named: those named, else that of `--env`,
 * else all of the folder.
 *
 * @param all - whether `--all` was given
 * @throws {@link UsageError} for a name that does not fit, and when the folder holds none
 */
export function environmentsOf(settings: Settings, names: readonly string[], all = false): readonly string[] {
  if (all) refuseNames(settings, names);
  if (names.length > 0) return [...new Set(names.map((name) => environmentOf(settings, name)))];
  if (!all && settings.environment !== undefined) return [settings.environment.name];
  return allEnvironments(settings);
}

/**
 * The environments of a command that takes several, and acts on none that is not named: those named, else with `--all` all of
 * the folder, else that of `--env`. Nothing is run where one of several is not there.
 *
 * @returns undefined for that of `--env` or `KAKEHASHI_ENV`, or of nobody
 * @throws {@link UsageError}
 */
export function namedEnvironments(
  settings: Settings,
  names: readonly string[],
  all: boolean,
): readonly (string | undefined)[] {
  if (names.length === 0 && !all) return [undefined];
  const chosen = distinct(settings, environmentsOf(settings, names, all));
  if (chosen.length > 1) for (const name of chosen) refuseUnknown(settings, name);
  return chosen;
}

function refuseNames(settings: Settings, names: readonly string[]): void {
  const { environment } = settings;
  const named = names.length > 0 ? names.join(' ') : undefined;
  const flag = environment?.from === 'flag' ? `--env ${environment.name}` : undefined;
  const other = named ?? flag;
  if (other === undefined) return;
  throw new UsageError({
    where: '--all',
    summary: `names all environments, got ${other} as well`,
    fixes: ['leave one of the two out'],
  });
}

/** The environments named, each once, however it is named. */
function distinct(settings: Settings, names: readonly string[]): readonly string[] {
  const found = new Map<string, { readonly name: string; readonly folder: string }>();
  for (const name of names) {
    const { environment, settings: own } = targetOf(settings, environmentOf(settings, name));
    const folder = path.resolve(own.catalogDirectory);
    const other = found.get(environment);
    if (other !== undefined && other.folder !== folder) {
      throw new UsageError({
        summary: `two environments are called ${environment}: ${other.name} and ${name}`,
        fixes: ['name them in two commands, from two folders: what they write has one place'],
      });
    }
    if (other === undefined) found.set(environment, { name, folder });
  }
  return [...found.values()].map(({ name }) => name);
}

function refuseUnknown(settings: Settings, name: string): void {
  const { environmentFiles, findEnvironment } =
    require('../../catalog/environment/folder') as typeof import('../../catalog/environment/folder');
  const { SourceReader } =
    require('../../catalog/source/extends') as typeof import('../../catalog/source/extends');
  const { ProblemList } =
    require('../../catalog/ground/problem-list') as typeof import('../../catalog/ground/problem-list');
  const { CatalogError } =
    require('../../catalog/ground/catalog-error') as typeof import('../../catalog/ground/catalog-error');
  const { environment, settings: own } = targetOf(settings, name);
  const folder = shownDirectory(own);
  try {
    findEnvironment(folder, environment, environmentFiles(folder, new SourceReader(new ProblemList())));
  } catch (error) {
    const [first] = error instanceof CatalogError ? error.problems : [];
    if (first === undefined) throw error;
    throw new UsageError({ summary: statementText(first), fixes: first.fix });
  }
}

function allEnvironments(settings: Settings): readonly string[] {
  const { folderProblem, listEnvironments } =
    require('../../catalog/environment/folder') as typeof import('../../catalog/environment/folder');
  const folder = shownDirectory(settings);
  const environments = [...new Set(listEnvironments(folder))];
  if (environments.length === 0) {
    const nothing = {
      must: `${folder}: no environment in it`,
      fix: `write ${folder}/dev.yml (kakehashi validate --help names the page on catalogs), then: kakehashi validate dev`,
    };
    const { must, fix } = folderProblem(folder) ?? nothing;
    throw new UsageError({ summary: must, fixes: [fix] });
  }
  return environments;
}
