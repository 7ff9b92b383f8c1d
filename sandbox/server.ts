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
  /** The environment variables that attach Terraform to the simulated providers. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names and versions of the simulated providers, such as `hashicorp/vault 5.6.0`. */
  readonly providers: readonly string[];
  /**
   * The simulated Vault over HTTP, on the same store as the simulated provider. It listens from the first call on.
   * The root token is valid until this process ends; what is created with it stays in the store.
   */
  vault(): Promise<{ readonly address: string; readonly rootToken: string }>;
  /** Chooses which server its Vault is, before it is used: what a catalog says it has. */
  simulateVault(kind: VaultKind): void;
  /** Waits for calls that are under way, stops serving and releases the object log. */
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** The object log, for example `sandbox.out/objects.jsonl`. It is created if it does not exist. */
  readonly objectsFile: string;
  /** A file with faults to inject. @default - the file that KAKEHASHI_SANDBOX_FAULTS names, if any */
  readonly faultsFile?: string;
  /**
   * The value that the simulated Vault provider takes for VAULT_TOKEN, since it does not see Terraform's environment. An empty
   * text stands for none. @default - the root token of the sandbox's Vault
   */
  readonly vaultToken?: string;
  /** The server that is simulated. @default vault, since OpenBao does not enable audit devices through its API */
  readonly vaultServer?: VaultKind;
}

function attached(files: ProviderFiles, { address }: PluginServer): Record<string, AttachedProvider> {
  const provider: AttachedProvider = { protocolVersion: 6, listen: address };
  return Object.fromEntries(files.addresses.map((source) => [source, provider]));
}

/** Ends this process for the fault `crash`: like `kill -9`, no handler runs. */
function crash(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('the process outlived its own SIGKILL');
}

/** A function that computes its value at the first call and returns it at every call. */
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
 * The event loop must keep running: a caller that waits for Terraform synchronously blocks both for ever.
 *
 * @throws {@link SandboxError} for an invalid faults file, or an object log that another process owns
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
      simulateVault: (kind) => vault.simulate(kind),
      close: stop,
    };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
