import { closeSync, type FSWatcher, openSync, readSync, watch } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** How often the file is read where the system does not report that it has grown. */
const POLL_MS = 200;
const CHUNK_BYTES = 65_536;

/**
 * Hands on the lines of a file that another process appends to, as they come, without their ends.
 *
 * An error that the listener throws ends the listening, not the process that writes: {@link finish} throws it.
 */
export class FileFollower {
  private readonly handle: number;
  private readonly watcher: FSWatcher | undefined;
  private readonly timer: NodeJS.Timeout;
  private readonly decoder = new StringDecoder('utf8');
  private readonly chunk = Buffer.alloc(CHUNK_BYTES);
  private rest = '';
  private failure: { readonly error: unknown } | undefined;

  constructor(
    file: string,
    private readonly hear: (line: string) => void,
  ) {
    this.handle = openSync(file, 'r');
    this.watcher = watchIfPossible(file, () => this.read());
    this.timer = setInterval(() => this.read(), POLL_MS);
    this.timer.unref();
    this.read();
  }

  /** Reads what is left, a last line without an end included, and closes the file: for when its writer has ended. */
  finish(): void {
    clearInterval(this.timer);
    this.watcher?.close();
    try {
      this.read();
      const last = this.rest + this.decoder.end();
      if (last !== '') this.handOn([last]);
    } finally {
      closeSync(this.handle);
    }
    if (this.failure !== undefined) throw this.failure.error;
  }

  private read(): void {
    if (this.failure !== undefined) return;
    try {
      for (;;) {
        const length = readSync(this.handle, this.chunk);
        if (length === 0) return;
        const lines = (this.rest + this.decoder.write(this.chunk.subarray(0, length))).split('\n');
        this.rest = lines.pop() ?? '';
        this.handOn(lines);
      }
    } catch (error) {
      this.failure = { error };
    }
  }

  private handOn(lines: readonly string[]): void {
    try {
      for (const line of lines) this.hear(line.replace(/\r$/, ''));
    } catch (error) {
      this.failure ??= { error };
    }
  }
}

/** A watcher makes lines come at once; where the system has none to give, polling alone is enough. */
function watchIfPossible(file: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(file, { persistent: false }, changed);
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}
