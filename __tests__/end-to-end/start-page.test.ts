import { readFileSync } from 'node:fs';
import { pageBlocks } from '../support/page-blocks';
import { PageTerminals } from '../support/page-terminals';
import { describeWith } from '../support/programs';

jest.setTimeout(60_000);

describeWith('terraform', 'docs/start.md, "Begin a project of your own"', () => {
  const blocks = pageBlocks(readFileSync('docs/start.md', 'utf8'));
  const commands = (of: string): string =>
    blocks.find(({ language, text }) => language === 'sh' && text.includes(of))?.text ?? '';

  test('init, in a folder of its own, as written', async () => {
    const terminals = new PageTerminals();
    const { code, output } = await terminals.run(commands('kakehashi init'));
    expect({ code, output }).toEqual({ code: 0, output });
    expect(output).toContain('lab: catalog/lab.yml   1 network to build, 1 entry as it is\n');
    expect(terminals.project.has('lab/sandbox.out/lab/vpn_catalog.yml')).toBe(true);
  });

  test('its catalog, beside the examples, is valid and applied in the sandbox', async () => {
    const terminals = new PageTerminals();
    terminals.project.write(
      'catalog/hand.yml',
      blocks.find(({ language }) => language === 'yaml')?.text ?? '',
    );
    const { code, output } = await terminals.run(commands('validate hand'));
    expect({ code, output }).toEqual({ code: 0, output });
    expect(output).toContain('hand: catalog/hand.yml   1 network to build\n');
    expect(terminals.project.has('sandbox.out/hand/vpn_catalog.yml')).toBe(true);
  });
});
