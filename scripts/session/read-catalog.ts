import { existsSync, readFileSync } from 'node:fs';
import { Failure, UsageError } from '../../base/errors';
import { shownPath, writeAtomically } from '../../base/files';
import type { Loaded } from '../../catalog/environment/catalog';
import { pathText } from '../../catalog/ground/path';
import type { Problem } from '../../catalog/ground/problem';
import { fixText, statementText } from '../../catalog/ground/problem-text';
import type { Report } from '../report/report';
import { type Folders, sandboxLockFile } from './folders';
import type { Settings } from './settings';

/** Codes of problems with the name on the command line, and not with a file. */
const NAMING = new Set(['no-environment', 'not-an-environment', 'same-environment']);

/** The problems that a command on several environments has shown, so that those of a common base are shown once. */
export interface ShownProblems {
  readonly problems: Set<string>;
  /** All environments of the command: each shows its own problems. */
  readonly environments: readonly string[];
}

/** The catalogs' folder as messages show it. */
export function shownDirectory(settings: Settings): string {
  return shownPath(settings.catalogDirectory);
}

/**
 * Reads and checks an environment's catalog. It prints nothing.
 *
 * @param environment - its name, or the path of a file
 * @throws CatalogError with all its problems; {@link UsageError} where there is no such environment
 */
export function loadCatalog(environment: string, settings: Settings): Loaded {
  const { loadEnvironment } = require('../../catalog/load') as typeof import('../../catalog/load');
  const { CatalogError } =
    require('../../catalog/ground/catalog-error') as typeof import('../../catalog/ground/catalog-error');
  try {
    return loadEnvironment({
      directory: shownDirectory(settings),
      environment,
      ...(settings.sandbox ? { lockAdditions: (name: string) => sandboxLockFile(name) } : {}),
    });
  } catch (error) {
    const [first] = error instanceof CatalogError ? error.problems : [];
    if (first !== undefined && NAMING.has(first.code)) {
      throw new UsageError({ summary: statementText(first), fixes: first.fix });
    }
    throw error;
  }
}

/**
 * Reads and checks an environment's catalog, and shows its problems.
 *
 * @param environment - its name, or the path of a file
 * @throws {@link Failure} without a text when the catalog can't be used, because its problems have been shown
 */
export function readCatalog(
  environment: string,
  settings: Settings,
  report: Report,
  shown?: ShownProblems,
): Loaded {
  const { CatalogError } =
    require('../../catalog/ground/catalog-error') as typeof import('../../catalog/ground/catalog-error');
  try {
    const loaded = loadCatalog(environment, settings);
    showProblems(notShown(loaded.problems, shown), settings, report);
    return loaded;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    const problems = notShown(error.problems, shown);
    showProblems(problems, settings, report);
    throw new Failure(problems.length === 0 ? `${environment}: has only the problems above` : '');
  }
}

function notShown(problems: readonly Problem[], shown: ShownProblems | undefined): readonly Problem[] {
  if (shown === undefined) return problems;
  return problems.filter((problem) => {
    const { path, position, neighbour } = problem.where;
    if (neighbour !== undefined && shown.environments.includes(neighbour)) return false;
    const key = JSON.stringify([path, statementText(problem), position]);
    if (shown.problems.has(key)) return false;
    shown.problems.add(key);
    return true;
  });
}

/** Shows problems, with the lines of the files around them, and as events. */
export function showProblems(problems: readonly Problem[], settings: Settings, report: Report): void {
  if (problems.length === 0) return;
  const { formatProblems } =
    require('../../catalog/out/print-problems') as typeof import('../../catalog/out/print-problems');
  const { screen } = report;
  const options = {
    color: settings.color && screen.interactive,
    ...(screen.interactive ? { width: screen.width } : {}),
  };
  report.say(`${formatProblems(problems, options).trimEnd()}\n`);
  for (const problem of problems) {
    const { severity, code, where, fix } = problem;
    const { path, position } = where;
    report.event({
      type: 'problem',
      severity,
      code,
      path: pathText(path),
      message: statementText(problem),
      ...(fix.length === 0 ? {} : { help: fixText(problem) }),
      ...(position === undefined
        ? {}
        : { file: position.file, line: position.line, column: position.column }),
    });
  }
}

/**
 * Adds what is new in the catalog to the lock file, before the synthesis reads it.
 *
 * @throws {@link Failure} with `--frozen`, naming what would be added
 */
export function updateLock(loaded: Loaded, folders: Folders, settings: Settings, report: Report): void {
  const { formatLock, lockAdditionsOf } =
    require('../../catalog/environment/lock-text') as typeof import('../../catalog/environment/lock-text');
  const additions = lockAdditionsOf(loaded);
  // A frozen lock may keep the names of the version before: nothing is to be added to it.
  const isFormer = !settings.frozen && isInFormerNames(folders.lockFile);
  if (!additions.changed && !isFormer) return;
  const added = [
    ...Object.keys(additions.lock.stacks).filter((id) => loaded.lock.stacks[id] === undefined),
    ...Object.keys(additions.lock.tunnels).filter((key) => loaded.lock.tunnels[key] === undefined),
  ];
  const file = shownPath(folders.lockFile);
  if (settings.frozen) {
    throw new Failure({
      where: file,
      summary: `would be changed, but it is frozen: ${added.join(', ') || 'what it holds changes'}`,
      fixes: ['run without --frozen and commit it'],
    });
  }
  writeAtomically(folders.lockFile, formatLock(additions.lock));
  report.note('debug', `${file}: ${added.length > 0 ? `added ${added.join(', ')}` : 'written anew'}`);
  report.event({ type: 'lock_updated', file, added, removed: [] });
}

function isInFormerNames(file: string): boolean {
  const { hasFormerNames } =
    require('../../catalog/environment/lock-file') as typeof import('../../catalog/environment/lock-file');
  return existsSync(file) && hasFormerNames(readFileSync(file, 'utf8'));
}

/** Writes to the lock file where the keys of networks were stored. With `--frozen` it writes nothing. */
export function noteStoredKeys(
  { folders, settings, report }: { folders: Folders; settings: Settings; report: Report },
  loaded: Loaded,
  networks: readonly string[],
  folder: string,
): void {
  if (networks.length === 0 || settings.frozen) return;
  const { formatLock, withStoredKeys } =
    require('../../catalog/environment/lock-text') as typeof import('../../catalog/environment/lock-text');
  const { readLock } =
    require('../../catalog/environment/lock-file') as typeof import('../../catalog/environment/lock-file');
  const noted = withStoredKeys(readLock(folders.lockFile), loaded, networks, folder);
  writeAtomically(folders.lockFile, formatLock(noted));
  report.event({ type: 'lock_updated', file: shownPath(folders.lockFile), added: networks, removed: [] });
}

/** Removes destroyed stacks from the lock file. */
export function removeFromLock(
  {
    environment,
    folders,
    report,
  }: {
    readonly environment: string;
    readonly folders: Folders;
    readonly report: Report;
  },
  ids: readonly string[],
): void {
  const { formatLock, withoutStacks } =
    require('../../catalog/environment/lock-text') as typeof import('../../catalog/environment/lock-text');
  const { readLock } =
    require('../../catalog/environment/lock-file') as typeof import('../../catalog/environment/lock-file');
  const lock = readLock(folders.lockFile);
  const removed = ids.filter((id) => lock.stacks[id] !== undefined);
  if (removed.length === 0) return;
  writeAtomically(folders.lockFile, formatLock(withoutStacks(lock, environment, removed)));
  report.event({ type: 'lock_updated', file: shownPath(folders.lockFile), added: [], removed });
}
