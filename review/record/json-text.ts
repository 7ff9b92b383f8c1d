/**
 * Whether brackets lie deeper in each other than this. They are counted outside of texts, because a recursive walk over values that
 * lie too deep ends the program.
 */
export function isTooDeep(text: string, most: number): boolean {
  let depth = 0;
  for (const code of outsideOfTexts(text)) {
    if (code === BRACE || code === BRACKET) depth += 1;
    else if (code === END_BRACE || code === END_BRACKET) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

/** How many keys a text of JSON has. */
export function keysIn(text: string): number {
  let keys = 0;
  for (const code of outsideOfTexts(text)) if (code === COLON) keys += 1;
  return keys;
}

/** How many keys the objects in a value have together: less than its text where a key is there twice. */
export function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const parts = Object.values(value);
  return parts.reduce((sum: number, part) => sum + keysOf(part), Array.isArray(value) ? 0 : parts.length);
}

function* outsideOfTexts(text: string): Generator<number> {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at);
    else if (code > SPACE) yield code;
  }
}

/** Where the text that begins with this quote ends. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

const [SPACE, QUOTE, COLON, BACKSLASH] = [0x20, 0x22, 0x3a, 0x5c];
const [BRACE, BRACKET, END_BRACE, END_BRACKET] = [0x7b, 0x5b, 0x7d, 0x5d];
