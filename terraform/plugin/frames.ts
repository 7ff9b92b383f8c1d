import type { Readable, Writable } from 'node:stream';
import { GrpcError, Status } from './status';

/** A compression flag and a length of four bytes stand before each message on a stream. */
const PREFIX_BYTES = 5;

/** The largest message that is taken where a caller sets no other limit: as in the servers of HashiCorp's provider SDK. */
export const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** A message with its prefix, as it goes onto a stream. */
export function frame(message: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  bytes[0] = 0;
  bytes.writeUInt32BE(message.length, 1);
  bytes.set(message, PREFIX_BYTES);
  return bytes;
}

/** Cuts the bytes of one stream into messages, whatever the sizes of the chunks in which they arrive. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private buffered = 0;
  /** Length of the message whose prefix was read; undefined between two messages. */
  private length: number | undefined;

  constructor(private readonly maxMessageBytes = MAX_MESSAGE_BYTES) {}

  /**
   * Adds a chunk, and gives each message that it completes.
   *
   * @throws {GrpcError} INTERNAL for a compressed message, since no compression was offered; RESOURCE_EXHAUSTED for one
   * that is longer than the limit, as soon as its prefix is there
   */
  *push(chunk: Buffer): Generator<Buffer, void, undefined> {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    for (;;) {
      if (this.length === undefined) {
        if (this.buffered < PREFIX_BYTES) return;
        this.length = this.lengthIn(this.take(PREFIX_BYTES));
      }
      if (this.buffered < this.length) return;
      const message = this.take(this.length);
      this.length = undefined;
      yield message;
    }
  }

  /** @throws {GrpcError} INTERNAL where the stream ended within a message */
  end(): void {
    if (this.buffered > 0 || this.length !== undefined)
      throw new GrpcError(Status.INTERNAL, 'the stream ended in the middle of a message');
  }

  private lengthIn(prefix: Buffer): number {
    if (prefix[0] !== 0)
      throw new GrpcError(Status.INTERNAL, 'a message is compressed, although no compression was agreed on');
    const length = prefix.readUInt32BE(1);
    if (length > this.maxMessageBytes)
      throw new GrpcError(
        Status.RESOURCE_EXHAUSTED,
        `a message must have at most ${this.maxMessageBytes} bytes, got ${length}`,
      );
    return length;
  }

  /** Removes bytes from the front. Chunks are joined only when all of the bytes are there, so that each is copied once. */
  private take(count: number): Buffer {
    const [first] = this.chunks;
    const all = first !== undefined && first.length >= count ? first : Buffer.concat(this.chunks);
    if (all === first) this.chunks.shift();
    else this.chunks = [];
    if (all.length > count) this.chunks.unshift(all.subarray(count));
    this.buffered -= count;
    return all.subarray(0, count);
  }
}

/**
 * The messages of one stream, read no faster than they are used. Who stops early leaves the stream open.
 *
 * @throws {GrpcError} for what {@link MessageReader} refuses, and whatever the stream fails with
 */
export async function* messagesIn(
  stream: Readable,
  maxMessageBytes?: number,
): AsyncGenerator<Buffer, void, undefined> {
  const reader = new MessageReader(maxMessageBytes);
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield* reader.push(chunk as Buffer);
  reader.end();
}

/** The one message of a unary call. @throws {GrpcError} INTERNAL where there is none, or more than one */
export async function onlyMessage(messages: AsyncIterable<Buffer>): Promise<Buffer> {
  let only: Buffer | undefined;
  for await (const message of messages) {
    if (only !== undefined)
      throw new GrpcError(Status.INTERNAL, 'a unary call must have one message, got more');
    only = message;
  }
  if (only === undefined)
    throw new GrpcError(Status.INTERNAL, 'a unary call must have one message, got none');
  return only;
}

/** Writes messages to a stream, no faster than the other side takes them, and leaves it open. */
export async function writeMessages(
  stream: Writable,
  messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const message of messages) {
    if (stream.destroyed || stream.writableEnded) return;
    await taken(stream, frame(message));
  }
}

/** Resolves at once while there is room in the stream's buffer, else when the bytes are sent or the stream is gone. */
function taken(stream: Writable, bytes: Buffer): Promise<void> | undefined {
  let sent = () => {};
  const hasRoom = stream.write(bytes, () => sent());
  if (hasRoom) return undefined;
  return new Promise((resolve) => {
    sent = resolve;
  });
}
