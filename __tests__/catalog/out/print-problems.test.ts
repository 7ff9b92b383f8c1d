import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Problem } from '../../../catalog/ground/problem';
import { formatProblems } from '../../../catalog/out/print-problems';
import { compiled } from '../../support/compiled';
import { changed, folderOf, tryLoad } from '../folder-of';

const at = (file: string, line: number, column: number, endColumn: number) => ({
  file,
  line,
  column,
  endColumn,
});
const FILES: Readonly<Record<string, string>> = {
  'catalog/dev.yml': 'aws:\n  default:\n    create:\n      vpc_cidr: 10.0.0.0/16\n',
  'catalog/base.yml': 'cci_version: "1.0"\n\nsite:\n  public-ip: 198.51.100.10\n',
};
const readFile = (file: string): string => FILES[file] ?? '';

const PROBLEMS: readonly Problem[] = [
  {
    severity: 'error',
    code: 'overlap',
    where: { path: ['aws', 'default', 'create', 'vpc_cidr'], position: at('catalog/dev.yml', 4, 17, 28) },
    must: '10.0.0.0/16 overlaps site.subnets (10.0.2.0/24)',
    fix: ['choose a block that no other network of the catalog uses, for instance 172.30.0.0/16'],
  },
  {
    severity: 'warning',
    code: 'unknown-key',
    where: { path: ['site'], position: at('catalog/base.yml', 4, 3, 12) },
    must: 'unknown key "public-ip"',
    suggestion: 'public_ip',
    fix: [],
  },
];

test('a note takes one line and is not counted', () => {
  const note: Problem = {
    severity: 'note',
    code: 'custom-provider',
    where: { path: ['own'], position: at('catalog/dev.yml', 2, 3, 10) },
    must: 'a custom provider',
    fix: [],
  };
  const line = 'catalog/dev.yml:2:3: note: own: a custom provider\n';
  expect(formatProblems([note], { color: false, readFile })).toBe(line);
  const both = formatProblems([note, ...PROBLEMS], { color: false, readFile });
  expect(both.startsWith(`${line}\n`)).toBe(true);
  expect(both).toMatch(/\n2 problems in 2 files, of which 1 warning\n$/);
});

test('shows place, path, message, the lines around, and how to fix it', () => {
  expect(
    formatProblems(PROBLEMS, { color: false, readFile }),
  ).toBe(`catalog/dev.yml:4:17: aws.default.create.vpc_cidr: 10.0.0.0/16 overlaps site.subnets (10.0.2.0/24)
   3 |     create:
   4 |       vpc_cidr: 10.0.0.0/16
     |                 ^^^^^^^^^^^
   help: choose a block that no other network of the catalog uses, for instance 172.30.0.0/16

catalog/base.yml:4:3: warning: site: unknown key "public-ip"; did you mean "public_ip"?
   3 | site:
   4 |   public-ip: 198.51.100.10
     |   ^^^^^^^^^

2 problems in 2 files, of which 1 warning
`);
});

test('colour adds to the words and never replaces them', () => {
  const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
  const plain = formatProblems(PROBLEMS, { color: false, readFile });
  expect(formatProblems(PROBLEMS, { color: true, readFile }).replace(colours, '')).toBe(plain);
});

test('nothing to say is nothing', () => {
  expect(formatProblems([], { color: false })).toBe('');
});

test('a file that cannot be read has no frame', () => {
  const [problem] = PROBLEMS;
  expect(problem && formatProblems([problem], { color: false, readFile: () => '' }).split('\n')).toHaveLength(
    5,
  );
});

