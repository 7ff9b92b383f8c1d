import { type Answer, textOf } from './answer';
import { vaultAt } from './connection-failure';
import { encoded, type VaultServer } from './server';
import { shortened, VaultError } from './vault-error';

/** A secret id inside a single-use wrapping token. */
export interface WrappedSecretId {
  /** With it the secret id is fetched once; whoever comes second learns that somebody was there before. */
  readonly wrappingToken: string;
  readonly ttlSeconds: number;
}

/** Log-ins of machines (AppRole, at its usual mount `approle`). */
export class AppRoles {
  constructor(private readonly server: VaultServer) {}

  /**
   * Logs in; the token is kept nowhere but in memory.
   *
   * @throws {@link VaultError}
   */
  async logIn(roleId: string, secretId: string): Promise<string> {
    const { masks } = this.server.options;
    masks.add(secretId);
    const asked = { what: 'auth/approle/login', act: 'the log-in' };
    const answer = await this.server.ask('POST', 'auth/approle/login', asked, {
      body: { role_id: roleId, secret_id: secretId },
      accept: [400, 403],
    });
    if (answer.status >= 400) throw this.noLogIn(answer);
    const token = textOf(answer.auth?.client_token);
    if (token === undefined)
      throw new VaultError('not-vault', 'auth/approle/login: the answer holds no token');
    masks.add(token);
    return token;
  }

  /** A new secret id, wrapped: it is in no answer, no state and no log until its user unwraps it. @throws {@link VaultError} */
  async issueSecretId(role: string, wrapTtlSeconds: number): Promise<WrappedSecretId> {
    const path = `auth/approle/role/${encoded(role)}/secret-id`;
    const asked = { what: path, act: 'issuing a secret id' };
    const answer = await this.server.ask('POST', path, asked, {
      body: {},
      wrapTtlSeconds,
      accept: [400, 404],
    });
    if (answer.errors.some((words) => /role .*(does not exist|not found)|invalid role/i.test(words))) {
      throw new VaultError(
        'missing',
        `AppRole ${role}: there is none on the server; apply the environment that makes it, or correct the name`,
      );
    }
    if (answer.status >= 400) throw this.server.refusal(answer, asked);
    const wrappingToken = textOf(answer.wrapInfo?.token);
    if (wrappingToken === undefined) {
      throw new VaultError('not-vault', `${path}: the answer is not wrapped; nothing of it is shown`);
    }
    this.server.options.masks.add(wrappingToken);
    return { wrappingToken, ttlSeconds: Number(answer.wrapInfo?.ttl ?? wrapTtlSeconds) };
  }

  /** The secret id in a wrapping token, which is used up by that. @throws {@link VaultError} */
  async unwrapSecretId(wrappingToken: string): Promise<string> {
    const { masks } = this.server.options;
    masks.add(wrappingToken);
    const asked = { what: 'sys/wrapping/unwrap', act: 'unwrapping the secret id' };
    const answer = await this.server.ask('POST', 'sys/wrapping/unwrap', asked, {
      token: wrappingToken,
      accept: [400, 403],
    });
    const secretId = textOf(answer.data.secret_id);
    if (answer.status >= 400 || secretId === undefined) {
      throw new VaultError(
        'token',
        `${vaultAt(this.server.address)}: the wrapped secret id was used already, or is too old; issue another (kakehashi token secret-id), and if nobody of yours used it, somebody else did`,
      );
    }
    masks.add(secretId);
    return secretId;
  }

  private noLogIn({ errors, status }: Answer): VaultError {
    const said = shortened(errors.join('; '));
    return new VaultError(
      'token',
      `${vaultAt(this.server.address)}: the AppRole log-in was refused (${status}: ${said}); check vault.auth.role_id, and issue a new secret id`,
    );
  }
}
