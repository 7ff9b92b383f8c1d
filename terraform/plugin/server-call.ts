import {
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { startDeadline, timeoutIn } from './deadline';
import { messagesIn, onlyMessage, writeMessages } from './frames';
import { encodeStatusMessage, GrpcError, Status } from './status';

/** A call as its handler sees it. */
export interface Call {
  /** `/tfplugin6.Provider/ReadResource`. */
  readonly path: string;
  /** The connection that the call came on. Terraform opens one for each provider configuration. */
  readonly session: ServerHttp2Session;
  readonly headers: IncomingHttpHeaders;
  /** Is aborted when nobody waits for the answer any more: at the deadline, on cancellation, after the last message. */
  readonly signal: AbortSignal;
}

/**
 * Answers the messages of a call, which are the bytes as they were sent, with messages.
 *
 * A {@link GrpcError} that it throws is the status of the call, a {@link StreamReset} ends the call without one, and
 * anything else is answered with INTERNAL and the message of the error.
 */
export type Handler = (requests: AsyncIterable<Buffer>, call: Call) => AsyncIterable<Uint8Array>;

/** Thrown by a handler: the stream is reset, so that the caller gets neither an answer nor a status. */
export class StreamReset extends Error {}

/** The handler of a call with one request and one response. */
export function unary(answer: (request: Buffer, call: Call) => Promise<Uint8Array> | Uint8Array): Handler {
  return async function* (requests, call) {
    yield await answer(await onlyMessage(requests), call);
  };
}

const HEADERS: OutgoingHttpHeaders = {
  ':status': 200,
  'content-type': 'application/grpc+proto',
  'grpc-accept-encoding': 'identity',
};

/** One call on its stream, from the request's headers to the trailers of the answer. */
export class ServerCall implements Call {
  readonly path: string;
  readonly session: ServerHttp2Session;
  private readonly controller = new AbortController();
  private isOver = false;

  constructor(
    private readonly stream: ServerHttp2Stream,
    session: ServerHttp2Session,
    readonly headers: IncomingHttpHeaders,
    private readonly maxMessageBytes?: number,
  ) {
    this.path = headers[':path'] ?? '';
    this.session = session;
    // A broken stream is no failure of this process; the signal tells the handler.
    stream.on('error', () => {});
    stream.once('close', () => this.abandon());
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Answers with a handler, or with the refusal that the call's headers deserve. Never throws. */
  async answer(handler: Handler | undefined): Promise<void> {
    const status = httpRefusal(this.headers);
    if (status !== undefined) return this.respondOnly({ ':status': status });
    const stopDeadline = startDeadline(timeoutIn(single(this.headers['grpc-timeout'])), () =>
      this.end(new GrpcError(Status.DEADLINE_EXCEEDED, 'the deadline passed before the answer was ready')),
    );
    try {
      refuseCompression(this.headers);
      if (handler === undefined)
        throw new GrpcError(Status.UNIMPLEMENTED, `no method ${this.path} is served here`);
      await writeMessages(this.stream, this.answers(handler));
      this.end();
    } catch (failure) {
      this.end(failure);
    } finally {
      stopDeadline();
    }
  }

  /** The handler's messages. The response headers go out before the first one, unless the call has ended meanwhile. */
  private async *answers(handler: Handler): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const message of handler(messagesIn(this.stream, this.maxMessageBytes), this)) {
      if (this.isGone) return;
      if (!this.stream.headersSent) this.respond();
      yield message;
    }
  }

  private respond(): void {
    this.stream.respond(HEADERS, { waitForTrailers: true });
  }

  /** Whether no answer can reach the caller any more; a reset stream is closed some time before its event. */
  private get isGone(): boolean {
    return this.isOver || this.stream.closed || this.stream.destroyed;
  }

  private end(failure?: unknown): void {
    if (this.isGone) return;
    if (failure instanceof StreamReset) this.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    else if (!this.stream.headersSent && failure !== undefined)
      this.respondOnly({ ...HEADERS, ...statusHeaders(failure) });
    else {
      if (!this.stream.headersSent) this.respond();
      this.stream.once('wantTrailers', () => {
        this.stream.sendTrailers(statusHeaders(failure));
        this.discardRequests();
      });
      this.stream.end();
    }
    this.abandon();
  }

  /** Answers with headers alone, which then also carry the status. */
  private respondOnly(headers: OutgoingHttpHeaders): void {
    this.stream.respond(headers, { endStream: true });
    this.discardRequests();
    this.abandon();
  }

  /** A caller that still sends after the answer is asked to stop; what is on its way is read, so that it blocks nobody. */
  private discardRequests(): void {
    const { stream } = this;
    if (stream.readableEnded) return;
    stream.resume();
    setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR));
  }

  private abandon(): void {
    this.isOver = true;
    this.controller.abort();
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** The HTTP status for what is no gRPC request at all. */
function httpRefusal(headers: IncomingHttpHeaders): number | undefined {
  if (headers[':method'] !== 'POST') return 405;
  return /^application\/grpc(?:$|[+;])/.test(headers['content-type'] ?? '') ? undefined : 415;
}

function refuseCompression(headers: IncomingHttpHeaders): void {
  const encoding = single(headers['grpc-encoding']) ?? 'identity';
  if (encoding !== 'identity')
    throw new GrpcError(
      Status.UNIMPLEMENTED,
      `messages must not be compressed, got grpc-encoding ${encoding}`,
    );
}

function statusHeaders(failure: unknown): OutgoingHttpHeaders {
  if (failure === undefined) return { 'grpc-status': String(Status.OK) };
  const { code, details } =
    failure instanceof GrpcError
      ? failure
      : {
          code: Status.INTERNAL,
          details: failure instanceof Error ? failure.message : 'the handler failed',
        };
  return { 'grpc-status': String(code), 'grpc-message': encodeStatusMessage(details) };
}
