import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makePrivate } from '../../base/files';
import { stamp } from '../../base/text/stamp';
import { Masks } from '../../terraform/masks';

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

  close(): void {
    if (this.handle !== undefined) closeSync(this.handle);
    this.handle = undefined;
  }
}
