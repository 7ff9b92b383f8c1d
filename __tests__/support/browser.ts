import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { temporaryFolder } from './catalog-folder';
import { chromiumPath } from './chromium';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** A real Chromium in which pages of ours are opened from files. */
export class PageBrowser {
  /** Whatever the last opened page says at the console, asks for, or throws. */
  noise: string[] = [];

  private constructor(private readonly browser: Browser) {}

  static async start(): Promise<PageBrowser> {
    const { chromium } = await import('playwright-core');
    const args = ['--no-sandbox', '--disable-gpu'];
    return new PageBrowser(await chromium.launch({ executablePath: chromiumPath(), args }));
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async open(html: string, hash = '', scheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const file = path.join(temporaryFolder(), 'page.html');
    writeFileSync(file, html);
    const page = await this.browser.newPage({ colorScheme: scheme, viewport: { width: 1280, height: 900 } });
    const noise: string[] = [];
    this.noise = noise;
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('dialog', (dialog) => noise.push(dialog.message()));
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(file).href) && !request.url().startsWith('data:'))
        noise.push(request.url());
    });
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    return page;
  }

  /** What axe finds in a page, with all that is folded opened. */
  async violations(page: Page): Promise<readonly (readonly [id: string, html: string | undefined])[]> {
    // Scripts that are injected are not of the page, whose policy would refuse them.
    await page.evaluate(AXE);
    await page.$$eval('details', (all) => {
      for (const one of all) (one as unknown as { open: boolean }).open = true;
    });
    const found: readonly Violation[] = await page.evaluate(
      '(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations)()',
    );
    return found.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 200)]);
  }
}
