import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { startDeadline, timeoutHeader } from './deadline';
import { messagesIn, writeMessages } from './frames';
import { decodeStatusMessage, GrpcError, Status, statusOfHttp, statusOfReset } from './status';

export interface CallOptions {
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the call ends with DEADLINE_EXCEEDED, on this side and, by the header `grpc-timeout`, on the server's. @default - no deadline */
  readonly timeoutMs?: number;
}

/** One call on a stream of its own, from the request's headers to the status of the answer. */
export class ClientCall {
  private readonly stream: ClientHttp2Stream;
  /** How the call ended: undefined for OK. */
  private readonly outcome: Promise<GrpcError | undefined>;
  /** Why this side ended the call. */
  private cancellation: GrpcError | undefined;

  /** @param lost the failure of the connection, where it is the reason that the stream is gone */
  constructor(
    session: ClientHttp2Session,
    path: string,
    private readonly options: CallOptions,
    lost: () => GrpcError | undefined,
  ) {
    this.stream = session.request(requestHeaders(path, options));
    this.stream.on('error', () => {});
    this.outcome = new Promise((resolve) => {
      this.stream.once('response', (headers) => {
        const status = headers[':status'] ?? 0;
        if (status !== 200)
          this.cancel(new GrpcError(statusOfHttp(status), `the answer has the HTTP status ${status}`));
        else if (headers['grpc-status'] !== undefined) resolve(statusIn(headers));
      });
      this.stream.once('trailers', (headers) => resolve(statusIn(headers)));
      this.stream.once('close', () => resolve(this.cancellation ?? lost() ?? this.reset()));
    });
  }

  /** Sends the requests and gives the responses. @throws {GrpcError} for every status but OK */
  async *exchange(
    requests: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    maxMessageBytes: number | undefined,
  ): AsyncGenerator<Buffer, void, undefined> {
    const { signal, timeoutMs } = this.options;
    const abort = () => this.cancel(new GrpcError(Status.CANCELLED, 'the caller cancelled the call'));
    const stopDeadline = startDeadline(timeoutMs, () =>
      this.cancel(new GrpcError(Status.DEADLINE_EXCEEDED, `no answer came within ${timeoutMs} ms`)),
    );
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();
    void this.send(requests);
    let hasEnded = false;
    try {
      yield* messagesIn(this.stream, maxMessageBytes);
      const failure = await this.outcome;
      hasEnded = true;
      if (failure !== undefined) throw failure;
    } catch (failure) {
      if (this.cancellation !== undefined) throw this.cancellation;
      // A stream that broke has a status all the same; a message that cannot be read leaves the stream open.
      throw failure instanceof GrpcError ? failure : ((await this.outcome) ?? failure);
    } finally {
      signal?.removeEventListener('abort', abort);
      stopDeadline();
      // Servers close a connection on which too many streams are reset: a call that has its status is left alone.
      if (!hasEnded && !this.stream.closed) this.stream.close(constants.NGHTTP2_CANCEL);
    }
  }

  private async send(requests: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    try {
      await writeMessages(this.stream, requests);
      this.stream.end();
    } catch (failure) {
      this.cancel(
        new GrpcError(Status.CANCELLED, failure instanceof Error ? failure.message : 'a request failed'),
      );
    }
  }

  private cancel(why: GrpcError): void {
    this.cancellation ??= why;
    this.stream.close(constants.NGHTTP2_CANCEL);
  }

  /** A stream that ended without a status. */
  private reset(): GrpcError {
    const code = this.stream.rstCode ?? constants.NGHTTP2_NO_ERROR;
    return new GrpcError(statusOfReset(code), `the stream ended without a status (RST_STREAM code ${code})`);
  }
}

function requestHeaders(path: string, { timeoutMs }: CallOptions): OutgoingHttpHeaders {
  return {
    ':method': 'POST',
    ':path': path,
    te: 'trailers',
    'content-type': 'application/grpc+proto',
    'grpc-accept-encoding': 'identity',
    ...(timeoutMs === undefined ? {} : { 'grpc-timeout': timeoutHeader(timeoutMs) }),
  };
}

/** The status of an answer; undefined for OK. */
function statusIn(headers: IncomingHttpHeaders): GrpcError | undefined {
  const { 'grpc-status': status, 'grpc-message': message } = headers;
  const code = /^\d+$/.test(String(status)) ? Number(status) : Status.UNKNOWN;
  if (code === Status.OK) return undefined;
  return new GrpcError(code, decodeStatusMessage(Array.isArray(message) ? message.join() : (message ?? '')));
}
