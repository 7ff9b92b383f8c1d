import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Journal } from '../../terraform/journal';
import { watchedDisk } from '../support/watched-disk';

const TERRAFORM = { log: 'out/dev/logs/x.output', pid: 4711, started: '12@boot' };
const OLD = {
  at: '2026-11-22T01:02:03.456Z',
  run: 'an old one',
  event: 'started',
  stack: 'dev-old',
  plan: 'p0',
};

describe('Journal', () => {
  let folder: string;
  let file: string;
  const journal = () => new Journal(file);
  const lines = () =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
    file = path.join(folder, 'made/journal.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('notes an apply with its Terraform, in a private file', () => {
    const own = journal();
    own.record('started', 'dev-a', 'p1', { log: TERRAFORM.log });
    own.record('started', 'dev-a', 'p1', TERRAFORM);
    const common = { v: 2, at: expect.any(String), run: expect.any(String), stack: 'dev-a', plan: 'p1' };
    expect(lines()).toEqual([
      { ...common, event: 'started', terraform: { log: TERRAFORM.log } },
      { ...common, event: 'started', terraform: TERRAFORM },
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('has each line on the disk before it returns', () => {
    const own = journal();
    own.record('started', 'dev-a', 'p1', TERRAFORM);
    const operations = ['open', 'write', 'sync', 'close'].map((done) => `${done} journal.jsonl`);
    for (const event of ['started', 'applied'] as const) {
      expect(watchedDisk(() => own.record(event, 'dev-x', 'plan', TERRAFORM))).toEqual(operations);
      expect(readFileSync(file, 'utf8').trim().split('\n').at(-1)).toContain(`"event":"${event}"`);
    }
  });

  test('reads lines in which a stack is called a unit, as before', () => {
    const { stack, ...line } = OLD;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ ...line, unit: stack })}\n`);
    expect(journal().unfinished).toEqual([stack]);
  });

  test('has an apply open from its start until it is noted how it ended, for itself and for later runs', () => {
    const own = journal();
    own.record('started', 'dev-a', 'p1', TERRAFORM);
    own.record('started', 'dev-b', 'p2', TERRAFORM);
    own.record('started', 'dev-c', 'p3', TERRAFORM);
    own.record('applied', 'dev-b', 'p2', TERRAFORM);
    own.record('failed', 'dev-c', 'p3', TERRAFORM);
    for (const reader of [own, journal()]) {
      expect(reader.open).toMatchObject([{ stack: 'dev-a', plan: 'p1', terraform: TERRAFORM }]);
      expect(reader.unfinished).toEqual(['dev-a']);
      expect(['p1', 'p2', 'p3', 'p4'].map((plan) => reader.wasStarted(plan))).toEqual([
        true,
        true,
        true,
        false,
      ]);
    }
    own.record('started', 'dev-b', 'p4', TERRAFORM);
    expect(journal().unfinished).toEqual(['dev-a', 'dev-b']);
  });

  test('tells when a stack was applied last, and of which commit', () => {
    const own = journal();
    own.record('applied', 'dev-a', 'p1', TERRAFORM, { commit: 'c1' });
    own.record('applied', 'dev-a', 'p2', TERRAFORM, { commit: 'c2' });
    own.record('started', 'dev-a', 'p3', TERRAFORM);
    own.record('applied', 'dev-b', 'p4', TERRAFORM);
    expect(journal().lastApplied('dev-a')).toMatchObject({ commit: 'c2', plan: 'p2' });
    expect(journal().lastApplied('dev-b')?.commit).toBeUndefined();
    expect(journal().lastApplied('dev-c')).toBeUndefined();
  });

  test('reads lines of earlier versions, which name no Terraform', () => {
    journal().record('applied', 'dev-a', 'p1', TERRAFORM);
    appendFileSync(file, `${JSON.stringify(OLD)}\n`);
    expect(journal().wasStarted('p0')).toBe(true);
    expect(journal().open).toEqual([OLD]);
  });

  test('counts a plan as begun by a line of a newer version', () => {
    journal().record('started', 'dev-old', 'p1', TERRAFORM);
    appendFileSync(file, `${JSON.stringify({ ...OLD, v: 3, event: 'adopted', before: ['vpc-1'] })}\n`);
    expect(journal().wasStarted('p0')).toBe(true);
    expect(journal().unfinished).toEqual([]);
  });

  test.each([
    ['half a line', '{"v":2,"at":"2026'],
    ['what is no line', '[1]\nnull\n7'],
    ['a line without a stack', JSON.stringify({ ...OLD, stack: undefined })],
  ])('reads past %s, and writes its own on a line of their own', (_, damage) => {
    journal().record('started', 'dev-a', 'p1', TERRAFORM);
    appendFileSync(file, damage);
    journal().record('applied', 'dev-a', 'p1', TERRAFORM);
    appendFileSync(file, damage);
    const own = journal();
    own.record('started', 'dev-b', 'p2', TERRAFORM);
    own.record('started', 'dev-c', 'p3', TERRAFORM);
    expect(journal().unfinished).toEqual(['dev-b', 'dev-c']);
  });

  test.each([0, -1, 1.5, '4711'])('takes no process from a line that names %p', (pid) => {
    journal().record('started', 'dev-a', 'p1', TERRAFORM);
    writeFileSync(file, readFileSync(file, 'utf8').replace('4711', JSON.stringify(pid)));
    expect(journal().open.map(({ terraform }) => terraform?.pid)).toEqual([undefined]);
    expect(journal().wasStarted('p1')).toBe(true);
  });

  describe('unsuccessful', () => {
    test('is nothing for a stack that was never begun, or whose last apply succeeded', () => {
      const own = journal();
      own.record('started', 'dev-a', 'p1', TERRAFORM, { creates: ['aws_vpc.V'], before: ['vpc-1'] });
      own.record('applied', 'dev-a', 'p1', TERRAFORM);
      expect(own.unsuccessful('dev-a')).toBeUndefined();
      expect(own.unsuccessful('dev-b')).toBeUndefined();
    });

    test('is what all applies since the last success were to create, and what the cloud refused', () => {
      const own = journal();
      own.record('started', 'dev-a', 'p1', TERRAFORM, { creates: ['aws_vpc.Old'] });
      own.record('applied', 'dev-a', 'p1', TERRAFORM);
      own.record('started', 'dev-a', 'p2', TERRAFORM, { creates: ['aws_vpc.V'], before: ['vpc-1'] });
      own.record('started', 'dev-a', 'p3', TERRAFORM, { creates: ['aws_eip.E'], before: ['vpc-1', 'vpc-2'] });
      own.record('failed', 'dev-a', 'p3', TERRAFORM, { refused: [{ address: 'a.B', id: '/x' }] });
      expect(journal().unsuccessful('dev-a')).toEqual({
        at: expect.any(String),
        creates: new Set(['aws_vpc.V', 'aws_eip.E']),
        // What bears the tags since then may be of the first one.
        before: ['vpc-1'],
        refused: [{ address: 'a.B', id: '/x' }],
      });
    });

    test('knows no addresses where a line of an earlier version has none', () => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(OLD)}\n`);
      expect(journal().unsuccessful('dev-old')).toEqual({
        at: OLD.at,
        creates: undefined,
        before: [],
        refused: [],
      });
    });
  });
});
