import path from 'node:path';
import { EXIT } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import { findTerraform } from '../../terraform/binary';
import { Terraform } from '../../terraform/terraform';
import { terraformVariables } from '../../terraform/variables';
import type { Report } from '../report/report';
import { endingOf } from '../session/ending';
import { type Folders, foldersOf } from '../session/folders';
import { loadCatalog, readCatalog, type ShownProblems } from '../session/read-catalog';
import { HeldFolders } from '../session/run-lock';
import { reportOf, type Session, targetOf } from '../session/session';
import { packageVersion, type Settings } from '../session/settings';
import { surroundingsOf } from '../session/surroundings';
import { Vaults } from '../session/vaults';
import { awaitTerraform } from './await-terraform';

/**
 * The default number of stacks in work at once. Most of the time is spent waiting, so it does not depend on the number of
 * processors: plan and apply of 20 networks in the sandbox took 12.3 s with 4 and 13.8 s with 2 on two busy processors. More
 * would cost memory, since each Terraform starts its own provider.
 */
const DEFAULT_PARALLELISM = 4;

export interface SessionOptions {
  readonly command: string;
  /** Whether stdout is for a document. @default false */
  readonly stdoutTaken?: boolean;
}

/** One environment of a run. */
export interface EnvironmentRun {
  readonly environment: string;
  readonly settings: Settings;
  readonly report: Report;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** Its session. @throws what is in its way: another run that works on it, or a Terraform that can't be followed */
  readonly session: () => Session;
  /** Notes how its part of the run ended, where that is not how the whole run ends. */
  readonly end: (exitCode: number) => void;
}

/** Runs one command on one environment. */
export function withSession(
  options: SessionOptions,
  settings: Settings,
  position: string | undefined,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  return withSessions(options, settings, [position], ([run]) => work((run as EnvironmentRun).session()));
}

/**
 * Runs one command on some environments: finds Terraform, starts the sandbox with `--sandbox`, waits for each Terraform that a
 * killed run left running, does the work, and releases everything at the end, also after an error.
 *
 * @param positions - the environments, by name or path; undefined for that of `--env` or `KAKEHASHI_ENV`
 */
export async function withSessions(
  options: SessionOptions,
  settings: Settings,
  positions: readonly (string | undefined)[],
  work: (runs: readonly EnvironmentRun[], report: Report) => Promise<number>,
): Promise<number> {
  const report = reportOf(settings, options);
  const processes = new Processes();
  const stop = new AbortController();
  const runs = positions.map((position) => new OpenedRun(settings, position, report, stop.signal));
  const waitsFor: Session['waitsFor'] = { text: () => undefined };
  const endStops = onStop((count) => {
    showStop(runs[0]?.report ?? report, count, processes.count, waitsFor.text());
    processes.interrupt();
    stop.abort();
  });
  const started = Date.now();
  let exitCode: number = EXIT.failed;
  const closing: (() => unknown)[] = [];
  try {
    const early = terraformVariables(process.env, settings.sandbox).variables;
    const binary = await findTerraform(settings.terraformBin, processes, early);
    const held = new HeldFolders();
    const environments = runs.map(({ environment }) => environment);
    const shown = { problems: new Set<string>(), environments: runs.length > 1 ? environments : [] };
    for (const run of runs) {
      await run.attempt(() => {
        refuseBroken(run, shown);
        closing.unshift(held.hold(path.join(run.folders.root, run.folders.out), run.environment));
      });
    }
    // Where nothing can be done, the sandbox is not started.
    if (runs.every((run) => run.isFailed)) runs[0]?.session();
    const surroundings = await surroundingsOf(settings.sandbox, report);
    closing.unshift(() => surroundings.close());
    const terraform = `${binary.flavor} ${binary.version}`;
    report.note('debug', `${terraform} at ${binary.file}`);
    const vaults = new Vaults(report, stop.signal, surroundings.vault);
    for (const run of runs) {
      await run.attempt(async () => {
        run.report.event({
          type: 'run_started',
          command: options.command,
          environment: run.environment,
          simulated: settings.sandbox,
          version: packageVersion(),
          terraform,
        });
        const session: Session = {
          environment: run.environment,
          settings: run.settings,
          folders: run.folders,
          report: run.report,
          processes,
          terraform: new Terraform(binary, processes, surroundings.variables, run.report),
          variables: surroundings.variables,
          vaults,
          held,
          simulated: settings.sandbox,
          simulatedProviders: surroundings.simulated,
          ...(surroundings.simulateVault ? { simulateVault: surroundings.simulateVault } : {}),
          circumstances: { simulated: settings.sandbox, terraform },
          parallelism: settings.parallelism ?? DEFAULT_PARALLELISM,
          stop: stop.signal,
          waitsFor,
        };
        await awaitTerraform(session);
        run.open(session);
      });
    }
    exitCode = await work(runs, report);
    return exitCode;
  } catch (error) {
    const ending = endingOf(
      processes.interrupted && !(error instanceof Interrupted) ? new Interrupted() : error,
    );
    exitCode = ending.exitCode;
    if (ending.unexpected)
      runs[0]?.report.log.write('error', String(error instanceof Error ? error.stack : error));
    throw processes.interrupted && !(error instanceof Interrupted) ? new Interrupted() : error;
  } finally {
    for (const close of closing) await close();
    for (const run of runs) run.finish(exitCode, (Date.now() - started) / 1000);
    endStops();
    report.close();
  }
}

