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
import { foldersOf } from '../session/folders';
import { holdFolder } from '../session/run-lock';
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

/**
 * Runs one command on one environment: finds Terraform, starts the sandbox with `--sandbox`, waits for a Terraform that a killed
 * run left running, does the work, and releases everything at the end, also after an error.
 */
export async function withSession(
  options: SessionOptions,
  settings: Settings,
  position: string | undefined,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  const target = targetOf(settings, position);
  const folders = foldersOf(target.environment, {
    sandbox: settings.sandbox,
    catalogDirectory: target.settings.catalogDirectory,
  });
  const report = reportOf(settings, options, folders.logs);
  const processes = new Processes();
  const stop = new AbortController();
  const waitsFor: Session['waitsFor'] = { text: () => undefined };
  const endStops = onStop((count) => {
    showStop(report, count, processes.count, waitsFor.text());
    processes.interrupt();
    stop.abort();
  });
  const started = Date.now();
  let exitCode: number = EXIT.failed;
  const closing: (() => unknown)[] = [];
  try {
    report.log.masks.addVariables(process.env);
    const early = terraformVariables(process.env, settings.sandbox).variables;
    const binary = await findTerraform(settings.terraformBin, processes, early);
    closing.unshift(holdFolder(path.join(folders.root, folders.out), target.environment));
    const surroundings = await surroundingsOf(settings.sandbox, report);
    closing.unshift(() => surroundings.close());
    const terraform = `${binary.flavor} ${binary.version}`;
    report.event({
      type: 'run_started',
      command: options.command,
      environment: target.environment,
      simulated: settings.sandbox,
      version: packageVersion(),
      terraform,
    });
    report.note('debug', `${terraform} at ${binary.file}`);
    const session: Session = {
      ...target,
      folders,
      report,
      processes,
      terraform: new Terraform(binary, processes, surroundings.variables, report),
      variables: surroundings.variables,
      vaults: new Vaults(report, stop.signal, surroundings.vault),
      simulated: settings.sandbox,
      simulatedProviders: surroundings.simulated,
      ...(surroundings.simulateVault ? { simulateVault: surroundings.simulateVault } : {}),
      circumstances: { simulated: settings.sandbox, terraform },
      parallelism: settings.parallelism ?? DEFAULT_PARALLELISM,
      stop: stop.signal,
      waitsFor,
    };
    await awaitTerraform(session);
    exitCode = await work(session);
    return exitCode;
  } catch (error) {
    const ending = endingOf(
      processes.interrupted && !(error instanceof Interrupted) ? new Interrupted() : error,
    );
    exitCode = ending.exitCode;
    if (ending.unexpected) report.log.write('error', String(error instanceof Error ? error.stack : error));
    throw processes.interrupted && !(error instanceof Interrupted) ? new Interrupted() : error;
  } finally {
    for (const close of closing) await close();
    report.event({ type: 'run_finished', exit_code: exitCode, seconds: (Date.now() - started) / 1000 });
    endStops();
    report.close();
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
