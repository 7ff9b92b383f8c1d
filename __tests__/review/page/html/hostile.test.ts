import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { sceneSvg } from '../../../../draw/svg/svg';
import { reviewHtml } from '../../../../review/page/html/review-html';
import { reviewPicture } from '../../../../review/page/picture';
import type { Review } from '../../../../review/review';
import { temporaryFolder } from '../../../support/catalog-folder';
import { chromiumPath } from '../../../support/chromium';
import { describeWith } from '../../../support/programs';
import { sampleReview } from './sample-review';

jest.setTimeout(120_000);

/** What could end a text, an attribute, a script, a style or a comment, begin a command of a style sheet, or be an address. */
const HOSTILE = [
  '</script><script>globalThis.ran=1</script>',
  '"><img src=x onerror=globalThis.ran=1>',
  "' autofocus onfocus='globalThis.ran=1' x='",
  '--></title></style></svg></pre></details><svg onload=globalThis.ran=1>',
  'javascript:globalThis.ran=1',
  '@import url(http://127.0.0.1:9/x.css);}*{background:url(http://127.0.0.1:9/y)}',
  '\u202e\u2066\u0000\u001b]0;x\u0007\ud800\ufffe\u2028',
  '&lt;img src=x onerror=globalThis.ran=1&gt;',
  `[x](javascript:globalThis.ran=1)${'W'.repeat(30_000)}`,
];

/** Values that are words of ours, by the keys that have them; a record with others is refused when it is read. */
const WORDS = new Set([
  'kind',
  'weight',
  'verdict',
  'severity',
  'action',
  'record',
  'role',
  'level',
  'mark',
  'tone',
]);

/** Something with a text at the end of each text in it, and of each name that is no key of ours. */
function poisoned(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return WORDS.has(key) ? value : `${value}${text}`;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, text, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      key === 'positions' ? `${name}${text}` : name,
      poisoned(one, text, name),
    ]),
  );
}

describeWith('chromium', 'hostile texts in Chromium', () => {
  let browser: Browser;
  let noise: string[];

  beforeAll(async () => {
    const { chromium } = await import('playwright-core');
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
  });
  afterAll(() => browser?.close());

  async function open(text: string, name: string, hash = ''): Promise<Page> {
    const file = path.join(temporaryFolder(), name);
    writeFileSync(file, text);
    const page = await browser.newPage();
    noise = [];
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('dialog', (dialog) => noise.push(dialog.message()));
    page.on('request', (request) => {
      if (!/^(data:|file:)/.test(request.url())) noise.push(request.url());
    });
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    return page;
  }

  /** Each element with the names of its attributes, in order. Within pictures long names make more lines of text. */
  const shape = (page: Page): Promise<readonly string[]> =>
    page.evaluate(
      "[...document.querySelectorAll(':not(body svg *)')].map((one) => one.localName + ' ' + one.getAttributeNames().join(' '))",
    );
  const ran = (page: Page) => page.evaluate('globalThis.ran');

  it('change no element of a review wherever they stand', async () => {
    const reviewOf = (text: string) => reviewHtml([poisoned(sampleReview(), text) as Review]);
    const plain = await open(reviewOf('x'), 'plain.html');
    const wanted = await shape(plain);
    expect(wanted.length).toBeGreaterThan(150);
    await plain.close();
    for (const text of HOSTILE) {
      const page = await open(reviewOf(text), 'review.html');
      expect([text.slice(0, 40), ...(await shape(page))]).toEqual([text.slice(0, 40), ...wanted]);
      const elsewhere = "[...document.links].filter((one) => one.protocol !== 'file:').length";
      expect(await page.evaluate(elsewhere)).toBe(0);
      // Each is touched: nothing of the texts waits for that.
      await page.evaluate(
        "for (const one of document.querySelectorAll('a,summary,select,input')) { one.focus(); if (one.localName !== 'select') one.click(); }",
      );
      expect(await ran(page)).toBeUndefined();
      expect(noise).toEqual([]);
      await page.close();
    }
  });

  it('change no element of a picture that is opened on its own', async () => {
    const pictureOf = (text: string) => {
      const marked = reviewPicture(poisoned(sampleReview(), text) as Review);
      if (marked === undefined) throw new Error('a sample without a picture');
      return sceneSvg(marked);
    };
    const names = async (page: Page) =>
      new Set(
        await page.evaluate<string[]>("[...document.querySelectorAll('*')].map((one) => one.localName)"),
      );
    const plain = await open(pictureOf('x'), 'plain.svg');
    const wanted = await names(plain);
    await plain.close();
    for (const text of HOSTILE) {
      const page = await open(pictureOf(text), 'picture.svg');
      expect(await names(page)).toEqual(wanted);
      const live =
        'document.evaluate(\'count(//@*[starts-with(name(), "on") or contains(name(), "href")])\', document, null, 1).numberValue';
      expect(await page.evaluate(live)).toBe(0);
      expect(await ran(page)).toBeUndefined();
      expect(noise).toEqual([]);
      await page.close();
    }
  });

  it.each([
    '#q=</script><script>globalThis.ran=1</script>',
    '#at=javascript:globalThis.ran=1',
    '#__proto__=x&constructor=y&q=%E0%A4%A',
    '#at=filters&weight=%00&stack=%22%5D%2C*',
    '#%3Cimg%20src=x%20onerror=globalThis.ran=1%3E',
    `#q=${'e%20'.repeat(100_000)}`,
    `#weight=${'outage,'.repeat(100_000)}`,
  ])('in the hash only choose what is shown: %#', async (hash) => {
    const page = await open(reviewHtml([sampleReview()]), 'review.html', hash);
    expect(await page.textContent('#found')).toMatch(/shown$/);
    // Each word is looked for in each of thousands of items: a link could stop the page for minutes.
    expect((await page.inputValue('input[name=q]')).length).toBeLessThanOrEqual(1000);
    expect(await page.$$eval('script', (all) => all.length)).toBe(1);
    expect(await ran(page)).toBeUndefined();
    expect(noise).toEqual([]);
    await page.close();
  });

  it('that a page would let in are stopped by its policy', async () => {
    const page = reviewHtml([sampleReview()]).replace(
      '<main',
      '<script>globalThis.ran=1</script><img src="http://127.0.0.1:9/x.png" onerror="globalThis.ran=1"><style>@import url(http://127.0.0.1:9/x.css);</style><main',
    );
    const opened = await open(page, 'review.html');
    expect(await ran(opened)).toBeUndefined();
    expect(noise.filter((one) => /Content Security Policy/.test(one)).length).toBeGreaterThanOrEqual(3);
    await opened.close();
  });
});
