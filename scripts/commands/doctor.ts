import { EXIT, Failure } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import type { Loaded } from '../../catalog/environment/catalog';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { CATALOG_CHECK } from '../doctor/catalog-check';
import { type Check, calledFor, type Examination, findingsOf } from '../doctor/check';
import type { Finding } from '../doctor/finding';
import { showFindings } from '../doctor/show-findings';
import { TERRAFORM_CHECK } from '../doctor/terraform-check';
import { VAULT_CHECK } from '../doctor/vault-check';
import type { Report } from '../report/report';
import { loadCatalog } from '../session/read-catalog';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';
import { surroundingsOf } from '../session/surroundings';
import { Vaults } from '../session/vaults';

/** The checks in the order of the screen: those that others depend on come first. */
const CHECKS: readonly Check[] = [TERRAFORM_CHECK, CATALOG_CHECK, VAULT_CHECK];

/**
 * `kakehashi doctor`: checks everything that an apply will need, and shows a line for each, with what to do where it fails.
 * It changes nothing, and a failed check does not end it.
 */
export async function doctor(settings: Settings, position: string | undefined): Promise<number> {
  const target = targetOf(settings, position);
  const report = reportOf(settings);
  const processes = new Processes();
  const stop = new AbortController();
  const closing: (() => Promise<void>)[] = [];
  const endStops = onStop(() => {
    processes.interrupt();
    stop.abort();
  });
  try {
    report.log.masks.addVariables(process.env);
    const catalog = catalogOf(target.environment, target.settings);
    report.say(`Kakehashi: ${target.environment}${settings.sandbox ? ', in the sandbox' : ''}.\n`);
    const sandbox = settings.sandbox ? () => sandboxVault(report, closing) : undefined;
    return await examine({
      ...target,
      report,
      processes,
      catalog,
      vaults: new Vaults(report, stop.signal, sandbox),
      stop: stop.signal,
      variables: process.env,
    });
  } catch (error) {
    throw stop.signal.aborted && !(error instanceof Interrupted) ? new Interrupted() : error;
  } finally {
    for (const close of closing) await close();
    endStops();
    report.close();
  }
}

async function examine(examination: Examination): Promise<number> {
  const { report, stop } = examination;
  const all: Finding[] = [];
  for (const check of CHECKS) {
    const findings = await findingsOf(check, examination);
    if (stop.aborted) throw new Interrupted();
    showFindings(report, check.name, findings, (command) => calledFor(examination, command));
    all.push(...findings);
  }
  const failed = all.filter(({ verdict }) => verdict === 'failed').length;
  report.say(failed === 0 ? '\nno check failed' : `\n${failed} of ${all.length} checks failed`);
  return failed === 0 ? EXIT.done : EXIT.failed;
}

/** An invalid catalog becomes a finding; a missing one is a wrong argument. */
function catalogOf(environment: string, settings: Settings): Loaded | CatalogError {
  try {
    return loadCatalog(environment, settings, { lenient: true });
  } catch (error) {
    if (error instanceof CatalogError) return error;
    throw error;
  }
}

async function sandboxVault(report: Report, closing: (() => Promise<void>)[]) {
  const surroundings = await surroundingsOf(true, report);
  closing.push(() => surroundings.close());
  if (surroundings.vault === undefined) throw new Failure('the sandbox serves no Vault');
  return surroundings.vault();
}
