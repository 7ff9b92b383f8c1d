import { type Shard, shardCount, shardOf, shardText } from '../../session/shard';
import type { AffectedEnvironment } from './model';

/** A job of a CI matrix. */
export interface MatrixItem {
  readonly environment: string;
  /** The part of the environment's stacks: `2/5`. */
  readonly shard: string;
  /** The affected stacks of the part. */
  readonly stacks: readonly string[];
}

/**
 * The jobs for what is affected. A review is of whole environments, so each affected one has all of its parts, also those in which no
 * stack is affected. An environment without a catalog can't be planned: it has no job.
 *
 * @param size - about how many stacks a part has @default - an environment is one part
 */
export function matrixOf(affected: readonly AffectedEnvironment[], size?: number): readonly MatrixItem[] {
  return affected
    .filter(({ removed }) => !removed)
    .flatMap(({ environment, stacks, all }) => {
      const count = shardCount(all.length, size);
      return Array.from({ length: count }, (_, index): MatrixItem => {
        const shard: Shard = { index: index + 1, count };
        const own = stacks.filter(({ id }) => shardOf(id, all, count) === shard.index);
        return { environment, shard: shardText(shard), stacks: own.map(({ id }) => id) };
      });
    });
}
