import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../support/compiled';
import { pageCommands, unknownIn } from '../../support/page-commands';

const DOCS = path.join(ROOT, 'docs');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(DOCS)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const commandsOf = (page: string) => pageCommands(readFileSync(path.join(ROOT, page), 'utf8'));

test('finds the commands of a page in blocks and sentences', () => {
  const page =
    'Say `kakehashi drift --post github`.\n\n```sh\nnpx kakehashi plan dev \\\n  --full   # all\n```\n\n```yaml\n  - run: kakehashi review r/ --post github || [ $? -eq 2 ]\n```\n';
  expect(pageCommands(page)).toEqual(['plan dev --full', 'review r/ --post github', 'drift --post github']);
});

test('tells what the program does not know', () => {
  expect(unknownIn('drfit dev')).toBe('drfit');
  expect(unknownIn('drift dev --posts github')).toBe('--posts');
  expect(unknownIn('sandbox -- terraform --no-such')).toBeUndefined();
});

test.each(PAGES)('%s has no command or option that does not exist', (page) => {
  expect(commandsOf(page).flatMap((line) => (unknownIn(line) === undefined ? [] : [line]))).toEqual([]);
});

test.each([
  ['drift', 1],
  ['post', 3],
  ['ci', 6],
  ['deploy', 12],
])('docs/%s.md has commands to look at', (page, least) => {
  expect(commandsOf(`docs/${page}.md`).length).toBeGreaterThanOrEqual(least);
});