/** An environment while its session is being made: what is in its way is kept until somebody asks for the session. */
class OpenedRun implements EnvironmentRun {
  readonly environment: string;
  readonly settings: Settings;
  readonly folders: Folders;
  readonly report: Report;
  private opened: Session | undefined;
  private obstacle: { readonly error: unknown } | undefined;
  private exitCode: number | undefined;

  constructor(
    settings: Settings,
    position: string | undefined,
    report: Report,
    readonly stop: AbortSignal,
  ) {
    const target = targetOf(settings, position);
    this.environment = target.environment;
    this.settings = target.settings;
    const { catalogDirectory } = target.settings;
    this.folders = foldersOf(target.environment, { sandbox: settings.sandbox, catalogDirectory });
    this.report = report.of(target.environment, this.folders.logs);
  }

  get isFailed(): boolean {
    return this.obstacle !== undefined;
  }

  /** Does a step towards the session, unless an earlier one failed. @throws Interrupted */
  async attempt(step: () => unknown): Promise<void> {
    if (this.isFailed) return;
    try {
      await step();
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      this.obstacle = { error };
    }
  }

  open(session: Session): void {
    this.opened = session;
  }

  session(): Session {
    if (this.obstacle !== undefined) throw this.obstacle.error;
    if (this.opened === undefined) throw new Error(`${this.environment}: it has no session yet`);
    return this.opened;
  }

  end(exitCode: number): void {
    this.exitCode = exitCode;
  }

  finish(exitCode: number, seconds: number): void {
    this.report.event({ type: 'run_finished', exit_code: this.exitCode ?? exitCode, seconds });
    this.report.close();
  }
}

/** Refuses a catalog that can't be used before any folder is made for it: its name, or that of an entry, may be wrong. */
function refuseBroken({ environment, settings, report }: OpenedRun, shown: ShownProblems): void {
  const { CatalogError } =
    require('../../catalog/ground/catalog-error') as typeof import('../../catalog/ground/catalog-error');
  try {
    loadCatalog(environment, settings, { lenient: true });
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    readCatalog(environment, settings, report, { lenient: true, shown });
  }
}

function showStop(report: Report, count: number, running: number, waitsFor: string | undefined): void {
  if (running === 0) return;
  if (count > 1) report.note('warn', 'interrupting again: terraform may lose track of what it is creating');
  else
    report.note(
      'warn',
      `interrupting: waiting for terraform to finish${waitsFor === undefined ? '' : ` ${waitsFor}`}. A second Ctrl-C may lose track of it.`,
    );
}
