import { type AttachedProvider, reattachVariable } from '../terraform/plugin/reattach';
import { type PluginServer, servePlugin } from './plugin-server';
import { Faults, readFaults } from './provider/faults';
import { ProviderService } from './provider/service';
import type { ProviderFiles } from './schemas/provider-files';
import { SIMULATED, SIMULATED_TYPES } from './simulated';
import { ObjectLog } from './store/objects';
import type { VaultKind } from './vault/core/core';
import { SandboxVault } from './vault/sandbox-vault';

export interface SandboxServer {
  /** Variables which attach a Terraform child: TF_REATTACH_PROVIDERS, … */
  readonly environment: Readonly<Record<string, string>>;
  /** For display: `hashicorp/vault 5.6.0`. */
  readonly providers: readonly string[];
  /**
   * The simulated Vault over HTTP, on the same store as the simulated provider; it listens from the first call on.
   * The root token is this process's; whatever it makes stays.
   */
  vault(): Promise<{ readonly address: string; readonly rootToken: string }>;
  /** Waits for calls that are under way, stops serving and gives the object log free. */
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** The object log, for example `sandbox.out/objects.jsonl`; made where it is missing. */
  readonly objectsFile: string;
  /** Failures to inject. @default - the file that KAKEHASHI_SANDBOX_FAULTS names, else none */
  readonly faultsFile?: string;
  /**
   * What the simulated Vault provider finds as VAULT_TOKEN, since it does not see the environment of Terraform; empty for
   * none. @default - the root token of the sandbox's own Vault
   */
  readonly vaultToken?: string;
  /** Which server its Vault plays. @default vault, which takes audit devices over its API, as OpenBao does not */
  readonly vaultServer?: VaultKind;
}

function attached(files: ProviderFiles, { address }: PluginServer): Record<string, AttachedProvider> {
  const provider: AttachedProvider = { protocolVersion: 6, listen: address };
  return Object.fromEntries(files.addresses.map((source) => [source, provider]));
}

/** The fault `crash`: no handler runs, as after `kill -9`. */
function crash(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('the process outlived its own SIGKILL');
}

/** A value that is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * Serves the simulated providers to the real Terraform, in this process.
 *
 * While it serves, the event loop must run: a child that is waited for synchronously waits for ever.
 *
 * @throws {@link SandboxError} for a faults file that is wrong, or an object log that another process owns
 */
export async function startSandbox(options: SandboxOptions): Promise<SandboxServer> {
  const faultsFile = options.faultsFile ?? process.env.KAKEHASHI_SANDBOX_FAULTS;
  const isFaulty = faultsFile !== undefined && faultsFile !== '';
  const faults = new Faults(isFaulty ? readFaults(faultsFile, SIMULATED_TYPES) : []);
  const log = ObjectLog.open(options.objectsFile);
  const vault = new SandboxVault(log, options.vaultToken, options.vaultServer);
  const plugins: PluginServer[] = [];
  const stop = async () => {
    await Promise.all(plugins.map((plugin) => plugin.close()));
    await vault.close();
    log.close();
  };
  try {
    const providers: Record<string, AttachedProvider> = {};
    for (const { files, provider } of SIMULATED) {
      const service = once(() => new ProviderService(provider({ log, vault }), faults, crash));
      const plugin = await servePlugin(service);
      plugins.push(plugin);
      Object.assign(providers, attached(files, plugin));
    }
    return {
      environment: { TF_REATTACH_PROVIDERS: reattachVariable(providers) },
      providers: SIMULATED.map(({ files }) => files.title),
      vault: () => vault.serve(),
      close: stop,
    };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
