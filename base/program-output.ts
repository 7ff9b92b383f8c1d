import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { FileFollower } from './file-follower';

/** How many of the last lines are kept. */
const LAST_LINES = 40;

export interface OutputSpec {
  /** Called for each line, without its end. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Keep all of stdout, for programs whose answer is one document. @default false */
  readonly capture?: boolean;
  /**
   * A new file, of mode 0600, that gets stdout and stderr; its lines are handed on as those of stdout. It is left there.
   * @default - stdout and stderr are pipes to this process
   */
  readonly outputFile?: string;
}

/** What a program prints: read as it comes, from its pipes or from the file that it writes to. */
export class ProgramOutput {
  /** All of stdout, where it is captured. */
  stdout = '';
  /** The last lines, for error messages. */
  readonly lastLines: string[] = [];
  private readonly file: number | undefined;
  private readonly follower: FileFollower | undefined;

  /** Makes the file, where there is to be one. */
  constructor(private readonly spec: OutputSpec) {
    if (spec.outputFile === undefined) return;
    this.file = openSync(spec.outputFile, 'ax', 0o600);
    this.follower = new FileFollower(spec.outputFile, (line) => this.hear(line, 'stdout'));
  }

  /** Where the program's stdout and stderr go. */
  get target(): 'pipe' | number {
    return this.file ?? 'pipe';
  }

  /** Begins to read the program's pipes; the file, which is the program's now, is read anyway. */
  readFrom(child: ChildProcess): void {
    if (this.file !== undefined) closeSync(this.file);
    if (child.stdout !== null && this.spec.capture === true) {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        this.stdout += text;
      });
    } else if (child.stdout !== null) {
      eachLine(child.stdout, (line) => this.hear(line, 'stdout'));
    }
    if (child.stderr !== null) eachLine(child.stderr, (line) => this.hear(line, 'stderr'));
  }

  /** Reads what is left in the file, after the program has ended. @throws what `onLine` threw for a line of the file */
  finish(): void {
    this.follower?.finish();
  }

  private hear(line: string, stream: 'stdout' | 'stderr'): void {
    this.lastLines.push(line);
    if (this.lastLines.length > LAST_LINES) this.lastLines.shift();
    this.spec.onLine?.(line, stream);
  }
}

function eachLine(stream: Readable, hear: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line.replace(/\r$/, ''));
  });
  stream.on('end', () => {
    if (rest !== '') hear(rest);
  });
}
