import { visibleText } from '../../../base/visible-text';

/** Markup that is not escaped again. Only {@link html} and the constants of this folder make it. */
export interface Markup {
  readonly markup: string;
}

type Content = string | number | Markup | undefined | readonly Content[];

/** Markup with values in it: texts are escaped, in elements and in quoted attributes; markup, also a list of it, stays. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return {
    markup: parts.map((part, index) => part + (index < values.length ? textOf(values[index]) : '')).join(''),
  };
}

/** Something that was rendered elsewhere, where all texts in it are escaped. */
export function trusted(markup: string): Markup {
  return { markup };
}

function textOf(value: Content): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(textOf).join('');
}

/** What may not stand in HTML, or can't be seen and hides what a name is. */
const UNSEEN = /[\p{Cs}\uFFFE\uFFFF\u2028\u2029\u200b-\u200d\u2060\ufeff\u00ad]/gu;

/** A foreign text as text: what would be markup, or turns the direction of reading, is shown. */
function escaped(text: string): string {
  return visibleText(text)
    .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
