import { UsageError } from '../base/errors';
import type { Vault } from '../catalog/kinds/vault/vault';
import { serverAddress } from './address';
import { createAdoptedMounts } from './adopted-mounts';
import { AppRoles } from './app-roles';
import { readAuthorities } from './authorities';
import { VaultClient } from './client';
import type { VaultListener } from './listener';
import { type ServerOptions, VaultServer } from './server';
import { findSecretId, findToken } from './token-source';

/** The sandbox's own Vault, served by this process. */
export interface SandboxVault {
  readonly address: string;
  readonly rootToken: string;
}

export interface ConnectOptions extends VaultListener {
  /** Whether the user may be asked for the token. */
  readonly prompting: boolean;
  /** The sandbox's server, which takes the place of the catalog's; the user's own token is not used then. @default - none */
  readonly sandbox?: SandboxVault;
  /** @default process.env */
  readonly variables?: NodeJS.ProcessEnv;
  /** The longest time for one request. @default 30 s */
  readonly timeoutMs?: number;
  /** Aborts the request or the prompt. */
  readonly stop?: AbortSignal;
}

const TIMEOUT_MS = 30_000;

/** The variable with another token of the sandbox's Vault than its root token. */
const SANDBOX_TOKEN = 'KAKEHASHI_SANDBOX_VAULT_TOKEN';

/**
 * Connects to the server of a catalog's section `vault`, with the user's token or an AppRole's log-in. No other request is
 * sent, so a wrong token is found by the first request that follows.
 *
 * In the sandbox the token is its root token, or the one in `KAKEHASHI_SANDBOX_VAULT_TOKEN`; `VAULT_TOKEN` is left alone.
 *
 * @throws {@link VaultError}, {@link Failure} or {@link UsageError}: one line, and no token in it
 */
export async function connectVault(vault: Vault, options: ConnectOptions): Promise<VaultClient> {
  const { sandbox, variables = process.env, prompting, note, stop } = options;
  const server = serverOf(vault, options);
  const declared = new Map(vault.mounts.map(({ path, version }) => [path, version] as const));
  if (sandbox !== undefined) {
    // What the catalog expects to exist must exist in its sandbox, whatever the user's token may do.
    const adopted = vault.mounts.filter(({ create }) => !create);
    await createAdoptedMounts(new VaultServer({ ...server, token: sandbox.rootToken }), adopted);
    const token = variables[SANDBOX_TOKEN] ?? '';
    return new VaultClient({ ...server, token: token === '' ? sandbox.rootToken : token, declared });
  }
  if (vault.auth.method === 'approle') {
    const token = await logIn(server, vault.auth.roleId, variables);
    return new VaultClient({ ...server, token, declared, newTokenEachTime: true });
  }
  const token = await findToken({ variables, prompting, note, ...(stop === undefined ? {} : { stop }) });
  return new VaultClient({ ...server, token, declared });
}

/**
 * The server that `VAULT_ADDR`, `VAULT_CACERT` and `VAULT_NAMESPACE` name, for commands without an environment.
 *
 * @throws {@link UsageError} where there is no `VAULT_ADDR`
 */
export function vaultOfVariables(variables: NodeJS.ProcessEnv): Vault {
  const { VAULT_ADDR: address = '', VAULT_CACERT: caFile = '', VAULT_NAMESPACE: namespace = '' } = variables;
  if (address === '')
    throw new UsageError({
      summary: 'no Vault is named',
      fixes: ['name an environment whose catalog has a section vault (--env dev)', 'set VAULT_ADDR'],
    });
  return {
    address,
    ...(caFile === '' ? {} : { caFile }),
    ...(namespace === '' ? {} : { namespace }),
    server: 'vault',
    auth: { method: 'token' },
    mounts: [],
    policies: [],
    users: [],
    approles: [],
    audits: [],
  };
}

function serverOf(vault: Vault, options: ConnectOptions): ServerOptions {
  const { sandbox, variables = process.env, masks, note, timeoutMs = TIMEOUT_MS, stop } = options;
  const given = { timeoutMs, ...(stop === undefined ? {} : { stop }) };
  if (sandbox !== undefined) {
    const tokenSource = SANDBOX_TOKEN;
    return { address: serverAddress(sandbox.address, 'sandbox'), tokenSource, masks, note, ...given };
  }
  const skip = variables.VAULT_SKIP_VERIFY ?? '';
  if (skip !== '' && !/^(0|f|false)$/i.test(skip))
    note('VAULT_SKIP_VERIFY is ignored: certificates are always verified');
  const fromVariables = vault.address === variables.VAULT_ADDR;
  const named = (key: string, variable: string): string => (fromVariables ? `${key} or ${variable}` : key);
  return {
    address: serverAddress(vault.address, named('vault.address', 'VAULT_ADDR')),
    ...(vault.namespace === undefined ? {} : { namespace: vault.namespace }),
    ...(vault.caFile === undefined
      ? {}
      : { authorities: readAuthorities(vault.caFile, named('vault.ca_file', 'VAULT_CACERT')) }),
    masks,
    note,
    ...given,
  };
}

async function logIn(options: ServerOptions, roleId: string, variables: NodeJS.ProcessEnv): Promise<string> {
  const appRoles = new AppRoles(new VaultServer(options));
  const source = findSecretId(variables);
  const secretId =
    source.kind === 'plain' ? source.secretId : await appRoles.unwrapSecretId(source.wrappingToken);
  return appRoles.logIn(roleId, secretId);
}
