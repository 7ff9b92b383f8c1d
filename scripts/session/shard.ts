import { UsageError } from '../../base/errors';
import { digestOf } from '../../base/files';

/** One part of an environment's stacks, for one of several machines: the second of five is `2/5`. */
export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly count: number;
}

/** The largest number of parts. A CI system has no more jobs in one matrix. */
const MOST_SHARDS = 256;

/** Reads `2/5`. @throws {@link UsageError} */
export function parseShard(text: string): Shard {
  const [, index, count] = /^([1-9][0-9]{0,2})\/([1-9][0-9]{0,2})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (index === undefined || shard.index > shard.count || shard.count > MOST_SHARDS)
    throw new UsageError(
      `--shard: must be I/N with I from 1 to N and N at most ${MOST_SHARDS}, got "${text}"`,
    );
  return shard;
}

export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** A stack, as far as its shard depends on it. */
interface Shardable {
  readonly id: string;
  readonly requires: readonly string[];
}

/**
 * In which of `count` parts a stack is, from 1 on. A stack is where the first stack is that it requires, so that a node group and its
 * network are in one part. The others go by their ids alone: a stack that is new moves no other.
 *
 * @param stacks - all stacks of the environment
 */
export function shardOf(stack: string, stacks: readonly Shardable[], count: number): number {
  const byId = new Map(stacks.map((one) => [one.id, one]));
  const seen = new Set<string>();
  let leader = stack;
  for (;;) {
    seen.add(leader);
    const next = byId.get(leader)?.requires.find((id) => byId.has(id));
    if (next === undefined || seen.has(next)) break;
    leader = next;
  }
  return (Number.parseInt(digestOf(leader).slice(0, 8), 16) % count) + 1;
}

/** The number of parts for which a part has about so many stacks. */
export function shardCount(stacks: number, size: number | undefined): number {
  if (size === undefined) return 1;
  return Math.min(MOST_SHARDS, Math.max(1, Math.ceil(stacks / size)));
}
