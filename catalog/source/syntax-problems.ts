import type { Document, YAMLError } from 'yaml';
import type { ProblemList } from '../ground/problem-list';
import type { Positions } from './positions';

/** What the YAML parser's codes mean to somebody who writes a catalog; others keep the parser's own words. */
const MEANINGS: Readonly<Record<string, readonly [message: string, fix?: string]>> = {
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
    const position = positions.of(error.pos[0], Math.max(error.pos[1], error.pos[0] + 1));
    const [message, fix] = meaningOf(error);
    problems.error('syntax', { path: [], position }, message, ...(fix === undefined ? [] : [fix]));
  }
  return errors.length > 0;
}

function meaningOf(error: YAMLError): readonly [message: string, fix?: string] {
  const meaning = MEANINGS[error.code];
  const own = error.message.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  if (error.code === 'BAD_ALIAS' || PLACEHOLDER.test(own)) {
    return [own, 'a text that begins with * needs quotes'];
  }
  if (/^maximum call stack/i.test(own)) return ['is nested too deeply'];
  if (!meaning || own.startsWith('flow ')) return [own];
  return error.code === 'MISSING_CHAR' ? [own, meaning[1]] : meaning;
}
