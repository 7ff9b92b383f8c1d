import type { LineCounter } from 'yaml';
import type { Position } from '../ground/problem';

/** Offsets of one file as positions. */
export class Positions {
  constructor(
    private readonly file: string,
    private readonly text: string,
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
    let last = Math.min(end, newline < 0 ? this.text.length : newline);
    // Every value of every file comes past here, so that nothing is cut out of the text to be trimmed.
    while (last > start && this.isSpaceBefore(last)) last -= 1;
    const length = last - start;
    return {
      file: this.file,
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      endColumn: Math.max(col, 1) + length,
    };
  }

  private isSpaceBefore(offset: number): boolean {
    const character = this.text[offset - 1];
    return character !== undefined && character.trim() === '';
  }
}
