/** Characters of East Asian scripts, which take two cells, and signs that are drawn as wide as they (UAX #11, W and F; emoji). */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|[\u{1B000}-\u{1B2FF}\u{1F200}-\u{1F2FF}\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

/** Marks that are drawn onto the character before. */
const NO_WIDTH = /\p{Mn}|\p{Me}|\u200B|\u200C|\u200D/u;

/** What may stand in no SVG, is not seen, or turns around what is beside it: control characters, parts of characters, marks of direction. */
const UNSAFE =
  /\p{Cc}|\p{Bidi_Control}|\p{Cs}|[\uFFFE\uFFFF\u2028\u2029\u2060\uFEFF\u00AD]|\u200B|\u200C|\u200D/gu;

/** How many cells of a font of one width a text takes. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return cells;
}

/** The text, or as much of its beginning as fits with an ellipsis. */
export function shortened(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  let width = 1;
  let short = '';
  for (const character of text) {
    width += cellsOf(character);
    if (width > cells) break;
    short += character;
  }
  return `${short.trimEnd()}…`;
}

/** A foreign text in one line, with what is not to be seen written as `\u202e`. */
export function plainText(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
