import type { SimulatedProvider } from '../provider/simulated-provider';
import type { ObjectLog } from '../store/objects';
import type { VaultKind } from './core/core';
import type { VaultServer } from './http/server';
import type { Vault } from './vault';

/** The address and the root token of the sandbox's Vault. */
export interface ServedVault {
  readonly address: string;
  readonly rootToken: string;
}

/**
 * The Vault of a sandbox, whose HTTP server and simulated provider share one store.
 *
 * It is created, and its modules are loaded, when it is first used, so that a run without Vault costs nothing.
 */
export class SandboxVault {
  private made: { readonly vault: Vault; readonly rootToken: string } | undefined;
  private server: Promise<VaultServer> | undefined;

  /** @param providerToken the value of VAULT_TOKEN for the provider. @default - the root token */
  constructor(
    private readonly log: ObjectLog,
    private readonly providerToken: string | undefined,
    private kind: VaultKind = 'vault',
  ) {}

  /** Chooses the server that is simulated; what is in use already stays as it is. */
  simulate(kind: VaultKind): void {
    if (this.made === undefined) this.kind = kind;
  }

  provider(): SimulatedProvider {
    const { vaultProvider } = require('./provider/provider') as typeof import('./provider/provider');
    const { vault, rootToken } = this.vault();
    return vaultProvider(vault, this.providerToken ?? rootToken);
  }

  /** Starts the HTTP server at the first call. */
  async serve(): Promise<ServedVault> {
    const { serveVault } = require('./http/server') as typeof import('./http/server');
    const { vault, rootToken } = this.vault();
    this.server ??= serveVault(vault, { host: '127.0.0.1', port: 0 });
    return { address: (await this.server).address, rootToken };
  }

  async close(): Promise<void> {
    await (await this.server?.catch(() => undefined))?.close();
  }

  private vault(): { readonly vault: Vault; readonly rootToken: string } {
    if (this.made === undefined) {
      const { Vault: Simulated } = require('./vault') as typeof import('./vault');
      const { objectStore } = require('./store/vault-store') as typeof import('./store/vault-store');
      const { randomText } = require('./store/identifiers') as typeof import('./store/identifiers');
      const vault = new Simulated({ store: objectStore(this.log), kind: this.kind });
      const rootToken = `${this.kind === 'vault' ? 'hvs' : 's'}.${randomText(24)}`;
      vault.tokens.installRoot(rootToken);
      this.made = { vault, rootToken };
    }
    return this.made;
  }
}
