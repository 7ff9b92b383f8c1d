import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { VaultServer } from '../../../sandbox/vault/http/server';
import { startVault, type VaultServerOptions } from '../../../sandbox/vault/start-vault';
import { memoryStore } from '../../../sandbox/vault/store/vault-store';

// biome-ignore lint/suspicious/noExplicitAny: a body's shape is what the tests are about
type Body = any;

export interface Called {
  readonly status: number;
  readonly body: Body;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface CallOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ca?: string;
}

export const ROOT = 'root-of-the-test';

/** One request, without a client library. @param body an object, or the text itself */
export function call(
  address: string,
  method: string,
  path: string,
  body?: Body,
  { token = ROOT, headers = {}, ca }: CallOptions = {},
): Promise<Called> {
  const request = address.startsWith('https:') ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      `${address}${path.startsWith('/') ? path : `/v1/${path}`}`,
      {
        method,
        headers: { ...(token === '' ? {} : { 'X-Vault-Token': token }), ...headers },
        agent: false,
        ...(ca === undefined ? {} : { ca }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = text.trimStart().startsWith('{');
          resolve({
            status: response.statusCode ?? 0,
            body: isJson ? JSON.parse(text) : undefined,
            text,
            headers: response.headers,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** A simulated Vault with a clock that the test moves. */
export class VaultUnderTest {
  private constructor(
    readonly server: VaultServer,
    private readonly clock: { ahead: number },
  ) {}

  static async start(options: Partial<VaultServerOptions> = {}): Promise<VaultUnderTest> {
    const clock = { ahead: 0 };
    const server = await startVault({
      host: '127.0.0.1',
      port: 0,
      rootToken: ROOT,
      store: memoryStore(),
      now: () => Date.now() + clock.ahead,
      ...options,
    });
    return new VaultUnderTest(server, clock);
  }

  /** Lets time pass. */
  wait(seconds: number): void {
    this.clock.ahead += seconds * 1000;
  }

  call(method: string, path: string, body?: Body, options: CallOptions = {}): Promise<Called> {
    return call(this.server.address, method, path, body, options);
  }

  /** A token of root's with exactly these policies, and `default` where that is asked for. */
  async token(policies: readonly string[], more: Body = {}): Promise<string> {
    const { body } = await this.call('POST', 'auth/token/create', {
      policies,
      no_default_policy: !policies.includes('default'),
      ...more,
    });
    return body.auth.client_token;
  }

  policy(name: string, rules: Readonly<Record<string, readonly string[]>>): Promise<Called> {
    const policy = Object.entries(rules)
      .map(([path, capabilities]) => `path "${path}" { capabilities = ${JSON.stringify(capabilities)} }`)
      .join('\n');
    return this.call('PUT', `sys/policies/acl/${name}`, { policy });
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

export const DENIED = { errors: ['1 error occurred:\n\t* permission denied\n\n'] };
export const NO_TOKEN = { errors: ['permission denied'] };
