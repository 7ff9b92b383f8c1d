import { EXIT, UsageError } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import type { Loaded } from '../../catalog/environment/catalog';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { terraformVariables } from '../../terraform/variables';
import { BACKEND_CHECK } from '../doctor/backend-check';
import { CATALOG_CHECK } from '../doctor/catalog-check';
import { type Check, calledFor, type Examination, findingsOf } from '../doctor/check';
import { CLOCK_CHECK } from '../doctor/clock-check';
import { DAEMONS_CHECK } from '../doctor/daemons-check';
import { DISK_CHECK } from '../doctor/disk-check';
import { KINDS_CHECK } from '../doctor/kinds-check';
import { OUTSIDE_CHECK } from '../doctor/outside-check';
import { PROVIDERS_CHECK } from '../doctor/providers-check';
import { sandboxVault } from '../doctor/sandbox-vault';
import { showFindings } from '../doctor/show-findings';
import { SYNTH_CHECK } from '../doctor/synth-check';
import { TERRAFORM_CHECK } from '../doctor/terraform-check';
import { type TerraformVariablesOf, variablesForTerraform } from '../doctor/terraform-variables';
import { Trial } from '../doctor/trial';
import { VAULT_CHECK } from '../doctor/vault-check';
import { ServerTimes } from '../kinds/server-times';
import type { Finding } from '../report/finding';
import { loadCatalog } from '../session/read-catalog';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';
import { Vaults } from '../session/vaults';
import { namedEnvironments } from './environments';

/** The checks in the order of the screen: those that others depend on come first. */
const CHECKS: readonly Check[] = [
  TERRAFORM_CHECK,
  CATALOG_CHECK,
  VAULT_CHECK,
  KINDS_CHECK,
  SYNTH_CHECK,
  BACKEND_CHECK,
  PROVIDERS_CHECK,
  CLOCK_CHECK,
  DAEMONS_CHECK,
  OUTSIDE_CHECK,
  DISK_CHECK,
];

/**
 * `kakehashi doctor`: checks everything that an apply will need, and shows a line for each, with what to do where it fails.
 * It changes nothing, and a failed check does not end it.
 */
export async function doctor(
  settings: Settings,
  names: readonly string[],
  { all, outsideAddress }: { readonly all: boolean; readonly outsideAddress?: string },
): Promise<number> {
  refuseBadAddress(outsideAddress);
  const codes: number[] = [];
  for (const name of namedEnvironments(settings, names, all)) {
    if (codes.length > 0 && !settings.json) process.stdout.write('\n');
    codes.push(await examineOne(settings, name, outsideAddress));
  }
  return Math.max(...codes);
}

function refuseBadAddress(address: string | undefined): void {
  if (address === undefined || /^https?:\/\/[^\s@]+$/.test(address)) return;
  throw new UsageError(
    `--outside-address: must be a URL like https://…, without credentials, got "${address}"`,
  );
}

async function examineOne(
  settings: Settings,
  position: string | undefined,
  outsideAddress: string | undefined,
): Promise<number> {
  const target = targetOf(settings, position);
  const report = reportOf(settings).of(target.environment);
  const processes = new Processes();
  const stop = new AbortController();
  const closing: (() => Promise<void>)[] = [];
  const endStops = onStop(() => {
    processes.interrupt();
    stop.abort();
  });
  try {
    const catalog = catalogOf(target.environment, target.settings);
    report.say(`Kakehashi: ${target.environment}${settings.sandbox ? ', in the sandbox' : ''}.\n`);
    const sandbox = settings.sandbox ? () => sandboxVault(report, closing) : undefined;
    const { variables } = terraformVariables(process.env, settings.sandbox);
    const trial = new Trial({ ...target, processes, variables });
    closing.push(async () => trial.close());
    const common = {
      ...target,
      report,
      processes,
      catalog,
      vaults: new Vaults(report, stop.signal, sandbox),
      stop: stop.signal,
      variables: process.env,
      ...(outsideAddress === undefined ? {} : { outsideAddress }),
    };
    let asked: Promise<TerraformVariablesOf> | undefined;
    return await examine({
      ...common,
      binary: { value: undefined },
      terraform: () => {
        asked ??= variablesForTerraform(common);
        return asked;
      },
      trial,
      times: new ServerTimes(),
      downloads: [],
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
