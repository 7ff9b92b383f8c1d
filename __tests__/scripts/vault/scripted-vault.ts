import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Masks } from '../../../terraform/masks';
import { VaultClient, type VaultClientOptions } from '../../../vault/client';
import type { ServerCertificate } from './certificates';

export const TOKEN = 'hvs.CANARY-token-of-the-tests';

const servers: Server[] = [];

afterAll(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that answers as a test says; closed after the test file. Returns its address. */
export async function scripted(answer: RequestListener, tls?: ServerCertificate): Promise<string> {
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
}

/** One that answers every request with this, and remembers what it was asked. */
export async function answering(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly address: string; readonly requests: readonly IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const address = await scripted((request, response) => {
    requests.push(request);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return { address, requests };
}

export function clientAt(address: string, more: Partial<VaultClientOptions> = {}): VaultClient {
  return new VaultClient({
    address: new URL(address),
    token: TOKEN,
    masks: new Masks(),
    note: () => undefined,
    timeoutMs: 2000,
    ...more,
  });
}

/** The line that a failure shows. */
export async function lineOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no failure';
}
