import { readFileSync } from 'node:fs';
import { exitCodeOf, outputPattern, pageBlocks } from '../support/page-blocks';
import { PageTerminals } from '../support/page-terminals';
import { describeWith } from '../support/programs';

jest.setTimeout(60_000);

const blocksOf = (page: string) => pageBlocks(readFileSync(`docs/${page}.md`, 'utf8'));

describeWith('terraform', 'the pages about reviews, pictures and policies', () => {
  test('docs/review.md and docs/draw.md: every command', async () => {
    const terminals = new PageTerminals();
    // One network is enough to run the commands, and is planned in less time than those of the example.
    terminals.project.write(
      'catalog/dev.yml',
      blocksOf('policy').find(({ language }) => language === 'yaml')?.text ?? '',
    );
    // The commands that plan end with 2, because something changes.
    const run = async (block: string) =>
      terminals.run(block.replace(/^(npx kakehashi (?:plan|review) .*)$/gm, '$1 || [ $? -eq 2 ]'));
    const [plan, ...review] = blocksOf('review').filter(({ language }) => language === 'sh');
    const [draw] = blocksOf('draw').filter(({ language }) => language === 'sh');
    expect(review).toHaveLength(2);
    for (const text of [
      plan?.text ?? '',
      draw?.text.replace('--plan', '--plan --sandbox') ?? '',
      ...review.map((one) => one.text),
    ]) {
      const { code, output } = await run(text);
      expect({ text, code, output }).toEqual({ text, code: 0, output });
      expect(output).not.toContain('INCOMPLETE');
    }
    for (const file of [
      'review.md',
      'review.html',
      'review.json',
      'dev.svg',
      'networks.svg',
      'dev.dot',
      'plan.svg',
    ])
      expect(terminals.project.has(file)).toBe(true);
  });

  test('docs/policy.md: what validate and explain print', async () => {
    const terminals = new PageTerminals();
    const blocks = blocksOf('policy');
    const [catalog, further] = blocks.filter(({ language }) => language === 'yaml');
    const commands = blocks.filter(({ output }) => output !== undefined);
    terminals.project.write('catalog/lab.yml', catalog?.text ?? '');
    expect(commands).toHaveLength(2);
    for (const { text, output = '' } of commands) {
      const shown = await terminals.run(text);
      expect(shown.code).toBe(exitCodeOf(text));
      expect(shown.output).toMatch(outputPattern(output));
    }
    terminals.project.write('catalog/lab.yml', `${catalog?.text}${further?.text}`);
    const { code, output } = await terminals.run('npx kakehashi validate lab\n');
    expect(code).toBe(5);
    expect(output).toContain('lab: accepted  KKH-VPN-02 (8): by policy.accept of the catalog\n');
  });
});
