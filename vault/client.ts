import type { SecretFolder } from '../model/vault/secret-folder';
import type { SecretReference } from '../model/vault/secret-reference';
import { AppRoles } from './app-roles';
import { Existing } from './existing';
import { Secrets } from './secrets';
import { type ServerHealth, type ServerOptions, VaultServer } from './server';
import { Tokens } from './tokens';

export interface VaultClientOptions extends ServerOptions {
  readonly token: string;
  /** KV version by mount, as the catalog declares it. @default - none; the server is asked */
  readonly declared?: ReadonlyMap<string, 1 | 2>;
  /** Whether each run logs in and gets another token. @default false */
  readonly newTokenEachTime?: boolean;
}

/**
 * A client of a Vault or OpenBao server with one token.
 *
 * Every failure is a {@link VaultError}, which shows neither a value nor a token. What is read or written is added to
 * the masks.
 */
export class VaultClient {
  readonly tokens: Tokens;
  readonly appRoles: AppRoles;
  readonly existing: Existing;
  private readonly server: VaultServer;
  private readonly secrets: Secrets;

  constructor(private readonly options: VaultClientOptions) {
    const { declared = new Map<string, 1 | 2>(), newTokenEachTime = false } = options;
    options.masks.add(options.token);
    this.server = new VaultServer(options);
    this.secrets = new Secrets(this.server, { declared, newTokenEachTime });
    this.tokens = new Tokens(this.server);
    this.appRoles = new AppRoles(this.server);
    this.existing = new Existing(this.server);
  }

  /** The server's address, without a path or a slash at its end. */
  get address(): string {
    return this.options.address.origin;
  }

  /** The token, for the variables of Terraform's process. It must never be written to a file. */
  get token(): string {
    return this.options.token;
  }

  health(): Promise<ServerHealth> {
    return this.server.health();
  }

  /** Reads a secret. @throws {@link VaultError}, also when there is no such secret, or it has no text in `value` */
  read(reference: SecretReference): Promise<string> {
    return this.secrets.read(reference);
  }

  /** Reads a secret; undefined where there is none. @throws {@link VaultError} */
  readIfThere(reference: SecretReference): Promise<string | undefined> {
    return this.secrets.readIfThere(reference);
  }

  /** Writes a secret, or overwrites it. Returns the version that a KV v2 engine gave it. @throws {@link VaultError} */
  write(reference: SecretReference, value: string): Promise<number | undefined> {
    return this.secrets.write(reference, value);
  }

  /** Lists the names in a folder, sorted; those that end in `/` are folders. @throws {@link VaultError}, also for an empty folder */
  list(folder: SecretFolder): Promise<readonly string[]> {
    return this.secrets.list(folder);
  }

  /** Removes a secret, in KV v2 with all its versions. @throws {@link VaultError}, also when there is no such secret */
  remove(reference: SecretReference): Promise<void> {
    return this.secrets.remove(reference);
  }
}
