import { isIP } from 'node:net';
import { EXIT, Failure, UsageError } from '../../base/errors';
import { onStop } from '../../base/signals';
import { sandboxFiles } from '../session/folders';

/** The flags as they are typed. */
export interface SandboxVaultFlags {
  readonly listen: string;
  readonly rootToken?: string;
  readonly server: string;
  readonly keep: boolean;
  readonly anyAddress: boolean;
}

/** The example in messages. */
const EXAMPLE = '127.0.0.1:8200';

interface Listen {
  readonly host: string;
  readonly port: number;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The address to listen on: `127.0.0.1:8200`, `[::1]:8200`, `localhost:8200`. */
function parseListen(text: string, anyAddress: boolean): Listen {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/i.exec(text);
  const host = match?.[1] ?? match?.[2] ?? '';
  const port = Number(match?.[3]);
  if (match === null || port > 65535 || port < 1 || (isIP(host) === 0 && host !== 'localhost')) {
    throw new UsageError(
      `sandbox vault: --listen: must be an address and a port from 1 to 65535, got ${JSON.stringify(text)}; for instance ${EXAMPLE}`,
    );
  }
  if (!anyAddress && !isLoopback(host)) {
    throw new UsageError(
      `sandbox vault: --listen: must be an address of this machine alone, got ${JSON.stringify(host)}; choose 127.0.0.1, or say --any-address: whoever reaches it has all that is in it`,
    );
  }
  return { host, port };
}

function parseToken(text: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(text)) return text;
  throw new UsageError(
    'sandbox vault: --root-token: must be 1 to 255 letters, digits or signs without spaces',
  );
}

function parseServer(text: string): 'vault' | 'openbao' {
  if (text === 'vault' || text === 'openbao') return text;
  throw new UsageError(`sandbox vault: --server: must be vault or openbao, got ${JSON.stringify(text)}`);
}

/**
 * `kakehashi sandbox vault`: serves a simulated Vault until it is stopped, for notebooks and tests. Its content is lost at
 * the end, unless `--keep` serves the Vault of the project's sandbox.
 */
export async function sandboxVault(flags: SandboxVaultFlags): Promise<number> {
  const listen = parseListen(flags.listen, flags.anyAddress);
  const server = parseServer(flags.server);
  const { startVault } =
    require('../../sandbox/vault/start-vault') as typeof import('../../sandbox/vault/start-vault');
  const { SandboxError } =
    require('../../sandbox/store/sandbox-error') as typeof import('../../sandbox/store/sandbox-error');
  const { memoryStore, objectStore } =
    require('../../sandbox/vault/store/vault-store') as typeof import('../../sandbox/vault/store/vault-store');
  const { randomText } =
    require('../../sandbox/vault/store/identifiers') as typeof import('../../sandbox/vault/store/identifiers');
  const rootToken = flags.rootToken === undefined ? `s.${randomText(24)}` : parseToken(flags.rootToken);
  const stopped = new Promise<void>((resolve) => {
    const endStops = onStop(() => {
      endStops();
      resolve();
    });
  });
  try {
    const { ObjectLog } =
      require('../../sandbox/store/objects') as typeof import('../../sandbox/store/objects');
    const log = flags.keep ? ObjectLog.open(sandboxFiles().objectsFile) : undefined;
    try {
      const store = log === undefined ? memoryStore() : objectStore(log);
      const served = await startVault({ ...listen, rootToken, store, server });
      process.stdout.write(`export VAULT_ADDR='${served.address}'\n`);
      process.stdout.write(`export VAULT_TOKEN='${rootToken.replaceAll("'", "'\\''")}'\n`);
      const kept = flags.keep ? `keeps what it holds in ${sandboxFiles().objectsFile}` : 'keeps nothing';
      process.stderr.write(`serving a simulated ${NAMES[server]}, which ${kept}; Ctrl-C to stop\n`);
      process.stderr.write(`opens after sys/seal with the key ${served.unsealKey}\n`);
      await stopped;
      await served.close();
    } finally {
      log?.close();
    }
  } catch (error) {
    if (error instanceof SandboxError) throw new Failure(`sandbox vault: ${error.message}`);
    throw error;
  }
  return EXIT.done;
}

const NAMES = { vault: 'Vault', openbao: 'OpenBao' } as const;
