import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { showInJob } from '../../../review/post/github/in-job';
import { LONGEST_SUMMARY } from '../../../review/post/github/step-summary';
import type { Annotation } from '../../../review/post/posting';
import { samplePosting } from '../../support/postings';

let folder: string;
let summary: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'job-'));
  summary = path.join(folder, 'summary.md');
});
afterEach(() => rmSync(folder, { recursive: true }));

const annotation = (given: Partial<Annotation> = {}): Annotation => ({
  level: 'error',
  title: 'dev: KKH-VPN-02',
  text: 'aws_vpn_connection.Vpn: is weak',
  position: { file: 'catalog/dev.yml', line: 4, column: 3, endColumn: 9 },
  ...given,
});

const commandsOf = (annotations: readonly Annotation[], project = '') =>
  showInJob([samplePosting({ annotations })], { GITHUB_ACTIONS: 'true' }, project).commands;

describe('annotations', () => {
  it('stand at the line of the catalog, from the folder of the repository', () => {
    expect(commandsOf([annotation()])).toEqual([
      '::error file=catalog/dev.yml,line=4,col=3,endColumn=9,title=dev%3A KKH-VPN-02::aws_vpn_connection.Vpn: is weak',
    ]);
    expect(commandsOf([annotation()], 'net/east')[0]).toContain('file=net/east/catalog/dev.yml,');
  });

  it('can not begin a command of their own, nor end a property', () => {
    const hostile = annotation({
      title: 'a,b::c%\nd',
      text: 'x\r\n::add-mask::y%0A##[add-mask]z',
      position: { file: 'a:b,c.yml', line: 1, column: 1, endColumn: 2 },
    });
    expect(commandsOf([hostile])).toEqual([
      '::error file=a%3Ab%2Cc.yml,line=1,col=1,endColumn=2,title=a%2Cb%3A%3Ac%25 d::x%0D%0A::add-mask::y%250A##[add-mask]z',
    ]);
  });

  it('are ten of each level at most', () => {
    const many = (['error', 'warning'] as const).flatMap((level) =>
      Array.from({ length: 25 }, (_, index) => annotation({ level, text: `${level} ${index}` })),
    );
    const commands = commandsOf(many);
    expect(commands).toHaveLength(20);
    expect(commands[9]).toMatch(/::error 9$/);
    expect(commands[10]).toMatch(/^::warning .*::warning 0$/);
  });

  it('are not printed outside of GitHub Actions', () => {
    expect(showInJob([samplePosting({ annotations: [annotation()] })], {}, '').commands).toEqual([]);
  });
});

describe('the summary of a step', () => {
  const show = (render: (budget: number) => string) =>
    showInJob([samplePosting({ render })], { GITHUB_STEP_SUMMARY: summary }, '').notes;

  it('gets the review after what is there already', () => {
    writeFileSync(summary, 'before\n');
    expect(show(() => 'the review')).toEqual([]);
    expect(readFileSync(summary, 'utf8')).toBe('before\nthe review\n\n');
  });

  it('never grows over 1 MiB, in bytes of UTF-8', () => {
    const before = 'x'.repeat(500_000);
    writeFileSync(summary, before);
    expect(show((budget) => '漢'.repeat(budget))).toEqual([]);
    const text = readFileSync(summary, 'utf8');
    expect(text.startsWith(before)).toBe(true);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LONGEST_SUMMARY);
    expect(text).toContain('漢'.repeat(100_000));
  });

  it('is left alone where it has no room', () => {
    const before = 'x'.repeat(LONGEST_SUMMARY - 100);
    writeFileSync(summary, before);
    expect(show((budget) => 'y'.repeat(budget))).toEqual([
      'dev: the summary of this step has no room left: GitHub shows none that is larger than 1 MiB',
    ]);
    expect(readFileSync(summary, 'utf8')).toBe(before);
  });

  it('that can not be written is a note', () => {
    summary = path.join(folder, 'nowhere', 'summary.md');
    expect(show(() => 'the review')).toEqual(["dev: the summary of this step can't be written (ENOENT)"]);
  });
});
