import { UsageError } from '../base/errors';
import type { Vault } from '../catalog/ground/catalog';
import { serverAddress } from './address';
import { makeAdopted } from './adopted-mounts';
import { AppRoles } from './app-roles';
import { readAuthorities } from './authorities';
import { VaultClient } from './client';
import type { VaultListener } from './listener';
import { type ServerOptions, VaultServer } from './server';
import { findSecretId, findToken } from './token-source';

/** The sandbox's own server, in this process. */
export interface SandboxVault {
  readonly address: string;
  readonly rootToken: string;
}

export interface ConnectOptions extends VaultListener {
  /** Whether a person may be asked for the token. */
  readonly prompting: boolean;
  /** Present: this server in place of the catalog's, and none of the user's own tokens. */
  readonly sandbox?: SandboxVault;
  /** @default process.env */
  readonly variables?: NodeJS.ProcessEnv;
  /** For one request. @default 30 s */
  readonly timeoutMs?: number;
  /** Ends what is under way. */
  readonly stop?: AbortSignal;
}

const TIMEOUT_MS = 30_000;

/**
 * A client for the server of a catalog's section `vault`, with the user's token or an AppRole's log-in. Nothing is asked
 * of the server but that log-in, so a wrong token shows with the first request.
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
    // What a catalog says is there already, is there in its sandbox; whoever the user is, the sandbox sees to that.
    const adopted = vault.mounts.filter(({ create }) => !create);
    await makeAdopted(new VaultServer({ ...server, token: sandbox.rootToken }), adopted);
    const token = variables.KAKEHASHI_SANDBOX_VAULT_TOKEN ?? '';
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
 * The server that `VAULT_ADDR`, `VAULT_CACERT` and `VAULT_NAMESPACE` name, for commands on no environment.
 *
 * @throws {@link UsageError} where there is no `VAULT_ADDR`
 */
export function vaultOfVariables(variables: NodeJS.ProcessEnv): Vault {
  const { VAULT_ADDR: address = '', VAULT_CACERT: caFile = '', VAULT_NAMESPACE: namespace = '' } = variables;
  if (address === '')
    throw new UsageError(
      'which Vault? name an environment whose catalog has a section vault (--env dev), or set VAULT_ADDR',
    );
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
    return { address: serverAddress(sandbox.address, 'sandbox'), masks, note, ...given };
  }
  const skip = variables.VAULT_SKIP_VERIFY ?? '';
  if (skip !== '' && !/^(0|f|false)$/i.test(skip))
    note('VAULT_SKIP_VERIFY is not heeded: certificates are always verified');
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
