import { locationName } from '../../../model/clouds/azure/locations';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import type { Place } from '../../source/place';
import type { Around } from '../kind';

/** What may have been built in another location. */
export interface Located {
  /** The id of its stack. */
  readonly id: string;
  /** Where the location, or what it follows from, stands. */
  readonly place: Place;
  readonly location?: string | undefined;
}

/**
 * Refuses another location for what the lock file has in one: it stays where it was built.
 *
 * @param what - how it is called: `network`, `node group`
 */
export function checkMoved(
  what: string,
  { id, place, location }: Located,
  { environment, locked }: Pick<Around<{ readonly region: string }>, 'environment' | 'locked'>,
  problems: ProblemList,
): void {
  const built = locked.get(id)?.place.region;
  if (built === undefined || location === undefined || locationName(built) === locationName(location)) return;
  problems.disputed(
    'region-moved',
    place.at(),
    { must: `must stay ${built}, where the lock file has ${id}`, got: quoted(location) },
    [{ environment, stack: id }],
    `a ${what} does not move: give ${what === 'network' ? 'the entry' : 'it'} another name, and the old one is destroyed and a new one built`,
  );
}
