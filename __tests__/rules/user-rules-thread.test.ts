import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/catalog-folder';
import { compiled } from '../support/compiled';

const run = promisify(execFile);

/** Judges two resources by rules of `policy/`, in a process of its own: Jest's modules are in none of its threads. */
const PROGRAM = `
const { withUserRules } = require(process.argv[1]);
const resource = (name) => ({ stack: 'app', address: 'aws_vpc.' + name, type: 'aws_vpc', name, written: {}, values: { tags: {} } });
const mask = (text) => text.replace('of-the-environment', '(masked)');
const print = (line) => console.log('printed ' + line);
withUserRules(process.cwd(), { stepMs: 400, wholeMs: 1500, print, mask }, (rules) => rules.judge([resource('A'), resource('B')], { networks: ['10.0.0.0/8'] }))
  .then((judged) => console.log(JSON.stringify(judged)), (error) => console.log(error.name + ': ' + error.message));
`;

/** What judging by the files of `policy/` ends with, and what was printed. */
async function judged(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`policy/${name}`, text])),
  );
  const args = ['-e', PROGRAM, compiled('rules/user-rules.js')];
  const { stdout } = await run(process.execPath, args, {
    cwd: folder,
    timeout: 20_000,
    env: { ...process.env, LAB_TOKEN: 'of-the-environment' },
  });
  return stdout.trim();
}

const rule = (judge: string, id = 'ACME-01') =>
  `{ id: '${id}', severity: 'low', title: 'A VPC has an owner', types: ['aws_vpc'], judge: (resource, context) => { ${judge} } }`;
const only = (judge: string) => judged({ 'a.mjs': `export default ${rule(judge)};` });

test('rules judge each resource with all that is around it, in the order of files', async () => {
  const text = await judged({
    'b.mjs': `export default ${rule("return [{ text: 'second' }];", 'ACME-02')};`,
    'a.mjs': `export default [${rule('return [{ text: resource.address + context.resources.length + context.networks }];')}];`,
  });
  expect(JSON.parse(text)).toEqual([
    expect.objectContaining({ rule: 'ACME-01', address: 'aws_vpc.A', text: 'aws_vpc.A210.0.0.0/8' }),
    expect.objectContaining({ rule: 'ACME-01', address: 'aws_vpc.B' }),
    expect.objectContaining({ rule: 'ACME-02', address: 'aws_vpc.A', severity: 'low', verdict: 'violated' }),
    expect.objectContaining({ rule: 'ACME-02', address: 'aws_vpc.B' }),
  ]);
});

test.each([
  ['an endless loop', 'for (;;);', /^Failure: rule ACME-01 on aws_vpc\.A: no answer within 0\.4 s$/],
  [
    'a pattern that tries for ever',
    "/^(a+)+$/.test('a'.repeat(40) + 'b'); return [];",
    /^Failure: rule ACME-01 on aws_vpc\.A: no answer within 0\.4 s$/,
  ],
  [
    'the second resource alone',
    "if (resource.name === 'B') for (;;); return [];",
    /rule ACME-01 on aws_vpc\.B: no answer/,
  ],
  ['process.exit', 'process.exit(0);', /rule ACME-01 on aws_vpc\.A: ended without an answer: it calls/],
  [
    'memory without end',
    'const all = []; for (;;) all.push(new Array(100_000).fill(1));',
    /rule ACME-01 on aws_vpc\.A: (needs more than 512 MB of memory|no answer)/,
  ],
  [
    'a change of what is judged',
    'resource.values.tags.owner = 1; return [];',
    /rule ACME-01: failed on aws_vpc\.A: Cannot add property owner, object is not extensible/,
  ],
  [
    'a change of what is around',
    "context.networks.push('0.0.0.0/0'); return [];",
    /Cannot add property 1, object is not extensible/,
  ],
  [
    'something thrown that has no text',
    'throw { toString() { throw 1; } };',
    /failed on aws_vpc\.A: what it threw has no text/,
  ],
  [
    'a secret at the cut of a long message',
    "throw new Error('x'.repeat(558) + process.env.LAB_TOKEN);",
    /failed on aws_vpc\.A: x{558}\(masked…$/,
  ],
  ['a message of many lines', "throw new Error('first\\nsecond');", /failed on aws_vpc\.A: first$/],
  ['a long message', "throw new Error('x'.repeat(10_000));", /failed on aws_vpc\.A: x{500,600}…$/],
  [
    'a getter that throws',
    "return [{ get text() { throw new Error('got'); } }];",
    /failed on aws_vpc\.A: got$/,
  ],
  [
    'very many findings',
    "return Array.from({ length: 1001 }, () => ({ text: 'x' }));",
    /judge must return at most 1000 findings, got 1001/,
  ],
  ['a very long text', "return [{ text: 'x'.repeat(2001) }];", /must have at most 2000 characters, got 2001/],
  ['another folder', "process.chdir('/');", /process\.chdir\(\) is not supported in workers/],
])('%s ends with one message', async (_, judge, message) => {
  expect(await only(judge)).toMatch(message);
});

test.each([
  ['an endless loop', 'for (;;);', /^Failure: policy\/a\.mjs: no answer within 0\.4 s$/],
  [
    'an await that never ends',
    'await new Promise(() => {}); export default [];',
    /^Failure: policy\/a\.mjs: ended without an answer: it calls process\.exit, or awaits what never comes$/,
  ],
  ['process.exit', 'process.exit(0);', /^Failure: policy\/a\.mjs: ended without an answer/],
  ['a thrown null', 'throw null;', /^Failure: policy\/a\.mjs: cannot be loaded: null$/],
  [
    'a timer that throws',
    `setTimeout(() => { throw new Error('late'); }, 0); await new Promise((r) => setTimeout(r, 200)); export default [];`,
    /^Failure: policy\/a\.mjs: failed outside of judge: late$/,
  ],
  ['no rule', 'export const a = 1;', /must export a rule, or a list of rules, by default/],
])('a file with %s ends with one message', async (_, text, message) => {
  expect(await judged({ 'a.mjs': text })).toMatch(message);
});

test('two rules of one id are refused', async () => {
  const text = `export default ${rule('return [];')};`;
  expect(await judged({ 'a.mjs': text, 'b.mjs': text })).toBe(
    'Failure: policy/b.mjs: rule ACME-01 is in policy/a.mjs already; give it another id',
  );
});

test('all rules together have a limit too', async () => {
  const judge = 'const until = Date.now() + 300; while (Date.now() < until); return [];';
  const rules = Array.from({ length: 5 }, (_, index) => rule(judge, `ACME-1${index}`));
  expect(await judged({ 'a.mjs': `export default [${rules.join()}];` })).toMatch(
    /^Failure: the rules in policy\/ took more than 1\.5 s; the last one was rule ACME-1\d on aws_vpc\.[AB]$/,
  );
});

test('what a rule prints is apart from results, and what it leaves running ends with it', async () => {
  const text = await judged({
    'a.mjs': `console.log('loaded'); setInterval(() => {}, 1000); export default ${rule("console.error('judging'); return [];")};`,
  });
  expect(text.split('\n').sort()).toEqual(['[]', 'printed judging', 'printed judging', 'printed loaded']);
});

test("variables of the environment can be read, and a rule's changes of them stay with it", async () => {
  const text = await judged({
    'a.mjs': `process.env.LAB_TOKEN += '!'; export default ${rule('return [{ text: process.env.LAB_TOKEN }];')};`,
  });
  expect(text).toContain('of-the-environment!');
});