test('a catalog that is a pipe is refused, and not waited for', () => {
  const folder = folderOf({});
  execFileSync('mkfifo', [path.join(folder, 'dev.yml')]);
  const program = `
    const { loadEnvironment } = require(process.argv[1] + '/catalog/load.js');
    const { formatProblems } = require(process.argv[1] + '/catalog/out/print-problems.js');
    try {
      loadEnvironment({ directory: process.argv[2], environment: 'dev' });
    } catch (error) {
      process.stdout.write(formatProblems(error.problems, { color: false }));
    }`;
  const dist = path.dirname(path.dirname(compiled('catalog/load.js')));
  const text = execFileSync(process.execPath, ['-e', program, dist, folder], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(text).toContain('dev.yml:1:1: must be a file, got a folder or a device');
});

test('no secret is shown, also not in the line above', () => {
  const text = changed(['asn: 65000', 'asn: 65000\n  preshared_key: hunter2\n  ans: 1']);
  const backend = 'backend: { type: http, address: "https://joe:hunter2@example.org", password: hunter2 }\n';
  const { problems } = tryLoad({ 'dev.yml': `${text}${backend}` });
  expect(problems.length).toBeGreaterThan(2);
  const shown = formatProblems(problems, { color: false, readFile: () => `${text}${backend}` });
  expect(shown).toContain('preshared_key: ******');
  expect(shown).not.toContain('hunter2');
});

test.each([
  ["vault: { address: 'https://10.0.2.15:8443/?token=hunter2' }", '?******'],
  ['vault: { auth: { method: approle, secret_id: hunter2 } }', 'secret_id: ******'],
  ['vault: { preshared_keys: hunter2 }', 'preshared_keys: ******'],
  [
    'providers: { aws: { access_key: vault://secret/a, secret_key: hunter2 } }',
    'vault://secret/a, secret_key: ******',
  ],
  ['azure: { lab: { create: { vpn: { shared_key: hunter2 } } } }', 'shared_key: ******'],
  ['providers: { aws: { acces_key: hunter2 } }', 'acces_key: ******'],
  ['providers: { aws: { secretkey: hunter2 } }', 'secretkey: ******'],
  ['providers: { aws: { access_key: "vault://secret/a b/hunter2" } }', 'access_key: ******'],
])('%s does not show what should be a reference', (line, shown) => {
  const text = changed(['sakura:\n', `${line}\nsakura:\n`]);
  const { problems } = tryLoad({ 'dev.yml': text });
  const lines = formatProblems(problems, { color: false, readFile: () => text });
  expect(lines).toContain(shown);
  expect(lines).not.toContain('hunter2');
});

test.each([
  'APP_KEY: hunter2',
  'deploy_token: hunter2',
  'tls_passphrase: |\n  hunter2\n  hunter2',
  'apikey: [hunter2]',
  'pem: |\n  -----BEGIN EC PRIVATE KEY-----\n  hunter2\n  -----END EC PRIVATE KEY-----',
  "url: 'postgres://joe:a/b@hunter2@db/app'",
  "url: 'Server=db;Password=hunter2'",
  'azure: { lab: { create: { vpn: { api_key: hunter2, app_key: hunter2 } } } }',
])('neither the excerpt nor the message of %s shows the value', (line) => {
  const text = changed(['sakura:\n', `${line}\nbad: 1\nsakura:\n`]);
  const { problems } = tryLoad({ 'dev.yml': text });
  expect(problems.length).toBeGreaterThan(1);
  expect(formatProblems(problems, { color: false, readFile: () => text })).not.toContain('hunter2');
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

test('a reference and a mount named secret are no secrets', () => {
  const line = 'vault: { adres: x, mounts: { secret: { version: 1 } }, preshared_keys: vault://secret/vpn }';
  const text = changed(['sakura:\n', `${line}\nsakura:\n`]);
  const { problems } = tryLoad({ 'dev.yml': text });
  expect(formatProblems(problems, { color: false, readFile: () => text, width: 200 })).toContain(line);
});

test('long lines and control characters do not reach the terminal', () => {
  const folder = folderOf({});
  const position = at(`${folder}/x.yml`, 1, 1, 2000);
  const shown = formatProblems(
    [{ severity: 'error', code: 'syntax', where: { path: [], position }, must: 'm', fix: [] }],
    {
      color: false,
      readFile: () => `${'\u001b[31m'}${'x'.repeat(3000)}`,
    },
  );
  expect(shown.includes('\u001b')).toBe(false);
  expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThan(121 + folder.length);
});

test('shows a long line from where the problem comes into view', () => {
  const line = `vpn: { ${'a: 1, '.repeat(40)}bad: 2 }`;
  const column = line.indexOf('bad') + 1;
  const where = { path: [], position: at('long.yml', 1, column, column + 3) };
  const problem: Problem = { ...(PROBLEMS[0] as Problem), where };
  const frame = formatProblems([problem], { color: false, readFile: () => line })
    .split('\n')
    .slice(1, 3);
  const [shown = '', marked = ''] = frame;
  expect(shown.slice(marked.indexOf('^'), marked.lastIndexOf('^') + 1)).toBe('bad');
  expect(shown).toMatch(/^ {3}1 \| …/);
  expect(shown.length).toBeLessThanOrEqual(120);
});
