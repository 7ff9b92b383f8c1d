import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure, UsageError } from '../../../base/errors';
import { shownPath } from '../../../base/files';
import { givenText, writeGiven } from '../../../base/given-file';
import { compareTexts } from '../../../base/text/compare-texts';
import { driftHtml } from './drift-html';
import { driftMarkdown } from './drift-markdown';
import type { DriftReport, EnvironmentDrift } from './report';

/** The largest Markdown of a file: a job's summary takes 1 MiB, and some of it is others'. */
const LARGEST_PAGE = 900_000;

/** What a report can be written as, by the ending of its file. */
const FORMATS: Readonly<Record<string, (report: DriftReport) => string>> = {
  '.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  '.md': ({ environments }) =>
    environments.map((one) => driftMarkdown(one, Math.floor(LARGEST_PAGE / environments.length))).join('\n'),
  '.html': driftHtml,
};

/** @throws {@link UsageError} for a file whose ending says no format */
export function checkFormat(file: string): void {
  if (FORMATS[path.extname(file)] !== undefined) return;
  throw new UsageError(`--out: must end in ${Object.keys(FORMATS).join(', ')}, got ${JSON.stringify(file)}`);
}

export function writeReport(file: string, report: DriftReport): void {
  writeGiven(file, FORMATS[path.extname(file)]?.(report) ?? '');
}

/** Writes each environment's report in all formats: `dev.drift.json`, `dev.drift.md`, `dev.drift.html`. */
export function exportReports(folder: string, { environments }: DriftReport): void {
  for (const one of environments)
    for (const ending of Object.keys(FORMATS))
      writeReport(path.join(folder, `${one.environment}.drift${ending}`), {
        version: 1,
        environments: [one],
      });
}

/**
 * The last reports, by environment: of a file, or of all `*.drift.json` of a folder.
 *
 * @throws {@link Failure} for what is no report
 */
export function readReports(given: string): ReadonlyMap<string, EnvironmentDrift> {
  if (!existsSync(given))
    throw new UsageError({ where: '--previous', summary: `there is no ${JSON.stringify(given)}` });
  const files = statSync(given).isDirectory()
    ? readdirSync(given)
        .filter((name) => name.endsWith('.drift.json'))
        .sort(compareTexts)
        .map((name) => path.join(given, name))
    : [given];
  return new Map(files.flatMap(readReport).map((one) => [one.environment, one]));
}

/** The environments of a report. @throws {@link Failure} */
export function readReport(file: string): readonly EnvironmentDrift[] {
  const { version, environments } = parsed(file);
  const isReport = Array.isArray(environments) && environments.every(isEnvironment);
  if (version === 1 && isReport) return environments;
  throw new Failure({
    where: shownPath(file),
    summary:
      version === 1
        ? 'is no report of kakehashi drift'
        : `must be a report of version 1, got ${version === undefined ? 'no version' : String(version)}`,
    fixes: ['remove it: what drifts is then new'],
  });
}

function parsed(file: string): Partial<DriftReport> {
  const given = givenText(file);
  if ('wrong' in given) throw new Failure({ where: shownPath(file), summary: given.wrong });
  try {
    const value: unknown = JSON.parse(given.text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function isEnvironment(value: unknown): value is EnvironmentDrift {
  if (typeof value !== 'object' || value === null) return false;
  const { environment, stacks, gone } = value as Partial<EnvironmentDrift>;
  const areItems = (list: unknown) =>
    Array.isArray(list) &&
    list.every(
      (one) => one?.stack !== undefined && one.address !== undefined && typeof one.firstSeen === 'string',
    );
  const areStacks = Array.isArray(stacks) && stacks.every((stack) => areItems(stack?.items));
  return typeof environment === 'string' && areStacks && areItems(gone);
}
