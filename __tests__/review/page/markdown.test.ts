import { type Node, Parser } from 'commonmark';
import fc from 'fast-check';
import { fits, LEAST_CHARACTERS } from '../../../review/page/markdown/budget';
import { reviewMarkdown } from '../../../review/page/markdown/markdown';
import { trailerOf } from '../../../review/page/trailer';
import { reviewOfText, sampleReview } from '../../support/reviews';

/** Texts that would be more than texts in Markdown, in HTML, or on a code host. */
const HOSTILE = [
  '```',
  '~~~~~~~~',
  '`````````````',
  '|',
  '<img src=x onerror=alert(1)>',
  '</details>',
  '@admin',
  '@org/team',
  '#1',
  'owner/repo#1',
  'GH-1',
  '!1',
  '$1',
  '%1',
  '~label',
  '\n',
  '\r\n# heading\n',
  '\n- [ ] task',
  '\u2028',
  '\u202e',
  '\u2066',
  '\u200f',
  '](https://evil.example/)',
  '![x](https://evil.example/x.png)',
  '[x][1]\n\n[1]: https://evil.example/',
  'https://evil.example/',
  'www.evil.example',
  '<https://evil.example/>',
  '-->',
  '<!-- kakehashi-review:1 e30= -->',
  '--!>',
  '&lt;b&gt;',
  '\\',
  '*x*',
  '__x__',
  '~~x~~',
  '\u0000\u001b[31m',
  '\ufeff',
  '日本語の名前',
  '😀'.repeat(20),
  ' ',
  '\t',
  '---',
  '===',
  '# heading',
  '1. one',
  '2) two',
  '+ plus',
  '- minus',
  '> quote',
  '     code',
  '* star',
  ':::',
  '::error::x',
  '   ::set-output name=a::b',
  '##[error]x',
  '| a | b |\n|---|---|',
  ':cat:',
  '$x$',
] as const;

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

/** The nodes of a page, as CommonMark reads it. */
function nodesOf(markdown: string): readonly Node[] {
  const nodes: Node[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event !== null; event = walker.next())
    if (event.entering) nodes.push(event.node);
  return nodes;
}

const OWN_HTML =
  /^(<details><summary>.*<\/summary>|<\/details>|<!-- kakehashi-review:1 [A-Za-z0-9+/=]+ -->|<br>)$/;

