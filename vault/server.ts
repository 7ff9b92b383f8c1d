import { type Answer, type JsonObject, parseAnswer, textOf } from './answer';
import { type Endpoint, exchange } from './exchange';
import type { SecretMasks } from './listener';
import { type Asked, refusal, uninitialized } from './refusal';
import type { VaultError } from './vault-error';

/** A server, and as whom we speak to it. */
export interface ServerOptions extends Endpoint {
  /** Absent: only what needs none, such as its health or a log-in. */
  readonly token?: string;
  readonly namespace?: string;
  /** No error of the client shows what is masked here. */
  readonly masks: SecretMasks;
}

/** How a server is. */
export interface ServerHealth {
  readonly initialized: boolean;
  readonly sealed: boolean;
  /** Whether it hands requests on to the active node. */
  readonly standby: boolean;
  readonly version: string;
}

export interface AskOptions {
  readonly body?: JsonObject;
  /** Seconds; the answer then holds a single-use token with which the real one is fetched. */
  readonly wrapTtlSeconds?: number;
  /** Statuses from 400 on that are no error here. @default - none */
  readonly accept?: readonly number[];
  /** A token to use in place of the server's own: a wrapping token is its own permission. */
  readonly token?: string;
}

/** Vault's HTTP API: one request, one answer, and every refusal as one line. */
export class VaultServer {
  constructor(readonly options: ServerOptions) {}

  get address(): URL {
    return this.options.address;
  }

  /** The same server, spoken to with another token. */
  withToken(token: string): VaultServer {
    return new VaultServer({ ...this.options, token });
  }

  /**
   * Asks the server something.
   *
   * @param path - below `/v1/`, encoded; see {@link encoded}
   * @throws {@link VaultError} for any other status than 200, 204 and those accepted
   */
  async ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    asked: Asked,
    options: AskOptions = {},
  ): Promise<Answer> {
    const answer = await this.send(method, path, options);
    if (answer.status < 400 || options.accept?.includes(answer.status)) return answer;
    const refused = this.refusal(answer, asked);
    // To a server without a storage of its own yet, "sealed" is said as well (Vault 1.21.4).
    const empty = refused.trouble === 'sealed' && !(await this.health()).initialized;
    throw empty ? uninitialized(this.address) : refused;
  }

  /** What an accepted status means where it was an error after all. */
  refusal(answer: Answer, asked: Asked): VaultError {
    return refusal(this.address, answer, asked);
  }

  /** How it is; also a sealed server tells. @throws {@link VaultError} when it can't be reached, or is no Vault */
  async health(): Promise<ServerHealth> {
    // These two parameters make a standby answer 200 as well; other states have statuses of their own (429, 472, 473, 501, 503).
    const answer = await this.send('GET', 'sys/health?standbyok=true&perfstandbyok=true', { token: '' });
    const { initialized, sealed, standby, version } = answer.body;
    if (typeof initialized !== 'boolean' || typeof sealed !== 'boolean') {
      throw refusal(this.address, answer, { what: 'sys/health', act: 'asking how it is' });
    }
    return { initialized, sealed, standby: standby === true, version: textOf(version) ?? 'unknown' };
  }

  private async send(method: 'GET' | 'POST' | 'DELETE', path: string, options: AskOptions): Promise<Answer> {
    const { token: own = '', namespace, address, masks } = this.options;
    const { body, wrapTtlSeconds, token = own } = options;
    const raw = await exchange(this.options, {
      method,
      path,
      headers: {
        Accept: 'application/json',
        'X-Vault-Request': 'true',
        ...(token === '' ? {} : { 'X-Vault-Token': token }),
        ...(namespace === undefined ? {} : { 'X-Vault-Namespace': namespace }),
        ...(wrapTtlSeconds === undefined ? {} : { 'X-Vault-Wrap-TTL': `${wrapTtlSeconds}s` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = parseAnswer(address, raw);
    // Masked while they are whole: what is shown of them is cut.
    const masked = (words: readonly string[]) => words.map((word) => masks.mask(word));
    return { ...answer, errors: masked(answer.errors), warnings: masked(answer.warnings) };
  }
}

/** Segments of a path, each encoded, joined. */
export function encoded(...segments: readonly string[]): string {
  return segments
    .flatMap((segment) => segment.split('/'))
    .map((segment) => encodeURIComponent(segment))
    .join('/');
}
