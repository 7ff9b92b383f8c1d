import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly body?: string | Buffer;
}

/** A server that plays the services of a cloud, and keeps what it was asked. */
export class CloudStandIn {
  readonly asked: Asked[] = [];
  private readonly server: Server;

  /** @param answer - what it says to a question; nothing is a 404 */
  constructor(answer: (asked: Asked) => Answer | undefined) {
    this.server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method = '', url = '', headers } = request;
      const asked = { method, url, headers, body };
      this.asked.push(asked);
      const { status = 200, body: text = '' } = answer(asked) ?? { status: 404 };
      response.writeHead(status).end(text);
    });
  }

  /** Its address once it listens: `http://127.0.0.1:40001`. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