/** What a page must hold, whatever the texts of its review are. */
function expectHarmless(text: string, syntax: 'github' | 'common'): void {
  const page = reviewMarkdown(reviewOfText(text), { budget: { characters: 500_000 }, syntax });
  const nodes = nodesOf(page);
  expect(nodes.filter(({ type }) => type === 'link' || type === 'image')).toEqual([]);
  const html = nodes.flatMap(({ type, literal }) =>
    type === 'html_inline' || type === 'html_block' ? (literal ?? '').split('\n') : [],
  );
  expect(html.filter((line) => line.trim() !== '' && !OWN_HTML.test(line.trim()))).toEqual([]);
  // The page has no more parts than with a harmless text.
  const plain = nodesOf(reviewMarkdown(reviewOfText('plain'), { budget: { characters: 500_000 }, syntax }));
  const count = (all: readonly Node[], type: string) => all.filter((node) => node.type === type).length;
  for (const type of ['heading', 'code_block', 'thematic_break', 'list', 'item', 'block_quote'])
    expect([type, count(nodes, type)]).toEqual([type, count(plain, type)]);
  for (const one of textsOf(nodes)) {
    expect(one).not.toMatch(/[@][\p{L}\p{N}]|[#!$%][\p{L}\p{N}]|\bGH-\d|https?:\/\/|\bwww\./iu);
  }
  expect(page).not.toMatch(/\p{Bidi_Control}/u);
  // Commands of GitHub's runner, which reads what a job prints.
  expect(page).not.toMatch(/^\s*::|##\[/m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
  for (const line of page.split('\n').filter((each) => each.startsWith('| ')))
    expect([3, 5, 2]).toContain(line.replace(/\\\|/g, '').split('|').length - 2);
  expect(trailerOf(page)).toMatchObject({ version: 1, environment: text, stackCount: 1 });
}

/** The texts outside of code. Nodes beside each other are one text to whoever looks for mentions. */
function textsOf(nodes: readonly Node[]): readonly string[] {
  const texts: string[] = [];
  let last: Node | undefined;
  for (const node of nodes.filter(({ type }) => type === 'text')) {
    if (last !== undefined && last.next === node) texts.push(`${texts.pop() ?? ''}${node.literal ?? ''}`);
    else texts.push(node.literal ?? '');
    last = node;
  }
  return texts;
}

describe('a hostile text', () => {
  test.each(HOSTILE)('%j stays a text', (text) => {
    expectHarmless(text, 'github');
    expectHarmless(text, 'common');
  });

  test('stays a text, whatever it is made of', () => {
    fc.assert(
      fc.property(hostileText, (text) => expectHarmless(text, 'github')),
      { numRuns: 80 },
    );
  });
});

describe('the page', () => {
  test.each([1, 40, 400])('fits a comment with %d stacks, whatever their names are', (stacks) => {
    for (const text of ['日本語の名前'.repeat(30), '😀'.repeat(100), 'a'.repeat(2000), '`|<@'.repeat(50)]) {
      const page = reviewMarkdown(reviewOfText(text, stacks));
      expect(fits(page, { characters: 65_536 })).toBe(true);
      expect([...page].length).toBeLessThanOrEqual(65_536);
      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(262_144);
      expect(trailerOf(page)?.stackCount).toBe(stacks);
    }
  });

  test('fits every budget, also in bytes', () => {
    fc.assert(
      fc.property(
        hostileText,
        fc.integer({ min: LEAST_CHARACTERS, max: 70_000 }),
        fc.constantFrom(1, 7, 40),
        (text, characters, stacks) => {
          const budget = { characters, bytes: Math.ceil(characters * 1.5) };
          const page = reviewMarkdown(reviewOfText(text, stacks), { budget, link: 'https://x.example/1' });
          expect(page.length).toBeLessThanOrEqual(characters);
          expect(Buffer.byteLength(page)).toBeLessThanOrEqual(budget.bytes);
          expect(page.startsWith('# INCOMPLETE · ')).toBe(true);
          // Wherever it is cut, what was opened is closed, and the trailer is read as HTML and not as code.
          const html = nodesOf(page)
            .flatMap(({ type, literal }) => (type.startsWith('html') ? [literal ?? ''] : []))
            .join('\n');
          expect(html.split('</details>').length).toBe(html.split('<details>').length);
          expect(html).toContain('<!-- kakehashi-review:1 ');
          if (page.includes('This page is shortened')) expect(page).toContain('<https://x.example/1>');
          else expect(page).toContain('Do not decide on this');
        },
      ),
      { numRuns: 40 },
    );
  });

  test('uses what the budget leaves, and says that it is shortened', () => {
    const review = sampleReview({ stacks: 400, resources: 20 });
    const page = reviewMarkdown(review, { link: 'https://ci.example/run/1' });
    expect(page.length).toBeGreaterThan(55_000);
    expect(page).toContain('This page is shortened to fit; the whole is at <https://ci.example/run/1>.');
    expect(page.match(/<details>/g)?.length).toBeGreaterThan(10);
    const whole = reviewMarkdown(sampleReview());
    expect(whole).not.toContain('shortened');
  });

  test('has no HTML in common syntax but its trailer', () => {
    const page = reviewMarkdown(sampleReview({ stacks: 3 }), { syntax: 'common' });
    expect(page.replace(/<!-- .* -->/, '')).not.toMatch(/<\/?[a-z]/);
  });

  test('begins with what decides: many remarks come after it', () => {
    const review = reviewOfText('a text');
    const notes = Array.from({ length: 30 }, (_, index) => `remark ${index}`);
    const lines = reviewMarkdown({ ...review, notes }).split('\n');
    const at = (start: string) => lines.findIndex((line) => line.startsWith(start));
    expect(at('- **OUTAGE')).toBeGreaterThan(0);
    expect(at('- **OUTAGE')).toBeLessThan(12);
    expect(at('- **NOTE')).toBeGreaterThan(at('- **OUTAGE'));
  });

  test('is the same each time', () => {
    expect(reviewMarkdown(reviewOfText('x', 5))).toBe(reviewMarkdown(reviewOfText('x', 5)));
  });
});
