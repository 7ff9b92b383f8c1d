import { givenText } from '../../base/given-file';
import { wrapLines } from '../../base/screen';
import { counted } from '../../base/text/counted';
import { maskedLines } from '../../base/text/masked-line';
import { pathText } from '../ground/path';
import type { Position, Problem } from '../ground/problem';
import { fixText, statementText } from '../ground/problem-text';

export interface FormatOptions {
  readonly color: boolean;
  /** The text of a file, for the code frames. @default - reads it; a file that can't be read has no frame */
  readonly readFile?: (file: string) => string;
  /** How many columns a line may take. @default - a code frame takes 120, a message is not broken */
  readonly width?: number;
}

/** A problem, or what is shown like one. */
export type ShownProblem = Omit<Problem, 'code'> & Partial<Pick<Problem, 'code'>>;

/**
 * Problems as a person reads them: place, path and message; the lines around it; how to fix it; how many there are.
 *
 * A colour only repeats what the words say.
 */
export function formatProblems(problems: readonly ShownProblem[], options: FormatOptions): string {
  if (problems.length === 0) return '';
  const frames = new Frames(options);
  const blocks = problems.map((problem) => block(problem, frames, options));
  const notesOnly = problems.every(({ severity }) => severity === 'note');
  return `${blocks.join(notesOnly ? '' : '\n')}${notesOnly ? '' : `\n${summary(problems)}\n`}`;
}

function block(problem: ShownProblem, frames: Frames, { color, width }: FormatOptions): string {
  const fitted = (line: string): string => (width === undefined ? line : wrapLines(line, width));
  const { where: place, severity, fix } = problem;
  const { position } = place;
  const file = position ? `${position.file}:${position.line}:${position.column}: ` : '';
  const mark = severity === 'error' ? '' : paint(`${severity}: `, severity === 'warning' ? 33 : 36, color);
  const key = place.path.length === 0 ? '' : `${pathText(place.path)}: `;
  const lines = [fitted(`${paint(file, 1, color)}${mark}${key}${printable(statementText(problem))}`)];
  if (severity === 'note') return `${lines[0]}\n`;
  if (position) lines.push(...frames.of(position, severity));
  if (fix.length > 0) lines.push(fitted(`   ${paint('help:', 32, color)} ${printable(fixText(problem))}`));
  return `${lines.join('\n')}\n`;
}

/** `2 problems in 2 files`, with how many of them are warnings. */
function summary(all: readonly ShownProblem[]): string {
  const problems = all.filter(({ severity }) => severity !== 'note');
  const files = new Set(problems.flatMap(({ where }) => where.position?.file ?? [])).size;
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  const where = files === 0 ? '' : ` in ${counted(files, 'file')}`;
  if (warnings === problems.length) return `${counted(warnings, 'warning')}${where}`;
  return `${counted(problems.length, 'problem')}${where}${warnings === 0 ? '' : `, of which ${counted(warnings, 'warning')}`}`;
}

/** Code frames; every file is read once, and what may not be shown of it is gone then. */
class Frames {
  private readonly texts = new Map<string, readonly string[]>();

  constructor(private readonly options: FormatOptions) {}

  of(position: Position, severity: Problem['severity']): readonly string[] {
    const lines = this.lines(position.file);
    const line = lines[position.line - 1];
    if (line === undefined || line.trim() === '') return [];
    const gutter = String(position.line).length + 3;
    const width = (this.options.width ?? 120) - gutter - 3;
    // A long line is shown from where the problem comes into view.
    const start = position.column <= width * 0.8 ? 0 : position.column - 1 - Math.floor(width / 3);
    const show = (number: number): string => {
      const text = (lines[number - 1] ?? '').replaceAll('\t', ' ');
      return `${String(number).padStart(gutter)} | ${view(text, start, width)}`.trimEnd();
    };
    const visible = Math.min(position.endColumn, line.length + 1, start + width);
    const length = Math.max(1, visible - position.column);
    const marker = paint(
      '^'.repeat(Math.min(length, 80)),
      severity === 'error' ? 31 : 33,
      this.options.color,
    );
    const before =
      start === 0 && position.line > 1 && lines[position.line - 2]?.trim() ? [show(position.line - 1)] : [];
    return [
      ...before,
      show(position.line),
      `${' '.repeat(gutter)} | ${' '.repeat(position.column - 1 - start)}${marker}`,
    ];
  }

  private lines(file: string): readonly string[] {
    let lines = this.texts.get(file);
    if (!lines) {
      const text = this.read(file).replace(/^\ufeff/, '');
      lines = maskedLines(text.split(/\r?\n/)).map(printable);
      this.texts.set(file, lines);
    }
    return lines;
  }

  private read(file: string): string {
    try {
      return (this.options.readFile ?? readShown)(file);
    } catch {
      return '';
    }
  }
}

/** Without what a terminal would act on. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** The part of a text that fits, with `…` where something is left out. */
function view(text: string, start: number, width: number): string {
  const head = start > 0 && text.length > start ? `…${text.slice(start + 1)}` : text.slice(start);
  return head.length > width ? `${head.slice(0, Math.max(width - 1, 1))}…` : head;
}

function paint(text: string, code: number, color: boolean): string {
  return color && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** A pipe would be waited for. @throws Error for what is no text */
function readShown(file: string): string {
  const given = givenText(file);
  if ('wrong' in given) throw new Error(given.wrong);
  return given.text;
}
