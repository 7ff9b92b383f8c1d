import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makePrivate, writeExactly } from '../../base/files';
import { stamp } from '../../base/text/stamp';
import { Masks } from '../../terraform/masks';

/** A larger log is not read again. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The log file of one run, with all output of Terraform, masked, mode 0600. It is created with its first line. */
export class RunLog {
  readonly file: string | undefined;
  private handle: number | undefined;

  /**
   * @param folder - undefined: no log is kept
   * @param masks - those of the run, which its environments share
   */
  constructor(
    folder: string | undefined,
    readonly masks = new Masks(),
    started = new Date(),
  ) {
    this.file = folder === undefined ? undefined : path.join(folder, `${stamp(started)}.log`);
  }

  /** Whether it has a line. */
  get used(): boolean {
    return this.handle !== undefined;
  }

  write(source: string, line: string): void {
    if (this.file === undefined) return;
    if (this.handle === undefined) {
      makePrivate(path.dirname(this.file));
      this.handle = openSync(this.file, 'a', 0o600);
    }
    writeSync(this.handle, `${new Date().toISOString()} ${source}: ${this.masks.mask(line)}\n`);
  }

  /** Ends the log. Secrets that became known after their lines were written are replaced now: Terraform names things before it tells which are secret. */
  close(): void {
    if (this.handle === undefined || this.file === undefined) return;
    closeSync(this.handle);
    this.handle = undefined;
    if (statSync(this.file).size > MOST_BYTES) return;
    const text = readFileSync(this.file, 'utf8');
    const masked = this.masks.mask(text);
    if (masked !== text) writeExactly(this.file, masked, 0o600);
  }
}
