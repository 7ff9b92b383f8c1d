import type { ProblemList } from '../../ground/problem-list';
import type { Place } from '../../source/place';
import type { Around } from '../kind';

/**
 * Refuses another region for what the lock file has in one: it stays where it was built.
 *
 * @param what - how it is called: `network`, `hub`
 */
export function checkRegionMoved(
  what: string,
  { id, place, region }: { readonly id: string; readonly place: Place; readonly region?: string | undefined },
  { environment, locked }: Around<{ readonly region: string }>,
  problems: ProblemList,
): void {
  const built = locked.get(id)?.place.region;
  if (built === undefined || region === undefined || built === region) return;
  problems.disputed(
    'region-moved',
    place.at('aws_region'),
    { must: `must stay ${built}, where the lock file has ${id}`, got: `"${region}"` },
    [{ environment, stack: id }],
    `a ${what} does not move: give the entry another name, and the old one is destroyed and a new one built`,
  );
}
