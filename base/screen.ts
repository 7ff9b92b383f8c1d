import type { WriteStream } from 'node:tty';

const STYLES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;
export type Style = keyof typeof STYLES;

/** The number of columns where the terminal does not tell its own. */
const ASSUMED_WIDTH = 80;

/** Narrower than this, labels and their texts no longer fit beside each other. */
const LEAST_WIDTH = 40;

/** Prints lines for people; on a terminal, a few more lines below them can be redrawn. */
export class Screen {
  private live: readonly string[] = [];

  constructor(
    private readonly stream: NodeJS.WriteStream | WriteStream,
    private readonly color: boolean,
  ) {}

  /** Whether it is a terminal on which lines can be redrawn. */
  get interactive(): boolean {
    return this.stream.isTTY === true && process.env.TERM !== 'dumb' && (process.env.CI ?? '') === '';
  }

  get width(): number {
    return Math.max(this.knownWidth ?? ASSUMED_WIDTH, LEAST_WIDTH);
  }

  /**
   * Whether every line is broken at words to fit the width. In a pipe a message stays in one line, so that other programs can
   * look for it, unless `COLUMNS` gives a width.
   */
  get wraps(): boolean {
    return this.knownWidth !== undefined;
  }

  private get knownWidth(): number | undefined {
    if (this.stream.isTTY === true) return this.stream.columns ?? ASSUMED_WIDTH;
    const { COLUMNS = '' } = process.env;
    return /^[1-9][0-9]{0,3}$/.test(COLUMNS) ? Number(COLUMNS) : undefined;
  }

  /** The text in a style, if colours are wanted and the stream is a terminal. */
  paint(style: Style, text: string): string {
    if (!this.color || this.stream.isTTY !== true) return text;
    const [on, off] = STYLES[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  }

  /** Prints text above the redrawn lines. */
  print(text: string): void {
    const redrawn = this.live;
    this.redraw([]);
    this.stream.write(`${text}\n`);
    this.redraw(redrawn);
  }

  /** Replaces the redrawn lines, each cut to the terminal's width. It does nothing where lines can't be redrawn. */
  redraw(lines: readonly string[]): void {
    if (!this.interactive || (lines.length === 0 && this.live.length === 0)) return;
    const up = this.live.length > 0 ? `\u001b[${this.live.length}A\u001b[0J` : '';
    this.stream.write(up + lines.map((line) => `${cut(line, this.width - 1)}\n`).join(''));
    this.live = lines;
  }
}

/**
 * Breaks every line that is longer than `width` at words. What follows a label stays beside it: the further lines begin where
 * the text after the last wide gap begins, or else two columns further in than the line.
 */
export function wrapLines(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (shownLength(line) <= width ? line : wrapLine(line, width)))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const indent = hangingIndent(line, width);
  const lines: string[] = [];
  let current = '';
  for (const [, gap = '', word = ''] of line.matchAll(/(\s*)(\S+)/g)) {
    const fits = shownLength(current) + gap.length + shownLength(word) <= width;
    if (fits || current.trim() === '') current += gap + word;
    else {
      lines.push(current);
      current = ' '.repeat(indent) + word;
    }
  }
  return [...lines, current].join('\n');
}

function hangingIndent(line: string, width: number): number {
  const plain = line.replace(STYLE, '');
  const gaps = [...plain.matchAll(/\S {2,}(?=\S)/g)].map(({ index, 0: gap }) => index + gap.length);
  const label = gaps.filter((column) => column <= width / 2).at(-1);
  return label ?? plain.length - plain.trimStart().length + 2;
}

/** An escape sequence that sets a style. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a style begins with one
const STYLE = /\u001b\[[0-9;]*m/g;

function shownLength(text: string): number {
  return text.replace(STYLE, '').length;
}

/** Breaks text at spaces so that no line is longer than `width`, except for longer words. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A label followed by paragraphs that are wrapped beside it. */
export function beside(label: string, paragraphs: readonly string[], width: number): string {
  const lines = paragraphs.flatMap((paragraph) => wrap(paragraph, Math.max(width - label.length, 30)));
  if (lines.length === 0) return label.trimEnd();
  return lines.map((line, index) => (index === 0 ? label : ' '.repeat(label.length)) + line).join('\n');
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
