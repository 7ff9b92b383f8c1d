import { Lexer } from 'yaml';

/** What begins with a mark that must be closed: a quoted text, or a list or map in brackets. */
export interface Opening {
  readonly mark: string;
  readonly at: number;
}

/** Marks that the lexer puts between the tokens and that are no part of the text. */
const INVISIBLE = new Set(['\u0002', '\u0018', '\u001f']);
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

interface LexedToken {
  readonly text: string;
  readonly at: number;
}

/** The quote that was opened, and not closed, before a place at which the parser gave up; undefined where there is none. */
export function openQuote(text: string, at: number): Opening | undefined {
  const broken = tokens(text).findLast(
    (token) =>
      /^["']/.test(token.text) &&
      (endOf(token) === at ||
        // It was closed by the quote that begins a text of a later line.
        (token.text.includes('\n') && endOf(token) <= at && !text.slice(endOf(token), at).includes('\n'))),
  );
  return broken && { mark: broken.text.charAt(0), at: broken.at };
}

/** The innermost bracket that is open at a place. */
export function openBracket(text: string, at: number): Opening | undefined {
  const open: Opening[] = [];
  for (const token of tokens(text)) {
    if (token.at >= at) break;
    if (Object.hasOwn(CLOSING, token.text)) open.push({ mark: token.text, at: token.at });
    else if (token.text === CLOSING[open.at(-1)?.mark ?? '']) open.pop();
  }
  return open.at(-1);
}

function tokens(text: string): readonly LexedToken[] {
  let at = 0;
  return [...new Lexer().lex(text)].flatMap((token) => {
    if (INVISIBLE.has(token)) return [];
    const lexed = { text: token, at };
    at += token.length;
    return [lexed];
  });
}

function endOf({ text, at }: LexedToken): number {
  return at + text.length;
}
