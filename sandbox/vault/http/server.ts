import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { SandboxError } from '../../store/sandbox-error';
import type { VaultCore, VaultHandler } from '../core/core';
import type { VaultReply } from '../request/exchange';
import { Connection } from './connection';
import { readBody, readRequest } from './request';

export interface VaultServer {
  /** The address for `VAULT_ADDR`, such as `http://127.0.0.1:8200`. */
  readonly address: string;
  /** The key that opens the server after `sys/seal`, in hexadecimal. */
  readonly unsealKey: string;
  /** Closes every connection and stops. */
  close(): Promise<void>;
}

export interface ServedVaultOptions {
  readonly host: string;
  /** The port to listen on; 0 for any free port. */
  readonly port: number;
  /** Key and certificate as PEM texts. @default - plain HTTP */
  readonly tls?: { readonly key: string; readonly cert: string };
}

function send(response: ServerResponse, { status, body }: VaultReply, withBody: boolean): void {
  const text = body === undefined ? '' : `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    ...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(text) }),
  });
  response.end(withBody ? text : undefined);
}

function listener(vault: VaultHandler): RequestListener {
  // Pipelined requests of one connection are handled in their order, not only answered in it.
  const turns = new WeakMap<object, Promise<unknown>>();
  const answer = async (
    request: IncomingMessage,
    before: Promise<unknown> | undefined,
  ): Promise<VaultReply> => {
    const body = await readBody(request);
    await before?.catch(() => undefined);
    const read = readRequest(request, body);
    return 'status' in read ? read : vault.handle(read);
  };
  return (request, response) => {
    const answered = answer(request, turns.get(request.socket));
    turns.set(request.socket, answered);
    answered.then(
      (reply) => send(response, reply, request.method !== 'HEAD'),
      // The caller has closed the connection, so no reply can reach it.
      () => response.destroy(),
    );
  };
}

function reason(failure: NodeJS.ErrnoException, { host, port }: ServedVaultOptions): SandboxError {
  const at = `${host}:${port}`;
  if (failure.code === 'EADDRINUSE') return new SandboxError(`${at}: is in use; choose another port`);
  if (failure.code === 'EACCES') return new SandboxError(`${at}: is not allowed; choose a port from 1024 on`);
  if (failure.code === 'EADDRNOTAVAIL' || failure.code === 'ENOTFOUND')
    return new SandboxError(`${at}: is no address of this machine`);
  return new SandboxError(`${at}: cannot listen (${failure.code ?? failure.message})`);
}

/**
 * Serves a simulated Vault over HTTP, or HTTPS.
 *
 * @throws {@link SandboxError} if it cannot listen
 */
export async function serveVault(
  vault: VaultHandler & Pick<VaultCore, 'seal'>,
  options: ServedVaultOptions,
): Promise<VaultServer> {
  const { host, port, tls } = options;
  const http = createServer(listener(vault));
  const connect = (socket: Socket) => http.emit('connection', new Connection(socket));
  const server = tls === undefined ? createSocketServer(connect) : createTlsServer(tls, connect);
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (failure) => reject(reason(failure, options)));
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    address: `${tls === undefined ? 'http' : 'https'}://${name}:${bound}`,
    unsealKey: vault.seal.key,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
