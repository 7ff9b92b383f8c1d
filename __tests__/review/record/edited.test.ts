import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readRecords } from '../../../review/record/read-records';
import { writeRecords } from '../../../review/record/write-records';
import { sampleRecords } from '../../support/records';

// biome-ignore lint/suspicious/noExplicitAny: the tests change records wherever they like
type Any = any;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'records-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { stacks, environment } = sampleRecords({ stacks: 3 });
const NAME = 'dev-aws-0000.stack.json';

const FINDING = { rule: 'KKH-NET-01', severity: 'high', verdict: 'violated', text: 'open to the world' };
const HOST = {
  publicIp: '198.51.100.10',
  host: '10.0.2.15',
  folder: 'out/gateway/198.51.100.10',
  changes: [{ path: 'etc/ipsec.conf', kind: 'changed', patch: '+secure\n' }],
  newKeys: [],
  steps: ['copy'],
  ends: false,
};

describe('a record that somebody edited', () => {
  const rich: Any = structuredClone(stacks[0]);
  rich.outcome.findings = [FINDING];
  rich.outcome.summary.effects = [{ weight: 'outage', text: 'both tunnels go down' }];
  rich.outcome.positions = { 'aws_subnet.Nodes_0': { file: 'dev.yml', line: 1, column: 1, endColumn: 2 } };
  const whole: Any = {
    ...structuredClone(environment),
    notes: ['a note'],
    findings: [FINDING],
    floor: 'high',
  };
  whole.ends = { ...whole.ends, hosts: [HOST] };

  test.each<[string, string, (file: Any) => void]>([
    ['a finding is gone', NAME, (one) => one.outcome.findings.pop()],
    ['a finding is milder', NAME, (one) => Object.assign(one.outcome.findings[0], { severity: 'low' })],
    ['an effect is gone', NAME, (one) => one.outcome.summary.effects.pop()],
    [
      'an effect weighs less',
      NAME,
      (one) => Object.assign(one.outcome.summary.effects[0], { weight: 'rest' }),
    ],
    [
      'an old value differs',
      NAME,
      (one) => Object.assign(one.outcome.summary.values[0].changes[0], { after: 'x' }),
    ],
    [
      'a position differs',
      NAME,
      (one) => Object.assign(one.outcome.positions['aws_subnet.Nodes_0'], { line: 2 }),
    ],
    ['the commit differs', NAME, (one) => Object.assign(one.origin, { commit: 'e'.repeat(40) })],
    ['it is called real', NAME, (one) => Object.assign(one.origin, { simulated: true })],
    ['it requires less or more', NAME, (one) => one.requires.push('dev-aws-0001')],
    ['a gateway file is gone', 'dev.environment.json', (one) => one.ends.hosts[0].changes.pop()],
    [
      'a gateway diff differs',
      'dev.environment.json',
      (one) => Object.assign(one.ends.hosts[0].changes[0], { patch: '' }),
    ],
    ['a note is gone', 'dev.environment.json', (one) => one.notes.pop()],
    ['a finding of the catalog is gone', 'dev.environment.json', (one) => one.findings.pop()],
    [
      'no review is required',
      'dev.environment.json',
      (one) => Object.assign(one, { requireReview: !one.requireReview }),
    ],
    ['the floor is gone', 'dev.environment.json', (one) => Reflect.deleteProperty(one, 'floor')],
    ['a seal is gone', 'dev.environment.json', (one) => Reflect.deleteProperty(one.seals, 'dev-aws-0001')],
  ])('where %s, it is said', (_, name, edit) => {
    writeRecords(folder, [rich, ...stacks.slice(1), whole]);
    expect(readRecords([folder]).map(({ damage }) => damage)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const file: Any = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    edit(file);
    writeFileSync(path.join(folder, name), JSON.stringify(file));
    const damages = readRecords([folder]).flatMap(({ damage }) => damage?.text ?? []);
    expect(damages).toHaveLength(1);
    expect(damages[0]).toMatch(
      /^(was changed after it was written: its seal is not that of its content$|is no review record: )/,
    );
  });

  test('a byte order mark, other space and another order of keys are no change', () => {
    writeRecords(folder, [environment]);
    const file = path.join(folder, 'dev.environment.json');
    const entries = Object.entries(JSON.parse(readFileSync(file, 'utf8'))).reverse();
    writeFileSync(file, `\ufeff${JSON.stringify(Object.fromEntries(entries), undefined, 4)}\r\n`);
    expect(readRecords([folder]).map(({ record }) => record)).toEqual([environment]);
  });
});

describe('a record by somebody who can seal it', () => {
  const [first] = stacks;

  test.each<[string, (record: Any) => void, string]>([
    [
      'hides a change',
      (one) => {
        one.outcome.summary.resources.pop();
        one.outcome.summary.counts.create = 1;
      },
      'does not tell all of its plan: aws_subnet.Nodes_1 (create) is missing in summary.resources',
    ],
    [
      'calls a change otherwise',
      (one) => {
        one.outcome.summary.resources[0].action = 'update';
        Object.assign(one.outcome.summary.counts, { create: 1, update: 1 });
      },
      'does not tell all of its plan: aws_subnet.Nodes_0 (create) is missing in summary.resources',
    ],
    [
      'counts otherwise',
      (one) => {
        one.outcome.summary.counts.create = 0;
      },
      'has counts that are not those of its changes',
    ],
  ])('and %s is named', (_, change, message) => {
    const record: Any = structuredClone(first);
    change(record);
    writeRecords(folder, [record]);
    expect(readRecords([folder])[0]?.damage?.text).toBe(message);
  });
});
