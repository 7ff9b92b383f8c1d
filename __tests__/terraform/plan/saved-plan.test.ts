import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Journal } from '../../../terraform/journal';
import { discardPlan, freshnessOf, PLAN_FILE, recordPlan } from '../../../terraform/plan/saved-plan';
import { countsOf, type StackPlan } from '../../../terraform/plan/stack-plan';

const REAL = { simulated: false, terraform: 'terraform 1.11.4' };
const SUMMARY: StackPlan = {
  stack: 'dev-aws-x',
  counts: countsOf([]),
  resources: [],
  outputs: [],
  drift: [],
  effects: [],
  values: [],
  outputValues: {},
};

describe('saved plans', () => {
  let folder: string;
  const journal = () => new Journal(path.join(folder, 'journal.jsonl'));
  const file = () => path.join(folder, PLAN_FILE);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
    writeFileSync(path.join(folder, 'cdk.tf.json'), '{}');
    writeFileSync(file(), 'plan');
    recordPlan(folder, REAL, { destroy: false }, SUMMARY);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('are private and fresh as long as nothing changed', () => {
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(freshnessOf(folder, REAL, journal())).toMatchObject({
      kind: 'fresh',
      record: { summary: SUMMARY },
    });
  });

  test.each([
    [
      'another configuration',
      () => writeFileSync(path.join(folder, 'cdk.tf.json'), '{ }'),
      'the configuration changed',
    ],
    ['another plan file', () => writeFileSync(file(), 'plam'), 'the plan file is another one'],
    [
      'another provider',
      () => writeFileSync(path.join(folder, '.terraform.lock.hcl'), 'x'),
      'the providers changed',
    ],
    ['a damaged record', () => writeFileSync(`${file()}.json`, '{'), 'its record is damaged'],
  ])('are stale after %s', (_, spoil, because) => {
    spoil();
    expect(freshnessOf(folder, REAL, journal())).toMatchObject({ kind: 'stale', because });
  });

  test('are stale after 24 hours and for another Terraform', () => {
    const hours = (count: number) => Date.now() + count * 3_600_000;
    expect(freshnessOf(folder, REAL, journal(), hours(23.9)).kind).toBe('fresh');
    expect(freshnessOf(folder, REAL, journal(), hours(24))).toMatchObject({
      because: 'it is older than 24 hours',
    });
    expect(freshnessOf(folder, { ...REAL, terraform: 'terraform 1.12.0' }, journal())).toMatchObject({
      because: 'terraform 1.11.4 made it',
    });
  });

  test('tell a simulated one in a real run apart', () => {
    recordPlan(folder, { ...REAL, simulated: true }, { destroy: false }, SUMMARY);
    expect(freshnessOf(folder, REAL, journal())).toEqual({
      kind: 'stale',
      because: 'it is simulated',
      simulated: true,
    });
  });

  test('are never used again once their apply was begun, also by a later run', () => {
    const fresh = freshnessOf(folder, REAL, journal());
    if (fresh.kind !== 'fresh') throw new Error('expected a fresh plan');
    journal().record('started', 'dev-aws-x', fresh.record.plan, { log: 'x' });
    expect(freshnessOf(folder, REAL, journal())).toMatchObject({
      kind: 'stale',
      because: 'its apply was begun before',
    });
    expect(journal().unfinished).toEqual(['dev-aws-x']);
    journal().record('failed', 'dev-aws-x', fresh.record.plan, { log: 'x' });
    expect(journal().unfinished).toEqual([]);
  });

  test('survive a journal whose last line was cut off', () => {
    writeFileSync(
      path.join(folder, 'journal.jsonl'),
      '{"at":"2026-11-22T01:02:03.456Z","run":"r","event":"started","stack":"a","plan":"p"}\n{"at":"2026',
    );
    expect(journal().wasStarted('p')).toBe(true);
    expect(journal().unfinished).toEqual(['a']);
  });

  test('are gone when discarded', () => {
    discardPlan(folder);
    expect(existsSync(file())).toBe(false);
    expect(freshnessOf(folder, REAL, journal())).toEqual({ kind: 'none' });
  });
});
