import { join } from 'node:path';
import { writeRecords } from '../../review/record/write-records';
import { readConfiguration, withPlanned } from '../../rules/configuration';
import type { RuleFinding } from '../../rules/finding';
import { judge } from '../../rules/judge';
import { RULES } from '../../rules/registry';
import { RULE_CASES } from '../fixtures/rules/all';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { Project } from '../support/project';
import { sampleRecords } from '../support/records';

jest.setTimeout(120_000);

/** Most bad cases can't be made of a catalog, which refuses them earlier. So each is judged as the plan of a stack, and recorded. */
const cases = RULE_CASES.filter(({ verdict }) => verdict !== 'good');
const lineOf = (index: number) => index + 10;

/** What the rules find in a case, at a line of its own. */
function findingsOf(stack: string, index: number): readonly RuleFinding[] {
  const { json, planned = [] } = cases[index] ?? { json: {} };
  const resources = withPlanned(readConfiguration(stack, JSON.parse(JSON.stringify(json))), planned);
  const position = { file: 'catalog/lab.yml', line: lineOf(index), column: 3, endColumn: 9 };
  return judge(RULES, resources).map(({ attribute: _, ...finding }) => ({ ...finding, position }));
}

const sample = sampleRecords({ environment: 'lab', stacks: cases.length, resources: 1 });
const stacks = sample.stacks.map((record, index) => {
  const { outcome } = record;
  if (outcome.kind !== 'planned') throw new Error('a sample is planned');
  return { ...record, outcome: { ...outcome, findings: findingsOf(record.stack, index) } };
});

/** What a review shows of the rule that a case is about. */
interface Shown {
  readonly ruleId: string;
  readonly level: string;
  readonly kind?: string;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
}

test('each rule that finds something is on every page of a review, with its severity and its line', async () => {
  const project = new Project({}, temporaryFolder());
  writeRecords(join(project.folder, 'records'), [...stacks, sample.environment]);
  const outs = ['r.json', 'r.sarif', 'r.html', 'r.md'].flatMap((file) => ['--out', file]);
  const run = await project.kakehashi('review', './records', ...outs, '--budget', '1000000');
  expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/^(review {4}r\.\w+\n){4}$/)]);

  const review = JSON.parse(project.read('r.json'));
  const found: readonly RuleFinding[] = review.reviews.flatMap(
    (one: { readonly findings: readonly RuleFinding[] }) => one.findings,
  );
  const sarif = JSON.parse(project.read('r.sarif')).runs[0];
  const results: readonly Shown[] = sarif.results;
  const described: readonly { readonly id: string; readonly help: unknown }[] = sarif.tool.driver.rules;
  const html = project.read('r.html');
  const markdown = project.read('r.md');
  const missing = cases.flatMap(({ rule, verdict, name }, index) => {
    const stack = stacks[index]?.stack;
    const expected = verdict === 'bad' ? 'violated' : 'unknown';
    const one = found.find((finding) => finding.stack === stack && finding.rule === rule);
    const atLine = results.some(
      ({ ruleId, locations }) =>
        ruleId === rule && locations[0]?.physicalLocation.region.startLine === lineOf(index),
    );
    // What is unknown in the plan is no result: nothing is known to be wrong.
    const inSarif = verdict === 'unknown' || atLine;
    return one?.verdict === expected && inSarif ? [] : [`${rule}: ${name}`];
  });
  expect(missing).toEqual([]);
  for (const { id } of RULES) {
    expect(described.map((one) => one.id)).toContain(id);
    expect(html).toContain(id);
    expect(markdown).toContain(id);
  }
});

test("no page shows what a variable of a secret holds, whoever wrote it into a finding's text", async () => {
  const project = new Project({}, temporaryFolder());
  const { stacks, environment } = sampleRecords({ environment: 'lab', stacks: 1, resources: 1 });
  const finding: RuleFinding = {
    rule: 'ACME-01',
    severity: 'high',
    verdict: 'violated',
    text: 'own canary-value',
    position: { file: 'catalog/lab.yml', line: 1, column: 1, endColumn: 2 },
  };
  const told = stacks.map((record) => {
    const { outcome } = record;
    if (outcome.kind !== 'planned') throw new Error('a sample is planned');
    return { ...record, outcome: { ...outcome, findings: [{ ...finding, stack: record.stack }] } };
  });
  const remarks = { ...environment, notes: ['remark canary-value'], findings: [finding] };
  writeRecords(join(project.folder, 'records'), [...told, remarks]);
  const result = { ruleId: 'X1', message: { text: 'foreign canary-value' } };
  const sarif = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [result] }] };
  project.write('x.sarif', JSON.stringify(sarif));
  const files = ['r.json', 'r.sarif', 'r.html', 'r.md'];
  const outs = files.flatMap((file) => ['--out', file]);
  const args = ['review', './records', '--sarif-in', 'x.sarif', ...outs, '--code-quality', 'q.json'];
  const run = await project.run(process.execPath, [compiledCli(), ...args], { LAB_TOKEN: 'canary-value' });
  expect(run.code).toBe(2);
  for (const file of [...files, 'q.json']) {
    const page = project.read(file);
    expect(page).toMatch(/own .{0,8}sensitive/);
    expect(page).not.toContain('canary-value');
  }
  for (const file of files) expect(project.read(file)).toMatch(/foreign .{0,8}sensitive/);
});
