import type { VaultKind } from './core/core';
import { type ServedVaultOptions, serveVault, type VaultServer } from './http/server';
import type { VaultStore } from './store/vault-store';
import { Vault } from './vault';

export interface VaultServerOptions extends ServedVaultOptions {
  readonly rootToken: string;
  readonly store: VaultStore;
  /** The server that is simulated. @default openbao */
  readonly server?: VaultKind;
  /** The current time in milliseconds since 1970, for tests. @default - the system's clock */
  readonly now?: () => number;
}

/** Starts a separate simulated Vault on a store. @throws {@link SandboxError} if it cannot listen */
export function startVault(options: VaultServerOptions): Promise<VaultServer> {
  const { store, rootToken, server: kind, now } = options;
  const vault = new Vault({ store, ...(kind ? { kind } : {}), ...(now ? { now } : {}) });
  vault.tokens.installRoot(rootToken);
  return serveVault(vault, options);
}
