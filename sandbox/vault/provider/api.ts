import { isObject, type ObjectValue, type Value } from '../../protocol/values';
import { flag, number, objects, text } from '../../provider/attributes';
import type { VaultHandler } from '../core/core';
import type { Json, Operation, VaultReply } from '../request/exchange';
import { unpackedText } from './values';

/** An error with the provider's message. */
export class ProviderError extends Error {}

/** An error of the server, with the message of the provider's client. */
class ApiError extends ProviderError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What the server says of a mount that is not there, with status 400. */
const NO_MOUNT = /Code: 400\. Errors:\s+\* No (secret engine mount|auth engine) at /;

/** Default TTL of the token that the provider creates for itself. */
const CHILD_TTL_SECONDS = 1200;

const METHODS: Readonly<Record<'read' | 'list' | 'write' | 'delete', string>> = {
  read: 'GET',
  list: 'LIST',
  write: 'PUT',
  delete: 'DELETE',
};

/** An answer of the simulated Vault. Parts that it does not have are empty. */
export interface Reply {
  readonly data: Json;
  readonly auth: Json;
  readonly wrap: Json;
  readonly warnings: readonly string[];
  readonly leaseSeconds: number;
}

/**
 * The connection of one provider configuration to the simulated Vault.
 *
 * The configured address occurs in messages only. As in the real provider, the token is looked up at the first request, and a
 * child of it is created and used from then on, unless `skip_child_token` is set.
 */
export class Api {
  private token: string | undefined;

  /** @param environmentToken the value of VAULT_TOKEN; empty for none */
  constructor(
    private readonly vault: VaultHandler,
    private readonly config: ObjectValue,
    private readonly environmentToken: string,
  ) {}

  /** Reads a path; undefined if there is nothing. @throws {@link ProviderError} for any other error */
  read(path: string, query: Readonly<Record<string, string>> = {}): Reply | undefined {
    return this.found('read', path, query);
  }

  list(path: string): readonly string[] {
    const keys = this.found('list', path.endsWith('/') ? path : `${path}/`)?.data.keys;
    return Array.isArray(keys) ? keys.map(String) : [];
  }

  /** Writes to a path. @param doing the beginning of an error's message. @throws {@link ProviderError} if the server refuses */
  write(path: string, body: Json, doing = 'error writing to Vault', wrapSeconds?: number): Reply {
    return this.with(doing, () => this.request('write', path, body, this.client(), wrapSeconds));
  }

  delete(path: string, doing = 'error deleting from Vault'): void {
    this.with(doing, () => this.request('delete', path, {}, this.client()));
  }

  /** Reads the mount of an engine, or below `auth/` of a log-in method; undefined if the server says that there is none. */
  mount(path: string): Json | undefined {
    try {
      return this.read(`sys/mounts/${path}`)?.data;
    } catch (failure) {
      if (failure instanceof ProviderError && NO_MOUNT.test(failure.message)) return undefined;
      throw failure;
    }
  }

  /** Reads or lists a path; undefined if the server answers with status 404. */
  private found(
    operation: 'read' | 'list',
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): Reply | undefined {
    return this.with('error reading from Vault', () => {
      try {
        return this.request(operation, path, {}, this.client(), 0, query);
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === 404) return undefined;
        throw failure;
      }
    });
  }

  private with<T>(doing: string, work: () => T): T {
    try {
      return work();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      throw new ProviderError(`${doing}${doing.endsWith('=') ? '' : ': '}${failure.message}`);
    }
  }

  private request(
    operation: keyof typeof METHODS,
    path: string,
    body: Json,
    token: string,
    wrapSeconds?: number,
    query: Readonly<Record<string, string>> = {},
  ): Reply {
    const reply = this.vault.handle({
      operation: operation satisfies Operation,
      path,
      token,
      body,
      ...(wrapSeconds ? { wrapSeconds } : {}),
      query,
    });
    if (reply.status >= 400) throw new ApiError(reply.status, this.message(METHODS[operation], path, reply));
    const { data, auth, wrap_info, warnings, lease_duration } = reply.body ?? {};
    return {
      data: (data ?? {}) as Json,
      auth: (auth ?? {}) as Json,
      wrap: (wrap_info ?? {}) as Json,
      warnings: (warnings ?? []) as readonly string[],
      leaseSeconds: typeof lease_duration === 'number' ? lease_duration : 0,
    };
  }

  private message(method: string, path: string, { status, body }: VaultReply): string {
    const address = text(this.config, 'address').replace(/\/$/, '') || 'https://127.0.0.1:8200';
    const errors = (body?.errors ?? []) as readonly string[];
    const list = errors.map((each) => `* ${each}`).join('\n');
    return `Error making API request.\n\nURL: ${method} ${address}/v1/${path}\nCode: ${status}. Errors:\n\n${list}`;
  }

  /** The token of all requests, which is created for the first one. */
  private client(): string {
    this.token ??= this.newClient();
    return this.token;
  }

  private newClient(): string {
    const given = this.loggedIn() ?? (text(this.config, 'token') || this.environmentToken);
    if (given === '') throw new ProviderError('no vault token set on Client');
    this.with('failed to lookup token, err=', () =>
      this.request('read', 'auth/token/lookup-self', {}, given),
    );
    if (flag(this.config, 'skip_child_token')) return given;
    const ttl = `${number(this.config, 'max_lease_ttl_seconds') ?? CHILD_TTL_SECONDS}s`;
    const child = this.with('failed to create limited child token', () =>
      this.request(
        'write',
        'auth/token/create',
        {
          display_name: text(this.config, 'token_name') || 'terraform',
          ttl,
          explicit_max_ttl: ttl,
          renewable: false,
        },
        given,
      ),
    );
    return unpackedText(child.auth.client_token);
  }

  /** The token of the log-in that is configured as `auth_login`; undefined if none is. */
  private loggedIn(): string | undefined {
    const other = Object.keys(this.config).find(
      (name) => name.startsWith('auth_login_') && objects(this.config, name).length > 0,
    );
    if (other !== undefined) throw new ProviderError(`The sandbox does not simulate ${other}.`);
    const [login] = objects(this.config, 'auth_login');
    if (login === undefined) return undefined;
    const parameters: Value = login.parameters ?? null;
    const reply = this.with('error authenticating', () =>
      this.request('write', text(login, 'path'), isObject(parameters) ? parameters : {}, ''),
    );
    return unpackedText(reply.auth.client_token);
  }
}
