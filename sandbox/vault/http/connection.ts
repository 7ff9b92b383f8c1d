import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { RequestFraming } from './request-framing';

/** A connection for Node's HTTP server that passes on a socket's bytes in a form that Node's parser can read. */
export class Connection extends Duplex {
  readonly remoteAddress: string | undefined;
  private readonly framing = new RequestFraming();

  constructor(private readonly socket: Socket) {
    super();
    this.remoteAddress = socket.remoteAddress;
    socket.on('data', (bytes: Buffer) => {
      const ready = this.framing.push(bytes);
      if (ready.length > 0 && !this.push(ready)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (failure) => this.destroy(failure));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(bytes: Buffer, encoding: BufferEncoding, done: (failure?: Error | null) => void): void {
    this.socket.write(bytes, encoding, done);
  }

  override _final(done: () => void): void {
    this.socket.end(done);
  }

  override _destroy(failure: Error | null, done: (failure: Error | null) => void): void {
    this.socket.destroy();
    done(failure);
  }
}
