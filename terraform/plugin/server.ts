import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import { type PluginAddress, socketOptions } from './address';
import { type Handler, ServerCall } from './server-call';
import { SESSION_OPTIONS, widenWindow } from './session';

/** How long `close` waits, once no call is under way, for callers to close their connections before it cuts them. */
const CLOSE_TIMEOUT_MS = 2000;

export interface GrpcServerOptions {
  readonly listen: PluginAddress;
  /** The handler of a path, or undefined for what is answered with UNIMPLEMENTED. */
  readonly handlerFor: (path: string) => Handler | undefined;
  /** Longer requests are refused with RESOURCE_EXHAUSTED. @default 256 MiB */
  readonly maxMessageBytes?: number;
}

/** A gRPC server without TLS, as Terraform expects of a plugin: on a unix socket, or on a port of the loopback. */
export class GrpcServer {
  private readonly server: Http2Server;
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly calls = new Set<Promise<void>>();

  private constructor({ handlerFor, maxMessageBytes }: GrpcServerOptions) {
    this.server = createServer(SESSION_OPTIONS);
    this.server.on('session', (session) => {
      this.sessions.add(session);
      session.once('close', () => this.sessions.delete(session));
      widenWindow(session);
      session.on('stream', (stream, headers) => {
        const call = new ServerCall(stream, session, headers, maxMessageBytes);
        const answered = call.answer(handlerFor(call.path)).finally(() => this.calls.delete(answered));
        this.calls.add(answered);
      });
    });
  }

  /** @throws {NodeJS.ErrnoException} where the address cannot be listened at */
  static listen(options: GrpcServerOptions): Promise<GrpcServer> {
    const grpc = new GrpcServer(options);
    return new Promise((resolve, reject) => {
      grpc.server.once('error', reject);
      grpc.server.listen(socketOptions(options.listen), () => resolve(grpc));
    });
  }

  /** Where it listens, with the port that the system chose for port 0. */
  get address(): PluginAddress {
    const bound = this.server.address();
    if (bound === null) throw new Error('the gRPC server has been closed');
    if (typeof bound === 'string') return { network: 'unix', address: bound };
    const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
    return { network: 'tcp', address: `${host}:${bound.port}` };
  }

  /** Takes no new connections and calls, waits for the calls that are under way, then closes the connections. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const session of this.sessions) session.close();
    await Promise.all(this.calls);
    const timer = setTimeout(() => {
      for (const session of this.sessions) session.destroy();
    }, CLOSE_TIMEOUT_MS);
    await closed;
    clearTimeout(timer);
  }
}
