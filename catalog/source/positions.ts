import type { LineCounter } from 'yaml';
import type { Position } from '../ground/problem';

/** Offsets of one file as positions. */
export class Positions {
  constructor(
    private readonly file: string,
    readonly text: string,
    private readonly lineCounter: LineCounter,
  ) {}

  /** Where the text first matches, or undefined. */
  find(pattern: RegExp): Position | undefined {
    const match = pattern.exec(this.text);
    return match === null ? undefined : this.of(match.index, match.index + match[0].length);
  }

  of(start: number, end: number): Position {
    const { line, col } = this.lineCounter.linePos(start);
    const newline = this.text.indexOf('\n', start);
    const last = Math.min(end, newline < 0 ? this.text.length : newline);
    const length = this.text.slice(start, last).trimEnd().length;
    return {
      file: this.file,
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      endColumn: Math.max(col, 1) + length,
    };
  }
}
