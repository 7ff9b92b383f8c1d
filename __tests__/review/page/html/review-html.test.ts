import { createHash } from 'node:crypto';
import { reviewHtml } from '../../../../review/page/html/review-html';
import { sampleRecords } from '../../../support/records';
import { HOSTILE, sampleReview } from './sample-review';

describe('the page of a review', () => {
  const page = reviewHtml([sampleReview()]);

  it('has the same order as the Markdown, what decides first', () => {
    const headings = [...page.matchAll(/<h([23])[^>]*>([^<]*)</g)].map(
      ([, level, text]) => `${level} ${text}`,
    );
    expect(headings).toEqual([
      '2 REFUSED · dev: 1 outage, 1 destroyed, 1 widened, gateway files, 1 catalog entry, 1 deferred',
      '3 Summary',
      '3 On-premises gateway',
      '3 Catalog entries',
      '3 Findings',
      '3 Other changes',
      '3 Picture',
      '3 Changes by stack',
    ]);
  });

  it('lets nothing run but its own script and style, and asks for nothing', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)];
    const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)];
    expect(scripts).toHaveLength(1);
    expect(styles).toHaveLength(1);
    expect(policy).toContain(`script-src ${hash(scripts[0]?.[1])}`);
    expect(policy).toContain(`style-src ${hash(styles[0]?.[1])}`);
    expect(policy).toContain("default-src 'none'");
    expect(page).not.toMatch(/(src|href)="(?!#|data:,")/);
    expect(page).not.toMatch(/url\(|@import/);
    expect(page.replace(/xmlns="[^"]*"/g, '')).not.toMatch(/https?:\/\//);
  });

  it.each(HOSTILE)('shows a foreign text as text: %j', (name) => {
    const text = reviewHtml([sampleReview(name)]);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toMatch(/<(img|b)\b|<!--/);
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}|\u200b|[\ufffe\uffff]/u);
    expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
  });

  it('names each environment of several', () => {
    const other = { ...sampleReview(), environment: 'staging' };
    const both = reviewHtml([sampleReview(), other]);
    expect(both).toContain('<a href="#env-staging">staging</a>');
    const ids = [...both.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    // A stack's id has the environment in it; here both have the same.
    expect(ids.filter((id, index) => ids.indexOf(id) !== index && !id?.startsWith('stack-'))).toEqual([]);
  });

  it('says that an incomplete review is not the whole', () => {
    const review = { ...sampleReview(), digest: undefined };
    const problems = [{ kind: 'missing' as const, text: 'the record of dev-x is missing', help: 'plan it' }];
    const { digest: _, ...rest } = review;
    expect(reviewHtml([{ ...rest, problems }])).toContain(
      'Do not decide on this: a part is missing, and may change more.',
    );
  });

  it('is the same bytes each time', () => {
    expect(reviewHtml([sampleReview()])).toBe(page);
  });

  it('has all of 400 stacks', () => {
    const { stacks } = sampleRecords({ stacks: 400, resources: 5 });
    const text = reviewHtml([{ ...sampleReview(), stacks }]);
    expect(text.match(/<details class="s"/g)).toHaveLength(400);
  });
});
