import { Failure } from '../../base/errors';
import { switchValue } from '../../base/switch-variable';
import { terraformVariables } from '../../terraform/variables';
import type { SandboxVault } from '../../vault/connect';
import type { Report } from '../report/report';
import { sandboxFiles } from './folders';

/** The variable with the token of the sandbox's Vault with which Terraform's provider works, too, as it does with `VAULT_TOKEN` of a real one. */
const SANDBOX_TOKEN = 'KAKEHASHI_SANDBOX_VAULT_TOKEN';

/** The variables of a run's child processes, and the servers behind them. */
export interface Surroundings {
  readonly variables: NodeJS.ProcessEnv;
  /** The simulated providers with their versions; empty in a real run. */
  readonly simulated: readonly string[];
  /** Starts the sandbox's Vault. Undefined in a real run. */
  readonly vault?: () => Promise<SandboxVault>;
  /** Chooses which server the sandbox's Vault is. Undefined in a real run. */
  readonly simulateVault?: (server: 'vault' | 'openbao') => void;
  close(): Promise<void>;
}

/** Prepares the real providers with the user's credentials, or in the sandbox the simulated ones, served by this process. */
export async function surroundingsOf(sandbox: boolean, report: Report): Promise<Surroundings> {
  if (!sandbox) {
    const { variables, dropped } = terraformVariables(process.env, false);
    delete variables.KAKEHASHI_SANDBOX;
    noteDropped(dropped, report);
    return { variables, simulated: [], close: async () => undefined };
  }
  if (
    switchValue(process.env.KAKEHASHI_SANDBOX) === true &&
    (process.env.TF_REATTACH_PROVIDERS ?? '') !== ''
  ) {
    const { variables, dropped } = terraformVariables(process.env, true);
    noteDropped(dropped, report);
    return {
      variables,
      simulated: ['providers of the surrounding sandbox'],
      vault: async () => {
        throw new Failure(
          "the surrounding sandbox's Vault can't be reached from here: use --sandbox without it",
        );
      },
      close: async () => undefined,
    };
  }
  const server = await serveSandbox();
  const { sandboxEnvironment } =
    require('../../sandbox/variables') as typeof import('../../sandbox/variables');
  const { variables, dropped } = terraformVariables(sandboxEnvironment(process.env, server), true);
  noteDropped(dropped, report);
  // Terraform starts no plugin here, so its small heap can be collected less often, which makes it a tenth faster.
  return {
    variables: { GOGC: '400', ...variables },
    simulated: server.providers,
    vault: () => server.vault(),
    simulateVault: (kind) => server.simulateVault(kind),
    close: () => server.close(),
  };
}

/** Starts the simulated providers in this process. @throws {@link Failure} when another process holds their objects */
export async function serveSandbox() {
  const { startSandbox } = require('../../sandbox/server') as typeof import('../../sandbox/server');
  const { SandboxError } =
    require('../../sandbox/store/sandbox-error') as typeof import('../../sandbox/store/sandbox-error');
  try {
    const { [SANDBOX_TOKEN]: vaultToken = '' } = process.env;
    return await startSandbox({ ...sandboxFiles(), ...(vaultToken === '' ? {} : { vaultToken }) });
  } catch (error) {
    if (error instanceof SandboxError) throw new Failure(error.message);
    throw error;
  }
}

function noteDropped(dropped: readonly string[], report: Report): void {
  for (const name of dropped) report.note('debug', `not passed on to terraform: ${name}`);
}
