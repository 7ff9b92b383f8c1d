import { type ClientHttp2Session, connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { addressText, type PluginAddress, socketOptions } from './address';
import { type CallOptions, ClientCall } from './client-call';
import { onlyMessage } from './frames';
import { SESSION_OPTIONS, widenWindow } from './session';
import { GrpcError, Status } from './status';

export interface GrpcClientOptions {
  /** Longer responses are refused with RESOURCE_EXHAUSTED. @default 256 MiB */
  readonly maxMessageBytes?: number;
}

/**
 * One connection to a gRPC server without TLS, on a unix socket or a port. It connects at once, and never a second time:
 * to a plugin, a connection is one provider configuration.
 */
export class GrpcClient {
  private readonly session: ClientHttp2Session;
  private cause: NodeJS.ErrnoException | undefined;

  constructor(
    private readonly address: PluginAddress,
    private readonly options: GrpcClientOptions = {},
  ) {
    const socket = connectSocket(socketOptions(address));
    socket.on('error', (cause) => {
      this.cause = cause;
    });
    this.session = connect('http://localhost', { ...SESSION_OPTIONS, createConnection: () => socket });
    this.session.once('connect', widenWindow);
    // Each call reports a broken connection for itself.
    this.session.on('error', () => {});
  }

  /** A call with one request and one response. @throws {GrpcError} for every status but OK */
  unary(path: string, request: Uint8Array, options: CallOptions = {}): Promise<Buffer> {
    return onlyMessage(this.stream(path, [request], options));
  }

  /**
   * A call with any number of requests and responses. To stop reading the responses cancels the call.
   *
   * @throws {GrpcError} for every status but OK, after the responses before it
   */
  async *stream(
    path: string,
    requests: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    options: CallOptions = {},
  ): AsyncGenerator<Buffer, void, undefined> {
    if (this.session.closed || this.session.destroyed) throw this.lost();
    const call = new ClientCall(this.session, path, options, () =>
      this.session.destroyed ? this.lost() : undefined,
    );
    yield* call.exchange(requests, this.options.maxMessageBytes);
  }

  /** Closes the connection when the calls that are under way have ended. */
  close(): void {
    this.session.close();
  }

  private lost(): GrpcError {
    const why =
      this.cause === undefined ? 'has been closed' : `failed (${this.cause.code ?? this.cause.message})`;
    return new GrpcError(Status.UNAVAILABLE, `the connection to ${addressText(this.address)} ${why}`);
  }
}
