/** Characters that must not reach a terminal as they are. */
const UNPRINTABLE = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A text in double quotes, cut to what fits a line; a password in a URL is not shown. */
export function quoted(text: string): string {
  const shown = text.replace(/(:\/\/)[^\s/]*@/g, '$1******@');
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 57)}...` : shown).replace(
    UNPRINTABLE,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
