import { readFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { startVault } from '../../sandbox/vault/start-vault';
import { memoryStore } from '../../sandbox/vault/store/vault-store';
import { Masks } from '../../terraform/masks';
import { VaultClient, type VaultClientOptions } from '../../vault/client';

/** A running Vault server for tests. */
export interface TestServer {
  readonly address: string;
  readonly rootToken: string;
  /** A PEM file with its authority. */
  readonly caFile?: string;
  close(): Promise<void>;
}

/** An answer, unread but for its JSON. */
export interface PlainAnswer {
  readonly status: number;
  readonly text: string;
  readonly body: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly string[];
    readonly warnings?: readonly string[] | null;
    readonly auth?: Readonly<Record<string, unknown>> | null;
    readonly wrap_info?: Readonly<Record<string, unknown>> | null;
    readonly [key: string]: unknown;
  };
}

const { KAKEHASHI_TEST_VAULT_ADDR: address = '', KAKEHASHI_TEST_VAULT_TOKEN: rootToken = '' } = process.env;

/** Names that are ours on a server that others use as well. */
export const OURS = `kakehashi-test-${process.pid}`;

/**
 * Runs the same tests against the server in this process, and against the real one that `KAKEHASHI_TEST_VAULT_ADDR` and
 * `KAKEHASHI_TEST_VAULT_TOKEN` name (its authority: `KAKEHASHI_TEST_VAULT_CACERT`); without it they are skipped with a line.
 */
export function describeVaults(name: string, tests: (server: () => TestServer) => void): void {
  describe(`${name}, in this process`, () => withServer(startInProcess, tests));
  if (address !== '' && rootToken !== '') {
    describe(`${name}, at ${address}`, () => withServer(realServer, tests));
  } else {
    describe(`${name}, at a real server`, () => {
      test.skip('skipped: KAKEHASHI_TEST_VAULT_ADDR and KAKEHASHI_TEST_VAULT_TOKEN are not set', () =>
        undefined);
    });
  }
}

function withServer(start: () => Promise<TestServer>, tests: (server: () => TestServer) => void): void {
  let server: TestServer | undefined;
  const made = (): TestServer => {
    if (server === undefined) throw new Error('the server has not started');
    return server;
  };
  beforeAll(async () => {
    server = await start();
  });
  tests(made);
  afterAll(async () => server?.close());
}

async function startInProcess(): Promise<TestServer> {
  const token = 'root-of-the-tests';
  const started = await startVault({ host: '127.0.0.1', port: 0, rootToken: token, store: memoryStore() });
  return { address: started.address, rootToken: token, close: () => started.close() };
}

async function realServer(): Promise<TestServer> {
  const caFile = process.env.KAKEHASHI_TEST_VAULT_CACERT;
  return { address, rootToken, ...(caFile ? { caFile } : {}), close: async () => undefined };
}

export interface PlainRequest {
  /** Sent as it is where it is a text. */
  readonly body?: string | object;
  /** @default - the root token; empty: none */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Any request, as curl would send it. */
export function plain(
  server: TestServer,
  method: string,
  path: string,
  { body, token = server.rootToken, headers = {} }: PlainRequest = {},
): Promise<PlainAnswer> {
  const url = new URL(`/v1/${path}`, server.address);
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        agent: false,
        headers: { ...headers, ...(token === '' ? {} : { 'X-Vault-Token': token }) },
        ...(server.caFile === undefined ? {} : { ca: readFileSync(server.caFile) }),
      },
      (answer) => {
        let all = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          all += part;
        });
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            text: all.trim(),
            body: all.trim() === '' ? {} : (JSON.parse(all) as PlainAnswer['body']),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

/** The same, where only success will do. */
export async function done(
  server: TestServer,
  method: string,
  path: string,
  request: PlainRequest = {},
): Promise<PlainAnswer> {
  const answer = await plain(server, method, path, request);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer;
}

/** A policy's text in the form that Vault reads: paths with capabilities. */
export function policyText(rules: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(rules)
    .map(([path, capabilities]) => `path "${path}" { capabilities = ${JSON.stringify(capabilities)} }`)
    .join('\n');
}

/** Makes a token with exactly these policies. */
export async function tokenWith(
  server: TestServer,
  policies: readonly string[],
  more: object = {},
): Promise<{ readonly token: string; readonly accessor: string }> {
  const { body } = await done(server, 'POST', 'auth/token/create', {
    body: { policies, no_default_policy: true, ...more },
  });
  return { token: String(body.auth?.client_token), accessor: String(body.auth?.accessor) };
}

/** Our client on a test server. */
export function clientOf(
  server: TestServer,
  token: string = server.rootToken,
  more: Pick<VaultClientOptions, 'declared' | 'newTokenEachTime'> = {},
): VaultClient {
  return new VaultClient({
    address: new URL(server.address),
    token,
    ...more,
    masks: new Masks(),
    note: () => undefined,
    timeoutMs: 10_000,
    ...(server.caFile === undefined ? {} : { authorities: readFileSync(server.caFile, 'utf8') }),
  });
}
