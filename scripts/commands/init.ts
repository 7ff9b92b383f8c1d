import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT, Failure, UsageError } from '../../base/errors';
import { canAsk } from '../../base/hidden-prompt';
import { readGiven, resolveAnswers } from '../../scaffold/answers';
import { catalogPath, projectFiles } from '../../scaffold/project';
import { CI_SYSTEMS, type CiSystem, type InitRecord } from '../../scaffold/record';
import { type Answers, SET_KEY_NAMES, SET_KEYS, type SetKeyName } from '../../scaffold/set-keys';
import type { Report } from '../report/report';
import { askAnswers } from '../run/init/ask';
import { checkCatalog } from '../run/init/check-catalog';
import { packageNeeds } from '../run/init/package-needs';
import { showDecisions, showNextSteps } from '../run/init/show';
import { type Surroundings, surroundingsOf } from '../run/init/surroundings';
import { type Taken, takenFiles } from '../run/init/taken-files';
import { decideAll, lastRecord, writeAll } from '../run/init/write-files';
import { reportOf } from '../session/session';
import type { Settings } from '../session/settings';

/** The options of `kakehashi init`. */
export interface InitOptions {
  readonly from?: string;
  /** `key=value` texts. */
  readonly set: readonly string[];
  readonly ci?: string;
  readonly cdktn: boolean;
  readonly run: boolean;
  readonly dryRun: boolean;
}

/**
 * `kakehashi init`: begins a project in the folder where it is called, or brings what an earlier one wrote up to date, and
 * builds its environment in the sandbox. Files that somebody else wrote or edited stay as they are.
 */
export async function init(settings: Settings, options: InitOptions): Promise<number> {
  // A project above this folder is another one.
  process.chdir(settings.calledIn);
  const folder = process.cwd();
  const report = reportOf(settings);
  const around = surroundingsOf(folder);
  const record = lastRecord(folder);
  const ci = ciOf(options.ci, record, around);
  const taken = options.from === undefined ? undefined : takenFiles(options.from, settings, report);
  const given = givenAnswers(options.set, record, taken);
  const isTaken = taken !== undefined || (record?.taken === true && isOfRecord(given, record));
  const asked = await askedAnswers(settings, given, record, isTaken);
  const { answers, problems, missing } = resolveAnswers(asked, { taken: isTaken, examples: settings.yes });
  if (problems.length > 0) throw new UsageError(problems.join('\nkakehashi: '));
  if (missing.length > 0) throw new UsageError(missingText(missing));

  const environment = answers.environment ?? '';
  const cdktn = options.cdktn || record?.cdktn === true;
  const needs = packageNeeds(folder, answers, cdktn);
  const first = record?.answers.environment ?? environment;
  const { catalogSchema } = require('../../catalog/out/schema') as typeof import('../../catalog/out/schema');
  const files = projectFiles({
    answers,
    environment: first,
    catalog: taken?.files ?? (isTaken ? 'kept' : 'new'),
    schema: catalogSchema(),
    package: needs,
    ...(ci === undefined ? {} : { ci }),
  });
  const decisions = decideAll(folder, files, record);
  const catalog = decisions.find(({ file }) => file.path === catalogPath(environment));
  if (catalog !== undefined && (catalog.fate === 'new' || catalog.fate === 'updated'))
    checkCatalog(
      { ...catalog.file, environment },
      { answers: asked, shown: taken !== undefined },
      settings,
      report,
    );

  const willWrite = decisions.some(({ fate }) => fate === 'new' || fate === 'updated');
  if (!options.dryRun)
    await writeAll(
      folder,
      decisions,
      {
        answers: remembered(answers, asked, record),
        cdktn,
        taken: isTaken,
        ...(ci === undefined ? {} : { ci }),
      },
      record,
    );
  showDecisions(report, decisions, {
    dryRun: options.dryRun,
    around,
    needs: { ...needs, environment: first },
  });
  if (options.dryRun) return willWrite ? EXIT.changes : EXIT.done;
  const code = options.run ? await runOnce(settings, environment, report) : EXIT.done;
  showNextSteps(report, { folder, environment, around, answers, ci, decisions });
  return code;
}

