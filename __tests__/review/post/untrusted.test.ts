import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mergeRecords } from '../../../review/merge/merge';
import { checkArtifact, untrustedPage, untrustedReviews } from '../../../review/post/untrusted';
import type { ReviewRecord } from '../../../review/record/record';
import { type SampleOptions, sampleRecords } from '../../support/records';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'artifact-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text = '{}') => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

describe('the files of an artifact', () => {
  it('are records in folders', () => {
    write('records-1/dev-aws-default.stack.json');
    write('records 2.1/dev.2-of-5.environment.json');
    expect(() => checkArtifact([folder])).not.toThrow();
  });

  const cases: [string, () => void, RegExp][] = [
    [
      'a link to a file',
      () => symlinkSync('/etc/passwd', path.join(folder, 'a.stack.json')),
      /a link, or a file of another name/,
    ],
    [
      'a link to a folder',
      () => symlinkSync('/etc', path.join(folder, 'etc')),
      /a link, or a file of another name/,
    ],
    ['a file of another kind', () => write('page.md'), /something else than review records/],
    [
      'a name that is a command',
      () => write('::add-mask::x.stack.json'),
      /something else than review records/,
    ],
    [
      'a name with a line break',
      () => write('a\n##[error]b.stack.json'),
      /something else than review records/,
    ],
    ['a hidden file', () => write('.npmrc'), /something else than review records/],
    ['folders too deep', () => write('a/b/c/d/e/f/x.stack.json'), /more than 4 deep/],
    [
      'too many files',
      () => Array.from({ length: 1001 }, (_, index) => write(`s${index}.stack.json`)),
      /more than 1000 files/,
    ],
    ['too many bytes', () => write('a.stack.json', 'x'.repeat(64 * 1024 * 1024 + 1)), /more than 64 MiB/],
    ['no folder at all', () => rmSync(folder, { recursive: true }), /can't be read \(ENOENT\)/],
  ];
  it.each(cases)('are refused with %s', (_, make, message) => {
    make();
    expect(() => checkArtifact([folder])).toThrow(message);
    expect(() => checkArtifact([folder])).not.toThrow(/add-mask|##\[/);
  });
});

function reviewsOf(options: SampleOptions, change: (record: ReviewRecord) => ReviewRecord = (one) => one) {
  const { stacks, environment } = sampleRecords(options);
  return mergeRecords(
    [...stacks, environment].map((record, index) => ({ file: `${index}`, record: change(record) })),
  );
}

describe('the reviews of its records', () => {
  it('have no commit and no digest', () => {
    const [review] = untrustedReviews(reviewsOf({ origin: { simulated: true } }), ['dev', 'prod']);
    expect(review?.origin.simulated).toBe(true);
    expect(review?.origin).not.toHaveProperty('commit');
    expect(review).not.toHaveProperty('digest');
  });

  it('are refused where they are not simulated', () => {
    expect(() => untrustedReviews(reviewsOf({}), ['dev'])).toThrow(
      /^artifact dev: its plans are not simulated/,
    );
  });

  it('are refused where this job knows no such environment, whose name is not shown', () => {
    const reviews = reviewsOf({ environment: 'evil', origin: { simulated: true } });
    expect(() => untrustedReviews(reviews, ['dev', 'prod'])).toThrow(
      /^artifact: it has an environment that is not one of dev and prod; look at the pull request/,
    );
  });

  it('are refused where a record is damaged', () => {
    const { stacks, environment } = sampleRecords({ origin: { simulated: true } });
    const damage = { kind: 'damaged', text: 'must be\n::error::x ##[error]y' } as const;
    const read = [...stacks, environment].map((record, index) => ({ file: `${index}`, record }));
    const reviews = mergeRecords([...read, { file: 'x', damage }]);
    expect(() => untrustedReviews(reviews, ['dev'])).toThrow(/^artifact/);
    expect(() => untrustedReviews(reviews, ['dev'])).not.toThrow(/::|##\[|\n/);
  });
});

describe('its page', () => {
  const page = (text: string, link?: string) => untrustedPage(() => text, 'c'.repeat(40), link)(10_000);

  it('says what it is, with the commit that the server names', () => {
    expect(page('x', 'https://github.com/o/n/actions/runs/1')).toMatch(
      /^> \[!WARNING\]\n> Posted by a \[job\]\(https:\/\/github\.com\/o\/n\/actions\/runs\/1\) from records that the pull request's own job made at c{12}, /,
    );
  });

  it.each([
    '@octo',
    '@octo/team',
    'a@b',
    'o/n#12',
    '#1',
    'GH-12',
    'https://evil.example',
    'www.evil.example',
    '`@octo`',
  ])('has nothing that GitHub links or tells somebody: %s', (text) => {
    const shown = page(text).split('\n\n').slice(1).join('\n\n');
    expect(shown).not.toMatch(/@[a-z]|#\d|GH-\d|:\/\/|www\./);
    expect(shown.replaceAll('\u200b', '')).toBe(text);
  });

  it('stays within its budget', () => {
    const render = untrustedPage((budget) => 'x'.repeat(budget), 'c'.repeat(40), undefined);
    expect(render(2000).length).toBeLessThanOrEqual(2000);
  });
});
