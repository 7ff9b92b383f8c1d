import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { exitCodeOf, outputPattern, type PageBlock, pageBlocks } from '../support/page-blocks';
import { PageTerminals } from '../support/page-terminals';
import { describeWith } from '../support/programs';

jest.setTimeout(120_000);

const BLOCKS = pageBlocks(readFileSync('docs/vault.md', 'utf8'));
const SECOND_TERMINAL = 'second terminal';
const CONTROL_C = 'Ctrl-C in the second terminal';
const NOT_TRIED = /^not tried: (.+)$/;
/** What the page takes for a secret key. */
const SECRET_KEY = 'wJalrXUtnFEMI';

const title = ({ line, text }: PageBlock): string => `line ${line}: ${text.split('\n')[0]}`;
const of = (language: string): readonly PageBlock[] => BLOCKS.filter((block) => block.language === language);
const isTried = ({ mark = '' }: PageBlock): boolean => !NOT_TRIED.test(mark);

describe('docs/vault.md', () => {
  test('leaves out what it can not try, and says why', () => {
    expect(BLOCKS.filter((block) => !isTried(block)).map(({ mark }) => mark)).toEqual([
      'not tried: it asks on a terminal',
      'not tried: it needs AWS',
      "not tried: somebody else's policy must be there",
      'not tried: it needs a real server',
    ]);
    expect(of('sh').filter(isTried).length).toBeGreaterThan(15);
  });

  test('has no block that would be passed over', () => {
    expect(BLOCKS.filter(({ language }) => language !== 'sh' && language !== 'yaml').map(title)).toEqual([]);
    const marks = BLOCKS.map(({ mark = SECOND_TERMINAL }) => mark).filter((mark) => !NOT_TRIED.test(mark));
    expect([...new Set(marks)].sort()).toEqual([CONTROL_C, SECOND_TERMINAL]);
  });
});

describeWith('terraform', 'docs/vault.md, step by step', () => describeWith('curl', 'as a reader', steps));

function steps(): void {
  const terminals = new PageTerminals();
  let server = '';
  /** As it stands on the page, but for the port, which others may use. */
  const asHere = (text: string): string => text.replaceAll('127.0.0.1:8200', server);

  beforeAll(async () => {
    server = `127.0.0.1:${await freePort()}`;
  });
  afterAll(() => terminals.interrupt());

  test.each(BLOCKS.filter(isTried).map((block) => [title(block), block] as const))('%s', async (_, block) => {
    const text = asHere(block.text);
    if (block.language === 'yaml') {
      await tryYaml(text, block.line);
      return;
    }
    if (block.mark === CONTROL_C) await terminals.interrupt();
    if (block.mark === SECOND_TERMINAL) {
      const shown = await terminals.leaveRunning(text, /opens after .*\n/);
      expect(shown).toMatch(outputPattern(asHere(block.output ?? '…')));
      return;
    }
    const { code, output } = await terminals.run(text);
    if (block.output !== undefined) expect(output).toMatch(outputPattern(asHere(block.output)));
    expect({ code, output }).toEqual({ code: exitCodeOf(text), output });
  });

  /** A file is written where its first line says; a part of a catalog is a catalog with what every one has. */
  async function tryYaml(text: string, line: number): Promise<void> {
    const { project } = terminals;
    const [, file] = /^# (\S+\.yml)\n/.exec(text) ?? [];
    if (file !== undefined && !file.startsWith('catalog/')) {
      project.write(file, text.slice(text.indexOf('\n') + 1));
      return;
    }
    const name = file ?? `part${line}.yml`;
    project.write(name, file === undefined ? `cci_version: '1.0'\n${text}` : text);
    const { code, stdout, stderr } = await project.kakehashi('validate', name);
    expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout });
  }

  test('afterwards the secret key is in no file', () => {
    const { folder } = terminals.project;
    const holding = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((name) => readFileSync(name, 'latin1').includes(SECRET_KEY));
    expect(holding).toEqual([]);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const listening = createServer().listen(0, '127.0.0.1', () => {
      const address = listening.address();
      listening.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
