import { Failure } from '../../../base/errors';
import { Interrupted } from '../../../base/interrupted';
import { onStop } from '../../../base/signals';
import type { Catalog } from '../../../catalog/environment/catalog';
import type { Vault } from '../../../catalog/kinds/vault/vault';
import type { VaultClient } from '../../../vault/client';
import { type SandboxVault, vaultOfVariables } from '../../../vault/connect';
import type { Report } from '../../report/report';
import { readCatalog, shownDirectory } from '../../session/read-catalog';
import { reportOf, targetOf } from '../../session/session';
import type { Settings } from '../../session/settings';
import { serveSandbox } from '../../session/surroundings';
import { Vaults } from '../../session/vaults';

/** What one command on a Vault has. No log file is kept: nothing that it does is long enough to be looked up. */
export interface VaultRun {
  readonly settings: Settings;
  readonly report: Report;
  readonly client: VaultClient;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** The catalog's section, or what the variables say. */
  readonly vault: Vault;
  /** Absent where only variables name the server. */
  readonly environment?: string;
}

/** The sandbox's own Vault, whose address is found when it starts, where no environment is named: as the controller's. */
const SANDBOX: Vault = {
  ...vaultOfVariables({ VAULT_ADDR: 'http://localhost' }),
  mounts: [{ path: 'secret', version: 1, create: false }],
};

/**
 * Does the work of one command on a Vault: the one of the environment (`--env`, `KAKEHASHI_ENV`), else the one that
 * `VAULT_ADDR` names; with `--sandbox` the simulated one, which this process serves meanwhile.
 *
 * @throws {@link Failure}, {@link UsageError}, {@link Interrupted}: one line each
 */
export async function withVault(
  settings: Settings,
  options: { readonly stdoutTaken?: boolean },
  work: (run: VaultRun) => Promise<number>,
): Promise<number> {
  const report = reportOf(settings, options);
  const stop = new AbortController();
  const endStops = onStop(() => stop.abort());
  const closing: (() => Promise<void>)[] = [];
  try {
    const { vault, environment } = vaultOf(settings, report);
    const sandbox = settings.sandbox ? () => startSandboxVault(closing, vault.server) : undefined;
    const client = await new Vaults(report, stop.signal, sandbox).client(vault);
    const named = environment === undefined ? {} : { environment };
    return await work({ settings, report, client, stop: stop.signal, vault, ...named });
  } catch (error) {
    if (stop.signal.aborted && !(error instanceof Interrupted))
      throw new Interrupted('stopped; what was under way may have been done');
    throw error;
  } finally {
    for (const close of closing) await close();
    endStops();
    report.close();
  }
}

function vaultOf(
  settings: Settings,
  report: Report,
): { readonly vault: Vault; readonly environment?: string } {
  const { environment: named } = settings;
  if (named !== undefined) {
    const { environment, settings: found } = targetOf(settings, undefined);
    const catalog = catalogOf(environment, found, report);
    if (catalog.kinds.vault !== undefined)
      return { vault: catalog.kinds.vault, environment: catalog.environment };
    const another = settings.sandbox
      ? "leave --env out for the sandbox's own Vault"
      : 'leave --env out and set VAULT_ADDR';
    if (named.from === 'flag' || (!settings.sandbox && (process.env.VAULT_ADDR ?? '') === ''))
      throw new Failure(
        `${catalog.file}: it has no section vault; write one with its address, or ${another}`,
      );
  }
  return { vault: settings.sandbox ? SANDBOX : vaultOfVariables(process.env) };
}

/** What is doubtful in a catalog is for `validate` to say; here only what makes it unusable is shown. */
function catalogOf(environment: string, settings: Settings, report: Report): Catalog {
  const { loadEnvironment } = require('../../../catalog/load') as typeof import('../../../catalog/load');
  const { CatalogError } =
    require('../../../catalog/ground/catalog-error') as typeof import('../../../catalog/ground/catalog-error');
  try {
    return loadEnvironment({ directory: shownDirectory(settings), environment, lenient: true }).catalog;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return readCatalog(environment, settings, report, { lenient: true }).catalog;
  }
}

async function startSandboxVault(
  closing: (() => Promise<void>)[],
  kind: Vault['server'],
): Promise<SandboxVault> {
  const server = await serveSandbox();
  server.simulateVault(kind);
  closing.push(() => server.close());
  return server.vault();
}
