import { UsageError } from '../../../base/errors';
import { parseShard, shardCount, shardOf, shardText } from '../../../scripts/session/shard';

const stack = (id: string, ...requires: string[]) => ({ id, requires });

describe('a shard', () => {
  it('is read, and written as it was read', () => {
    expect(parseShard('2/5')).toEqual({ index: 2, count: 5 });
    expect(shardText(parseShard('256/256'))).toBe('256/256');
  });

  it.each(['0/5', '6/5', '1/257', '1', '1/0', '1/5/2', 'a/b', '', '-1/2', '01/2', '1/ 2'])(
    'is not %j',
    (text) => {
      expect(() => parseShard(text)).toThrow(UsageError);
      expect(() => parseShard(text)).toThrow(
        `--shard: must be I/N with I from 1 to N and N at most 256, got "${text}"`,
      );
    },
  );

  it('has each stack in exactly one part, and what it requires with it', () => {
    const networks = Array.from({ length: 40 }, (_, index) => stack(`dev-aws-net${index}`));
    const groups = networks.map(({ id }) => stack(`${id}-nodes`, id, 'dev-vault'));
    const all = [...networks, ...groups, stack('dev-vault')];
    for (const { id } of networks) {
      const part = shardOf(id, all, 5);
      expect(part).toBeGreaterThanOrEqual(1);
      expect(part).toBeLessThanOrEqual(5);
      expect(shardOf(`${id}-nodes`, all, 5)).toBe(part);
    }
    expect(new Set(networks.map(({ id }) => shardOf(id, all, 5))).size).toBe(5);
  });

  it('stays where it is when the catalog grows', () => {
    const few = [stack('dev-aws-a'), stack('dev-aws-b')];
    const many = [stack('dev-aws-0'), ...few, stack('dev-aws-c')];
    for (const { id } of few) expect(shardOf(id, many, 7)).toBe(shardOf(id, few, 7));
  });

  it('ends where stacks require each other', () => {
    const circle = [stack('a', 'b'), stack('b', 'a')];
    expect(shardOf('a', circle, 3)).toBeGreaterThan(0);
  });

  it('counts parts of about a size', () => {
    expect([0, 1, 10, 11, 400].map((stacks) => shardCount(stacks, 10))).toEqual([1, 1, 1, 2, 40]);
    expect(shardCount(400, undefined)).toBe(1);
    expect(shardCount(100_000, 1)).toBe(256);
  });
});
