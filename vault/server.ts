import { type Answer, type JsonObject, parseAnswer, textOf, type VaultTarget } from './answer';
import { type Endpoint, exchange } from './exchange';
import type { SecretMasks } from './listener';
import { type Asked, refusal, uninitialized } from './refusal';
import type { VaultError } from './vault-error';

/** A server, and the token and namespace of its requests. */
export interface ServerOptions extends Endpoint {
  /** @default - none, which suffices for its health and for a log-in */
  readonly token?: string;
  readonly namespace?: string;
  /** Where the user gives a token, for messages. @default - the places that a real server's token comes from */
  readonly tokenSource?: string;
  /** No error of the client shows what is masked here. */
  readonly masks: SecretMasks;
}

/** The two servers that speak this API, as a catalog names them. */
export type Product = 'vault' | 'openbao';

/** The state of a server. */
export interface ServerHealth {
  readonly product: Product;
  readonly initialized: boolean;
  readonly sealed: boolean;
  /** Whether it forwards requests to the active node. */
  readonly standby: boolean;
  readonly version: string;
}

export interface AskOptions {
  readonly body?: JsonObject;
  /** How long the answer stays wrapped, in seconds: the answer is then a single-use token that fetches the real one. */
  readonly wrapTtlSeconds?: number;
  /** Statuses from 400 on that are not thrown as errors. @default - none */
  readonly accept?: readonly number[];
  /** A token to use in place of the server's own: a wrapping token is its own permission. */
  readonly token?: string;
}

/** Vault's HTTP API. Every refusal becomes a {@link VaultError}. */
export class VaultServer {
  constructor(readonly options: ServerOptions) {}

  get address(): URL {
    return this.options.address;
  }

  /** The same server with another token. */
  withToken(token: string): VaultServer {
    return new VaultServer({ ...this.options, token });
  }

  /**
   * Sends a request.
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
    // A server that is not initialized answers "sealed" as well (Vault 1.21.4).
    const empty = refused.code === 'sealed' && !(await this.health()).initialized;
    throw empty ? uninitialized(this.address) : refused;
  }

  /** The error of an accepted status that turned out to be one. */
  refusal(answer: Answer, asked: Asked): VaultError {
    return refusal(this.address, answer, asked, this.options.tokenSource);
  }

  /** The server's state, which a sealed server tells too. @throws {@link VaultError} when it can't be reached, or is no Vault */
  async health(): Promise<ServerHealth> {
    // These two parameters make a standby answer 200 as well; other states have statuses of their own (429, 472, 473, 501, 503).
    const answer = await this.send('GET', 'sys/health?standbyok=true&perfstandbyok=true', { token: '' });
    const { initialized, sealed, standby, version } = answer.body;
    if (typeof initialized !== 'boolean' || typeof sealed !== 'boolean') {
      throw refusal(this.address, answer, { what: 'sys/health', act: 'asking for its health' });
    }
    const product = productOf(answer.body);
    return { product, initialized, sealed, standby: standby === true, version: textOf(version) ?? 'unknown' };
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
    const answer = parseAnswer(address, raw, targetOf(method, path));
    // Texts are masked before they are cut, or a part of a secret would remain.
    const masked = (list: readonly string[]) => list.map((text) => masks.mask(text));
    return { ...answer, errors: masked(answer.errors), warnings: masked(answer.warnings) };
  }
}

/** Which of the two answered `sys/health` (docs/reference/vault.md): Vault alone says `enterprise`, and OpenBao began with version 2. */
function productOf({ enterprise, version }: JsonObject): Product {
  const isOld = /^v?[01]\./.test(textOf(version) ?? '');
  return typeof enterprise === 'boolean' || isOld ? 'vault' : 'openbao';
}

function targetOf(method: string, path: string): VaultTarget {
  const [plain = '', query = ''] = path.split('?');
  const isList = query.includes('list=true');
  return { method: isList ? 'LIST' : method, path: decodeURIComponent(plain).replace(/\/$/, '') };
}

/** A path of these segments, each encoded. */
export function encoded(...segments: readonly string[]): string {
  return segments
    .flatMap((segment) => segment.split('/'))
    .map((segment) => encodeURIComponent(segment))
    .join('/');
}
