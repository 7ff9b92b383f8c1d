import { environmentDigest, standings } from '../../../review/record/environment-digest';
import type { StackRecord } from '../../../review/record/record';
import { samplePlanned, sampleRecords } from '../../support/records';

const { stacks } = sampleRecords({ stacks: 4 });
const digest = environmentDigest(stacks);

const at = (index: number, change: Partial<StackRecord>): readonly StackRecord[] =>
  stacks.map((record, place) => (place === index ? { ...record, ...change } : record));
const [first, second] = stacks.map(({ stack }) => stack) as [string, string];
const unchanged = { ...samplePlanned(first, 0, 0), plan: { changes: [], outputs: [] } };

describe('the digest of an environment', () => {
  test('does not depend on the order of records, on the time, the commit and the part', () => {
    expect(digest).toMatch(/^k1:[0-9a-f]{64}$/);
    expect(environmentDigest([...stacks].reverse())).toBe(digest);
    const other = stacks.map((one) => ({
      ...one,
      shard: '1/5',
      origin: { ...one.origin, made: '2027-01-01T00:00:00Z', commit: 'f'.repeat(40), dirty: true },
    }));
    expect(environmentDigest(other)).toBe(digest);
  });

  test.each<[string, readonly StackRecord[]]>([
    ['another plan', at(0, { outcome: samplePlanned(first, 7) })],
    ['a stack less', stacks.slice(1)],
    ['another stack', at(0, { stack: 'dev-aws-other' })],
    ['a deferred stack', at(0, { outcome: { kind: 'deferred', because: [second] } })],
    ['a failed one', at(0, { outcome: { kind: 'failed', lines: [] } })],
    ['another environment', stacks.map((one) => ({ ...one, environment: 'prod' }))],
    ['the sandbox', stacks.map((one) => ({ ...one, origin: { ...one.origin, simulated: true } }))],
  ])('changes by %s', (_, records) => {
    expect(environmentDigest(records)).not.toBe(digest);
  });

  test('of plans made on several machines is that of one, which defers what waits for a change', () => {
    const onOne = at(1, { requires: [first], outcome: { kind: 'deferred', because: [first] } });
    const onSeveral = at(1, { requires: [first] });
    expect(standings(onSeveral).get(second)).toEqual({ kind: 'deferred', because: [first] });
    expect(environmentDigest(onSeveral)).toBe(environmentDigest(onOne));
  });

  test('a plan whose requirement does not change stands', () => {
    const records = at(1, { requires: [first] }).map((one) =>
      one.stack === first ? { ...one, outcome: unchanged } : one,
    );
    expect(standings(records).get(second)?.kind).toBe('planned');
  });

  test('what waits for what waits is deferred too, and a circle ends', () => {
    const third = stacks[2]?.stack as string;
    const chain = stacks.map((one) =>
      one.stack === second
        ? { ...one, requires: [first], outcome: unchanged }
        : one.stack === third
          ? { ...one, requires: [second] }
          : one,
    );
    expect(standings(chain).get(third)).toEqual({ kind: 'deferred', because: [second] });
    const circle = stacks.map((one) => ({ ...one, requires: [one.stack === first ? second : first] }));
    expect(standings(circle).size).toBe(4);
  });
});
