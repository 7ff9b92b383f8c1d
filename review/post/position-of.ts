import type { Position } from '../../catalog/ground/problem';
import type { Review } from '../review';

/** Where the catalog says what a resource is; undefined where no record tells. */
export function positionOf(
  review: Review,
  stack: string | undefined,
  address: string | undefined,
): Position | undefined {
  const record = review.stacks.find((one) => one.stack === stack);
  if (record?.outcome.kind !== 'planned' || address === undefined) return undefined;
  return Object.hasOwn(record.outcome.positions, address) ? record.outcome.positions[address] : undefined;
}
