import { maskedValue } from '../../base/text/masked-line';

/** Characters that must not reach a terminal as they are. */
const UNPRINTABLE = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** More of a text is not looked at, as only its beginning is shown. */
const LONGEST = 4096;

/** A text in double quotes, cut to what fits a line; credentials in it are not shown. */
export function quoted(text: string): string {
  const shown = maskedValue(text.slice(0, LONGEST));
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 57)}...` : shown).replace(
    UNPRINTABLE,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
