import { HtmlRenderer, Parser } from 'commonmark';
import { inline } from '../../../review/page/markdown/text';

/** What a reader sees of a text, without what has no width. */
function seen(text: string): string {
  const markup = new HtmlRenderer().render(new Parser().parse(`x ${inline(text)}`));
  return markup
    .replace(/<\/?p>\n?/g, '')
    .replaceAll('\u200b', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .slice(2);
}

it.each([
  'a|b',
  '|1',
  '#1|2',
  '&#124;',
  '&lt;',
  'a_b|_c_',
  '\\|',
  '@a|@b',
  '`x|y`',
  'http://e|www.x',
  'GH-1|!2',
])('is read as it is written: %s', (text) => expect(seen(text)).toBe(text));
