/**
 * How many keys a text of JSON has, counted outside of its texts; undefined where brackets lie deeper in each other than this. They
 * are counted before it is parsed, because a recursive walk over values that lie too deep ends the program.
 */
export function keysIn(text: string, deepest: number): number | undefined {
  let keys = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at);
    else if (code === COLON) keys += 1;
    else if (code === BRACE || code === BRACKET) depth += 1;
    else if (code === END_BRACE || code === END_BRACKET) depth -= 1;
    if (depth > deepest) return undefined;
  }
  return keys;
}

/** How many keys the objects in a value have together: less than its text where a key is there twice. */
export function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) for (const part of value) keys += keysOf(part);
  else for (const part of Object.values(value)) keys += 1 + keysOf(part);
  return keys;
}

/** Where the text that begins with this quote ends. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

/** Whether an odd number of backslashes stands before a quote. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote - 1;
  while (text.charCodeAt(at) === BACKSLASH) at -= 1;
  return (quote - at) % 2 === 0;
}

const [QUOTE, COLON, BACKSLASH] = [0x22, 0x3a, 0x5c];
const [BRACE, BRACKET, END_BRACE, END_BRACKET] = [0x7b, 0x5b, 0x7d, 0x5d];