/** The system whose pipelines are written. @throws {@link UsageError}, {@link Failure} where they would have no effect */
function ciOf(
  given: string | undefined,
  record: InitRecord | undefined,
  around: Surroundings,
): CiSystem | undefined {
  if (given === undefined) return record?.ci;
  const ci = CI_SYSTEMS.find((known) => known === given);
  if (ci === undefined) throw new UsageError(`--ci: must be ${CI_SYSTEMS.join(' or ')}, got "${given}"`);
  const { repository } = around;
  if (repository !== undefined && repository !== process.cwd())
    throw new Failure({
      summary: `--ci ${ci}: pipelines are read from the root of the Git repository alone, which is ${path.relative(process.cwd(), repository)}`,
      fixes: [
        'run init there, or leave --ci out and write a pipeline of your own that changes into this folder',
      ],
    });
  return ci;
}

/** What `--set` says, above what the last run was told. @throws {@link UsageError} for a key that there is not */
function givenAnswers(
  set: readonly string[],
  record: InitRecord | undefined,
  taken: Taken | undefined,
): Answers {
  const { answers, problems } = readGiven(set);
  const { environment: named, has } = taken ?? {};
  const more = [
    ...(named !== undefined && answers.environment !== undefined && answers.environment !== named
      ? [
          `--set environment: must be "${named}", as the catalog itself says, got "${answers.environment}"; remove it`,
        ]
      : []),
    ...(has?.site ? givenOf(answers, ['controller', 'public_ip', 'subnets', 'asn'], 'site') : []),
    ...(has?.backend ? givenOf(answers, ['state_bucket', 'state_account'], 'backend') : []),
  ];
  if (problems.length + more.length > 0) {
    const values = resolveAnswers(answers, { taken: taken !== undefined, examples: true }).problems;
    throw new UsageError([...problems, ...more, ...values].join('\nkakehashi: '));
  }
  const before = record?.answers ?? {};
  return { ...before, ...(named === undefined ? {} : { environment: named }), ...answers };
}

function givenOf(answers: Answers, names: readonly SetKeyName[], section: string): readonly string[] {
  return names
    .filter((name) => answers[name] !== undefined)
    .map(
      (name) => `--set ${name}: the catalog of --from has a section ${section} of its own; change it there`,
    );
}

function isOfRecord({ environment }: Answers, record: InitRecord): boolean {
  return environment === undefined || environment === record.answers.environment;
}

/** The given answers, and those that are asked for now: on a terminal, the first time. */
async function askedAnswers(
  settings: Settings,
  given: Answers,
  record: InitRecord | undefined,
  taken: boolean,
): Promise<Answers> {
  if (record !== undefined || settings.yes || settings.json || !canAsk()) return given;
  // What is given is checked before the first question.
  const { problems } = resolveAnswers(given, { taken, examples: true });
  if (problems.length > 0) throw new UsageError(problems.join('\nkakehashi: '));
  return askAnswers(given, taken);
}

/**
 * What the next run is told: what was given or asked for, and what the rest follows from. The first environment stays that of the
 * project.
 */
function remembered(answers: Answers, asked: Answers, record: InitRecord | undefined): Answers {
  if (record !== undefined && asked.environment !== record.answers.environment) return record.answers;
  const isKept = (name: SetKeyName): boolean =>
    asked[name] !== undefined || SET_KEYS[name].needed === true || ['environment', 'provider'].includes(name);
  return Object.fromEntries(SET_KEY_NAMES.filter(isKept).map((name) => [name, answers[name]]));
}

function missingText(missing: readonly SetKeyName[]): string {
  const lines = missing.map((name) => `  --set ${name}=…   ${SET_KEYS[name].description}`);
  return `init: there is no terminal to ask on; say:\n${lines.join('\n')}\n  or --yes for examples in their place, for a first try`;
}

/** Builds the environment once with simulated clouds, which ends with its entries. */
async function runOnce(settings: Settings, environment: string, report: Report): Promise<number> {
  report.say();
  const { apply } = require('./apply') as typeof import('./apply');
  const catalogDirectory = path.resolve('catalog');
  if (!existsSync(path.join(catalogDirectory, path.basename(catalogPath(environment))))) {
    report.say(`run       left out: ${catalogPath(environment)} is not there`);
    return EXIT.done;
  }
  return apply({ ...settings, catalogDirectory, sandbox: true, yes: true, stacks: [] }, [environment], {
    all: false,
    requireReview: false,
  });
}
