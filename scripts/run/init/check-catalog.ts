import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure, UsageError } from '../../../base/errors';
import { makeFolder } from '../../../base/make-folder';
import { pathText } from '../../../catalog/ground/path';
import type { Problem } from '../../../catalog/ground/problem';
import { fixText, statementText } from '../../../catalog/ground/problem-text';
import { type Answers, keyOfPath } from '../../../scaffold/set-keys';
import type { Report } from '../../report/report';
import { loadCatalog, showProblems } from '../../session/read-catalog';
import type { Settings } from '../../session/settings';

/**
 * Checks a catalog before it is written, by all rules and beside the catalogs that the project has: in a copy of their folder,
 * so that a catalog with errors is never in the project.
 *
 * @param from - the values of which it is made: a problem with one of them is said of `--set`; and whether its warnings were shown
 * @throws {@link UsageError} for such a problem; {@link Failure} without a text for any other, after it was shown
 */
export function checkCatalog(
  file: { readonly path: string; readonly text: string; readonly environment: string },
  from: { readonly answers: Answers; readonly shown: boolean },
  settings: Settings,
  report: Report,
): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-init-'));
  const before = process.cwd();
  try {
    copyCatalogs(path.join(before, 'catalog'), path.join(folder, 'catalog'));
    writeFileSync(path.join(folder, file.path), file.text);
    process.chdir(folder);
    const inFolder = { ...settings, catalogDirectory: path.join(process.cwd(), 'catalog') };
    const problems = problemsOf(inFolder, file.environment);
    const errors = problems.filter(({ severity }) => severity === 'error');
    const ofAnswers = errors.flatMap((problem) => lineOf(problem, from.answers));
    if (errors.length > 0 && ofAnswers.length === errors.length)
      throw new UsageError([...new Set(ofAnswers)].join('\nkakehashi: '));
    if (errors.length > 0 || !from.shown) showProblems(problems, settings, report);
    if (errors.length > 0) throw new Failure('');
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyCatalogs(from: string, to: string): void {
  makeFolder(to);
  if (!existsSync(from)) return;
  for (const name of readdirSync(from))
    if (name.endsWith('.yml')) cpSync(path.join(from, name), path.join(to, name), { dereference: true });
}

function problemsOf(settings: Settings, environment: string): readonly Problem[] {
  const { CatalogError } =
    require('../../../catalog/ground/catalog-error') as typeof import('../../../catalog/ground/catalog-error');
  try {
    return loadCatalog(environment, settings, { lenient: true }).problems;
  } catch (error) {
    if (error instanceof CatalogError) return error.problems;
    throw error;
  }
}

/** `--set network: must not overlap …`; nothing for a problem that is of no answer. */
function lineOf(problem: Problem, answers: Answers): readonly string[] {
  const key = keyOfPath(pathText(problem.where.path));
  if (key === undefined || answers[key] === undefined) return [];
  const fix = fixText(problem);
  return [`--set ${key}: ${statementText(problem)}${fix === '' ? '' : `; ${fix}`}`];
}
