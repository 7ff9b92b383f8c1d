import { type Answer, textOf } from './answer';
import { vaultAt } from './connection-failure';
import { encoded, type VaultServer } from './server';
import { shortened } from './shortened';
import { VaultError } from './vault-error';

/** A secret id inside a single-use wrapping token. */
export interface WrappedSecretId {
  /** Unwraps the secret id once. A second attempt fails, and so shows that somebody else unwrapped it. */
  readonly wrappingToken: string;
  readonly ttlSeconds: number;
}

/** The AppRole log-in of machines, at its usual mount `approle`. */
export class AppRoles {
  constructor(private readonly server: VaultServer) {}

  /**
   * Logs in and returns the token, which is kept in memory only.
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
    if (answer.status >= 400) throw this.logInRefused(answer);
    const token = textOf(answer.auth?.client_token);
    if (token === undefined)
      throw new VaultError('not-vault', {
        where: 'auth/approle/login',
        summary: 'the answer holds no token',
      });
    masks.add(token);
    return token;
  }

  /** Issues a secret id, wrapped, so that it is in no answer, state or log until its user unwraps it. @throws {@link VaultError} */
  async issueSecretId(role: string, wrapTtlSeconds: number): Promise<WrappedSecretId> {
    const path = `auth/approle/role/${encoded(role)}/secret-id`;
    const asked = { what: path, act: 'issuing a secret id' };
    const answer = await this.server.ask('POST', path, asked, {
      body: {},
      wrapTtlSeconds,
      accept: [400, 404],
    });
    if (answer.errors.some((text) => /role .*(does not exist|not found)|invalid role/i.test(text))) {
      throw new VaultError('missing', {
        where: `AppRole ${role}`,
        summary: 'the server has no such role',
        fixes: ['apply the environment that creates it', 'correct the name'],
      });
    }
    if (answer.status >= 400) throw this.server.refusal(answer, asked);
    const wrappingToken = textOf(answer.wrapInfo?.token);
    if (wrappingToken === undefined) {
      throw new VaultError('not-vault', {
        where: path,
        summary: 'the answer is not wrapped; nothing of it is shown',
      });
    }
    this.server.options.masks.add(wrappingToken);
    return { wrappingToken, ttlSeconds: Number(answer.wrapInfo?.ttl ?? wrapTtlSeconds) };
  }

  /** Unwraps a secret id, which uses its wrapping token up. @throws {@link VaultError} */
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
      throw new VaultError('token', {
        where: vaultAt(this.server.address),
        summary:
          'the wrapped secret id has been used, or has expired (if none of your users unwrapped it, somebody else did)',
        fixes: [{ text: 'issue another', command: 'token secret-id <approle>' }],
      });
    }
    masks.add(secretId);
    return secretId;
  }

  private logInRefused({ errors, status }: Answer): VaultError {
    return new VaultError('token', {
      where: vaultAt(this.server.address),
      summary: `the AppRole log-in was refused (${status}: ${shortened(errors.join('; '))})`,
      fixes: ['check vault.auth.role_id, and issue a new secret id'],
    });
  }
}
