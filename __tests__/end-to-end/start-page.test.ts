import { readFileSync } from 'node:fs';
import { pageBlocks } from '../support/page-blocks';
import { PageTerminals } from '../support/page-terminals';
import { describeWith } from '../support/programs';

jest.setTimeout(60_000);

describeWith('terraform', 'docs/start.md, "Write your own"', () => {
  const blocks = pageBlocks(readFileSync('docs/start.md', 'utf8'));
  const catalog = blocks.find(({ language }) => language === 'yaml')?.text ?? '';
  const commands = blocks.find(({ text }) => text.includes('kakehashi validate lab'))?.text ?? '';

  test('its catalog, beside the examples, is valid and applied in the sandbox', async () => {
    const terminals = new PageTerminals();
    terminals.project.write('catalog/lab.yml', catalog);
    const { code, output } = await terminals.run(commands);
    expect({ code, output }).toEqual({ code: 0, output });
    expect(output).toContain('lab: catalog/lab.yml   1 network to build\n');
    expect(terminals.project.has('sandbox.out/lab/vpn_catalog.yml')).toBe(true);
  });
});
