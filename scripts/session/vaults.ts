import type { Vault } from '../../catalog/kinds/vault/vault';
import type { VaultClient } from '../../vault/client';
import type { SandboxVault } from '../../vault/connect';
import type { Report } from '../report/report';

/** The Vaults that a run uses. Each is connected once, at its first use. */
export class Vaults {
  private readonly clients = new Map<string, Promise<VaultClient>>();

  /** @param sandbox - starts the sandbox's Vault, which takes the place of every catalog's */
  constructor(
    private readonly report: Report,
    private readonly stop: AbortSignal,
    private readonly sandbox: (() => Promise<SandboxVault>) | undefined,
  ) {}

  /** A client of the server of a catalog's section. @throws VaultError, Failure, UsageError */
  client(vault: Vault): Promise<VaultClient> {
    const key = JSON.stringify([vault.address, vault.namespace, vault.auth]);
    const client = this.clients.get(key) ?? this.connect(vault);
    this.clients.set(key, client);
    return client;
  }

  private async connect(vault: Vault): Promise<VaultClient> {
    const sandbox = await this.sandbox?.();
    return (require('../../vault/connect') as typeof import('../../vault/connect')).connectVault(vault, {
      masks: this.report.log.masks,
      note: (text) => this.report.note('warn', text),
      prompting: true,
      stop: this.stop,
      ...(sandbox === undefined ? {} : { sandbox }),
    });
  }
}
