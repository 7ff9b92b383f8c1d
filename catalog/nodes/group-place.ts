import type { ProblemList } from '../ground/problem-list';
import { type Reading, read } from '../shape/read';
import type { MapForm, Refusal, Shape } from '../shape/shape';
import type { Place } from '../source/place';

/** A node group of the catalog before it is read: where it stands, and in whose network its nodes are. */
export interface GroupPlace {
  readonly name: string;
  readonly place: Place;
  /** The entry whose network the nodes are in: `aws/default`. */
  readonly entry: string;
  /** Whether the catalog names the network under the provider's name for spot instances. */
  readonly isSpot: boolean;
  /** Keys that groups of other providers have, and those of this one have not. */
  readonly foreign: Readonly<Record<string, Refusal>>;
}

/** Reads a node group by the keys of its kind, and reports all that is wrong within it. */
export function readGroup<T, D>(
  { place, foreign }: GroupPlace,
  shape: MapForm & Shape<T, D>,
  problems: ProblemList,
): Reading<T, D> {
  return read(place, { ...shape, refused: { ...foreign, ...shape.refused } }, problems);
}
