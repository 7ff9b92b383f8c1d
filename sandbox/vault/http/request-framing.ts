/** The header with a request's original method, if Node's parser does not know that method. */
export const METHOD_HEADER = 'x-kakehashi-method';

const HEAD_END = '\r\n\r\n';
/** A longer head is passed on as it is, and Node refuses it. */
const LARGEST_HEAD = 64 * 1024;

type State =
  | { readonly kind: 'head' }
  | { readonly kind: 'body'; readonly left: number }
  | { readonly kind: 'chunk size' }
  | { readonly kind: 'chunk'; readonly left: number }
  | { readonly kind: 'trailer' }
  /** Not understood: the rest is passed on unchanged, and Node's parser decides. */
  | { readonly kind: 'rest' };

/**
 * Gets the methods `LIST` and `SCAN` through Node's HTTP parser, which knows a fixed set of methods. It follows the requests of one
 * connection and passes each on unchanged, except that each of these becomes a GET with the original method in a header.
 */
export class RequestFraming {
  private pending = Buffer.alloc(0);
  private state: State = { kind: 'head' };

  /** Takes bytes of the socket and gives the bytes to pass on. */
  push(bytes: Buffer): Buffer {
    this.pending = Buffer.concat([this.pending, bytes]);
    const ready: Buffer[] = [];
    for (let part = this.next(); part !== undefined; part = this.next()) ready.push(part);
    return Buffer.concat(ready);
  }

  /** The next complete part; undefined if more bytes are needed. */
  private next(): Buffer | undefined {
    const { state } = this;
    if (this.pending.length === 0) return undefined;
    if (state.kind === 'head') return this.head();
    if (state.kind === 'rest') return this.take(this.pending.length);
    if (state.kind === 'body' || state.kind === 'chunk') {
      const part = this.take(Math.min(state.left, this.pending.length));
      const left = state.left - part.length;
      this.state = left > 0 ? { ...state, left } : { kind: state.kind === 'body' ? 'head' : 'chunk size' };
      return part;
    }
    const end = this.pending.indexOf('\n') + 1;
    if (end === 0) return undefined;
    const line = this.take(end);
    this.state = afterLine(state.kind, line.toString('latin1').trim());
    return line;
  }

  private head(): Buffer | undefined {
    const end = this.pending.indexOf(HEAD_END);
    if (end < 0) {
      if (this.pending.length < LARGEST_HEAD) return undefined;
      this.state = { kind: 'rest' };
      return this.take(this.pending.length);
    }
    const head = this.take(end + HEAD_END.length).toString('latin1');
    this.state = afterHead(head);
    return Buffer.from(withoutList(head), 'latin1');
  }

  private take(length: number): Buffer {
    const part = this.pending.subarray(0, length);
    this.pending = this.pending.subarray(length);
    return part;
  }
}

function withoutList(head: string): string {
  const own = head.replace(new RegExp(`\\r\\n${METHOD_HEADER}:[^\\r\\n]*`, 'gi'), '');
  return own.replace(/^(LIST|SCAN) ([^\r\n]*)\r\n/, `GET $2\r\n${METHOD_HEADER}: $1\r\n`);
}

function afterHead(head: string): State {
  if (/\r\ntransfer-encoding:[^\r\n]*chunked/i.test(head)) return { kind: 'chunk size' };
  const length = Number(/\r\ncontent-length:\s*(\d{1,15})\s*\r\n/i.exec(head)?.[1] ?? 0);
  return length === 0 ? { kind: 'head' } : { kind: 'body', left: length };
}

function afterLine(kind: 'chunk size' | 'trailer', line: string): State {
  if (kind === 'trailer') return { kind: line === '' ? 'head' : 'trailer' };
  const size = /^[0-9a-f]{1,8}/i.exec(line)?.[0];
  if (size === undefined) return { kind: 'rest' };
  // A line end follows the bytes of a chunk.
  return Number.parseInt(size, 16) === 0
    ? { kind: 'trailer' }
    : { kind: 'chunk', left: Number.parseInt(size, 16) + 2 };
}
