import { visibleText } from '../../../base/visible-text';

/** Invisible and without width: what stands before it is no mention, no reference and no link any more. */
const APART = '&#8203;';

/**
 * A foreign text as a part of a line of Markdown: it stays text, whatever is in it. It begins no mention (`@name`), no reference (`#1`,
 * `!1`, `GH-1`), no link, no HTML, no table cell and no emphasis; line breaks and what turns the direction of reading are shown. Where it begins
 * a line, {@link atStart} is for it.
 */
export function inline(text: string): string {
  return (
    visible(text)
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/[\\`*[\]~]/g, '\\$&')
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replace(/([@#!$%~:])(?=[\p{L}\p{N}"_])/gu, (_, mark: string) => (mark === ':' ? ':' : mark + APART))
      .replace(/:\/\//g, `:${APART}//`)
      .replace(/\b(www)\./gi, `$1${APART}.`)
      .replace(/\b(GH|gl)-(?=\d)/gi, `$1-${APART}`)
      // The last: its own `#` is no reference.
      .replace(/\|/g, '&#124;')
  );
}

/** The same at the begin of a line, or of an item, where it is no heading, no list and no line across either. */
export function atStart(text: string): string {
  return inline(text.trimStart())
    .replace(/^([#+=-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A foreign text in a code span, in which nothing is read as a mention or a link. */
export function code(text: string): string {
  const shown = noCommand(visible(text));
  if (shown === '') return '` `';
  const fence = '`'.repeat(longestRun(shown, '`') + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') || /^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** The same in a cell of a table, in which a `|` ends the cell even within a code span. */
export function codeCell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** Lines as a block that nothing in them can end. */
export function fenced(lines: readonly string[], language: string): readonly string[] {
  const body = lines
    .flatMap((line) => line.split(/\r\n|[\r\n\u2028\u2029]/))
    .map((line) => noCommand(visibleText(line)));
  const runs = body.map((line) => longestRun(line, '~'));
  const fence = '~'.repeat(Math.max(3, ...runs.map((run) => run + 1)));
  return [`${fence}${language}`, ...body, fence];
}

/** At most so many characters, counted as a reader counts them; the rest is an ellipsis. */
export function clipped(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/**
 * A line that GitHub's runner takes for none of its commands, should the page be printed in a job: it looks for `::name::` at the begin of a
 * line, and for `##[name]` anywhere.
 */
function noCommand(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1\u200b:').replace(/##(?=\[)/g, '##\u200b');
}

/** One line, in which line breaks and controls can be seen. */
function visible(text: string): string {
  return visibleText(text.replace(/\r\n|[\r\n\u2028\u2029]/g, ' ⏎ ').replaceAll('\t', ' ')).replace(
    // Joiners and other characters without width hide what a name really is.
    /[\u200b-\u200d\u2060\ufeff\u00ad]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
