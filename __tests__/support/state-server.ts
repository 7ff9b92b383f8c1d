import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Terraform's states over HTTP, as its backend `http` asks for them. */
export class StateServer {
  readonly states = new Map<string, string>();
  /** Whether it refuses to write, as for somebody who may only read. */
  isReadOnly = false;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const key = new URL(request.url ?? '/', 'http://localhost').pathname;
      const held = this.states.get(key);
      if (this.isReadOnly && request.method !== 'GET') {
        response.statusCode = 403;
        response.end();
        return;
      }
      if (request.method === 'POST') this.states.set(key, Buffer.concat(chunks).toString());
      if (request.method === 'DELETE') this.states.delete(key);
      response.statusCode = request.method === 'GET' && held === undefined ? 404 : 200;
      response.end(request.method === 'GET' ? held : '');
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
