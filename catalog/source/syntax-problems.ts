import type { Document, YAMLError } from 'yaml';
import type { ProblemList } from '../ground/problem-list';
import { openBracket, openQuote } from './openings';
import type { Positions } from './positions';

/** What the YAML parser's codes mean to somebody who writes a catalog; others keep the parser's own words. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  TAB_AS_INDENT: ['a tab must not indent', 'use spaces'],
  MULTIPLE_DOCS: ['must be one YAML document, got several', 'remove the line ---'],
  BAD_INDENT: ['the indentation does not fit the lines above'],
  BLOCK_AS_IMPLICIT_KEY: [
    'the indentation does not fit the lines around',
    'a key and its value stand on one line, its own keys below, two spaces further in',
  ],
  IMPOSSIBLE: ['this line cannot be read'],
  MISSING_CHAR: ['a quote, bracket or colon is missing'],
  TAG_RESOLVE_FAILED: ['YAML tags (!name) are not read', 'remove the tag'],
  BAD_SCALAR_START: ['a text must not begin with this character', 'quote it'],
};

/** A placeholder of asterisks where the parser stumbled over it. */
const PLACEHOLDER = /^\*{2,}/;

/** The line with which git begins a conflict. */
const MERGE_CONFLICT = /^<{7}(?: .*)?$/m;

/**
 * Reports what the YAML parser found; whether there was something.
 *
 * The first error only, and every tab: what follows a syntax error is mostly its echo.
 */
export function reportSyntax(document: Document, positions: Positions, problems: ProblemList): boolean {
  const conflict = positions.find(MERGE_CONFLICT);
  if (document.errors.length > 0 && conflict !== undefined) {
    const fix = 'keep what both sides need, and remove the lines <<<<<<<, ======= and >>>>>>>';
    const where = { path: [], position: conflict };
    problems.error('syntax', where, 'a merge conflict is not resolved', fix);
    return true;
  }
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  for (const error of errors.filter(({ code }, index) => index === 0 || code === 'TAB_AS_INDENT')) {
    const opened = openedBy(error, positions.text);
    const [start, end] = opened === undefined ? error.pos : [opened.at, opened.at];
    const position = positions.of(start, Math.max(end, start + 1));
    const [message, fix] = opened?.meaning ?? meaningOf(error);
    problems.error('syntax', { path: [], position }, message, ...(fix === undefined ? [] : [fix]));
  }
  return errors.length > 0;
}

type Meaning = readonly [message: string, fix?: string];

/** Where a quote or a bracket was opened that the parser missed at the end of a line, or of the file. */
function openedBy(
  { code, message, pos }: YAMLError,
  text: string,
): { readonly at: number; readonly meaning: Meaning } | undefined {
  if (code === 'TAB_AS_INDENT') return undefined;
  const quote = openQuote(text, pos[0]);
  if (quote !== undefined && (code !== 'MISSING_CHAR' || /quote$/.test(message))) {
    const doubled = quote.mark === "'" ? "; one within it is written twice: ''" : '';
    const fix = `close it at the end of its text${doubled}`;
    return { at: quote.at, meaning: [`the quote ${quote.mark} is not closed`, fix] };
  }
  const isOpenFlow = /^Flow (map|sequence)/.test(message);
  const bracket = isOpenFlow ? openBracket(text, pos[0]) : undefined;
  if (bracket === undefined) return undefined;
  const closing = bracket.mark === '{' ? '}' : ']';
  return {
    at: bracket.at,
    meaning: [
      `the bracket ${bracket.mark} is not closed within its indentation`,
      `write ${closing} where it ends; its lines stand further in than its key`,
    ],
  };
}

function meaningOf(error: YAMLError): Meaning {
  const meaning = MEANINGS[error.code];
  const own = error.message.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  if (error.code === 'BAD_ALIAS' || PLACEHOLDER.test(own)) {
    return [own, 'a text that begins with * needs quotes'];
  }
  if (/^maximum call stack/i.test(own)) return ['is nested too deeply'];
  if (!meaning || own.startsWith('flow ')) return [own];
  return error.code === 'MISSING_CHAR' ? [own, meaning[1]] : meaning;
}
