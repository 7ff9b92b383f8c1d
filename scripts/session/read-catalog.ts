import { Failure, UsageError } from '../../base/errors';
import { shownPath } from '../../base/files';
import type { Loaded } from '../../catalog/environment/catalog';
import type { FolderReadings } from '../../catalog/environment/neighbours';
import { pathText } from '../../catalog/ground/path';
import type { Problem } from '../../catalog/ground/problem';
import { fixText, statementText } from '../../catalog/ground/problem-text';
import type { LoadOptions } from '../../catalog/load';
import type { Report } from '../report/report';
import { sandboxLockFile } from './folders';
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

/** How the errors count that hold only if something was applied; and what was read of the folder already. */
export type Lookup = Pick<LoadOptions, 'lenient' | 'readings' | 'unapplied'>;

/** For a command that reads several environments and changes no file of theirs. */
export function newReadings(): FolderReadings {
  const { FolderReadings } =
    require('../../catalog/environment/neighbours') as typeof import('../../catalog/environment/neighbours');
  return new FolderReadings();
}

/**
 * Reads and checks an environment's catalog. It prints nothing.
 *
 * @param environment - its name, or the path of a file
 * @throws CatalogError with all its problems; {@link UsageError} where there is no such environment
 */
export function loadCatalog(environment: string, settings: Settings, lookup: Lookup = {}): Loaded {
  const { loadEnvironment } = require('../../catalog/load') as typeof import('../../catalog/load');
  const { CatalogError } =
    require('../../catalog/ground/catalog-error') as typeof import('../../catalog/ground/catalog-error');
  try {
    return loadEnvironment({
      directory: shownDirectory(settings),
      environment,
      ...lookup,
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
  { shown, ...lookup }: Lookup & { readonly shown?: ShownProblems | undefined } = {},
): Loaded {
  const { CatalogError } =
    require('../../catalog/ground/catalog-error') as typeof import('../../catalog/ground/catalog-error');
  try {
    const loaded = loadCatalog(environment, settings, lookup);
    showProblems(notShown(loaded.problems, shown), settings, report);
    return loaded;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    const problems = notShown(error.problems, shown);
    showProblems(problems, settings, report);
    throw new Failure(problems.length === 0 ? `${environment}: not valid; its problems are shown above` : '');
  }
}

/** The problems that were not shown yet in this run; they count as shown from now on. */
export function notShown(problems: readonly Problem[], shown: ShownProblems | undefined): readonly Problem[] {
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
    ...(screen.wraps ? { width: screen.width } : {}),
  };
  report.show(`${formatProblems(problems, options).trimEnd()}\n`);
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
