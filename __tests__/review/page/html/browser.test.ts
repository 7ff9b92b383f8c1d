import type { Page } from 'playwright-core';
import { reviewHtml } from '../../../../review/page/html/review-html';
import { PageBrowser } from '../../../support/browser';
import { describeWith } from '../../../support/programs';
import { sampleRecords } from '../../../support/records';
import { HOSTILE, sampleReview } from './sample-review';

jest.setTimeout(60_000);

describeWith('chromium', 'the page of a review in Chromium', () => {
  let browser: PageBrowser;
  beforeAll(async () => {
    browser = await PageBrowser.start();
  });
  afterAll(() => browser?.close());

  const open: PageBrowser['open'] = (...args) => browser.open(...args);

  /** The page's policy lets no driver wait inside of it. */
  async function until(page: Page, condition: string): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await page.evaluate(condition)) === true) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`never true: ${condition}`);
  }

  const found = (page: Page) => page.textContent('#found');
  const shown = (page: Page) =>
    page.$$eval('ul.items > li:not([hidden]) .tag', (tags) => tags.map((tag) => tag.textContent));

  it.each(['light', 'dark', 'print'] as const)(
    'has nothing for axe to find in %s, and a clean console',
    async (scheme) => {
      const page = await open(
        reviewHtml([sampleReview(), { ...sampleReview(), environment: 'staging', stacks: [] }]),
        '',
        scheme === 'dark' ? 'dark' : 'light',
      );
      if (scheme === 'print') await page.emulateMedia({ media: 'print' });
      expect(await browser.violations(page)).toEqual([]);
      expect(browser.noise).toEqual([]);
      await page.close();
    },
  );

  it('searches and filters from the hash, and keeps the hash', async () => {
    const page = await open(reviewHtml([sampleReview()]), '#weight=outage,destroyed');
    expect(await shown(page)).toEqual(['OUTAGE', 'DESTROYED']);
    // One that no field can show stays until the reader touches it.
    await page.fill('input[name=q]', 'subnet');
    await until(page, "location.hash === '#q=subnet&weight=outage%2Cdestroyed'");
    expect(await shown(page)).toEqual(['DESTROYED']);
    await page.evaluate("location.hash = '#severity=critical'");
    await until(page, "document.querySelector('select[name=severity]').value === 'critical'");
    expect(await shown(page)).toEqual(['CRITICAL']);

    await page.click('button[type=reset]');
    await until(page, "document.getElementById('found').textContent.startsWith('all ')");
    expect(new URL(page.url()).hash).toBe('');

    await page.fill('input[name=q]', 'TUNNELS go');
    await until(page, "location.hash === '#q=TUNNELS+go'");
    expect(await shown(page)).toEqual(['OUTAGE']);
    await page.selectOption('select[name=stack]', 'dev-aws-osaka');
    await until(page, "location.hash.includes('stack=')");
    expect(await found(page)).toMatch(/^0 of \d+ shown$/);
    await page.reload();
    expect(await page.inputValue('input[name=q]')).toBe('TUNNELS go');
    expect(await page.inputValue('select[name=stack]')).toBe('dev-aws-osaka');
    expect(browser.noise).toEqual([]);
    await page.close();
  });

  it('opens the stacks in which something is found, and those that links name', async () => {
    const page = await open(reviewHtml([sampleReview()]), '#action=replace');
    expect(
      await page.$$eval('details.s[open] > summary > code', (all) => all.map((one) => one.textContent)),
    ).toContain('dev-aws-default');
    await page.click('button[type=reset]');
    await until(page, "document.querySelector('#stack-dev-aws-default').open === false");
    await page.click('a[href="#stack-dev-aws-default"]');
    expect(
      await page.$eval('#stack-dev-aws-default', (one) => (one as unknown as { open: boolean }).open),
    ).toBe(true);
    expect(new URL(page.url()).hash).toBe('#at=stack-dev-aws-default');
    await page.close();
  });

  it('is used by keyboard: the first Tab is the link past the filters', async () => {
    const page = await open(reviewHtml([sampleReview()]));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.close();
  });

  it('prints what is folded', async () => {
    const page = await open(reviewHtml([sampleReview()]));
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.$$eval('details:not([open])', (all) => all.length)).toBe(0);
    expect(await page.isVisible('form')).toBe(false);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.$$eval('details:not([open])', (all) => all.length)).toBeGreaterThan(0);
    await page.close();
  });

  it('shows hostile texts, and runs none of them', async () => {
    const page = await open(
      reviewHtml(HOSTILE.map((name, index) => ({ ...sampleReview(name), environment: `e${index}` }))),
    );
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    expect(await page.$('#broken')).toBeNull();
    const texts = await page.$$eval('h2 ~ p.say:not([id])', (all) => all.map((one) => one.textContent));
    expect(texts[0]).toBe(HOSTILE[0]);
    expect(texts[5]).toBe(HOSTILE[5]);
    expect(browser.noise).toEqual([]);
    await page.close();
  });

  it('has 400 stacks on the screen within a second', async () => {
    const { stacks } = sampleRecords({ stacks: 400, resources: 10 });
    const page = await open(reviewHtml([{ ...sampleReview(), stacks }]));
    const paint: number = await page.evaluate(
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY",
    );
    expect(paint).toBeLessThan(1000);
    expect(await found(page)).toContain('shown');
    expect(browser.noise).toEqual([]);
    await page.close();
  });
});
