import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { readIfThere } from '../base/files';

/** One line of the journal. */
export interface JournalLine {
  readonly at: string;
  /** The run that wrote it. */
  readonly run: string;
  readonly event: 'started' | 'applied' | 'failed';
  readonly stack: string;
  /** SHA-256 of the plan file. */
  readonly plan: string;
}

/**
 * What was begun to be applied, ever, in one environment's folder.
 *
 * Terraform refuses a saved plan that was applied already, because the state has moved on; but not one whose apply was
 * killed before the first state was written: it would create everything twice (facts.md §2). So a plan is written
 * down here, synced, before its apply is started, and is never used again.
 */
export class Journal {
  private readonly lines: JournalLine[];
  private readonly run = `${new Date().toISOString()}-${process.pid}`;

  constructor(private readonly file: string) {
    this.lines = (readIfThere(file) ?? '').split('\n').flatMap(parseLine);
  }

  /** Whether an apply of this plan was begun, by whatever run. */
  wasStarted(plan: string): boolean {
    return this.lines.some((line) => line.plan === plan);
  }

  /** Stacks whose last apply was begun and never ended: the driver was killed. */
  get unfinished(): readonly string[] {
    const last = new Map(this.lines.map((line) => [line.stack, line.event]));
    return [...last].filter(([, event]) => event === 'started').map(([stack]) => stack);
  }

  /** Writes a line, and returns when it is on the disk. */
  record(event: JournalLine['event'], stack: string, plan: string): void {
    const line: JournalLine = { at: new Date().toISOString(), run: this.run, event, stack, plan };
    mkdirSync(path.dirname(this.file), { recursive: true });
    const handle = openSync(this.file, 'a', 0o600);
    try {
      writeSync(handle, `${JSON.stringify(line)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    this.lines.push(line);
  }
}

/** A line that a kill left half written is none. */
function parseLine(text: string): readonly JournalLine[] {
  try {
    if (text === '') return [];
    const line = JSON.parse(text) as JournalLine & { readonly unit?: string };
    // A stack was called a unit before.
    return [{ ...line, stack: line.stack ?? line.unit ?? '' }];
  } catch {
    return [];
  }
}
