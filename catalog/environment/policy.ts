import { durationText } from '../../base/text/duration-text';
import type { Claims } from '../ground/claims';
import type { Policy } from '../ground/policy';
import type { ProblemList } from '../ground/problem-list';
import { decimal, LEASE_TIME } from '../nodes/formats';
import { read } from '../shape/read';
import { bare, FLAG, map, optional, whole, withDefault } from '../shape/shapes';
import type { Place } from '../source/place';

/** The section `policy`. */
export const POLICY = map({
  max_nodes: optional(
    whole(1, 100_000),
    'More nodes in one environment need a confirmation of their own; --yes alone does not do',
  ),
  max_price_per_hour: optional(
    bare(decimal('an amount of US dollars an hour with at most 2 digits after the point', 999_999, 2)),
    'A higher price of all nodes in one environment needs a confirmation of its own',
  ),
  require_review: withDefault(
    FLAG,
    false,
    'Whether an apply for real must name the review that it rests on, with --reviewed; without, it is refused',
  ),
  max_lease: optional(bare(LEASE_TIME), 'The longest lease of a node group; a longer one is an error'),
});

/** Reads the ceilings of an environment, and reports node groups whose leases are longer than is allowed. */
export function readPolicy(place: Place, { groups }: Claims, problems: ProblemList): Policy {
  const { draft } = read(place, POLICY, problems);
  const { maxNodes, maxPricePerHour, maxLease, requireReview } = draft ?? {};
  if (maxLease === 'none') {
    const must = 'must be a duration from 10m to 365d';
    problems.error('bad-value', place.at('max_lease'), { must, got: 'none' }, 'remove it for no limit');
  } else if (maxLease !== undefined) {
    for (const { leaseSeconds, leaseWhere } of groups) {
      if (leaseSeconds !== undefined && leaseSeconds <= maxLease) continue;
      const must = `must be at most ${durationText(maxLease)}, the max_lease of policy`;
      const got = leaseSeconds === undefined ? 'none' : durationText(leaseSeconds);
      problems.error('too-much', leaseWhere, { must, got });
    }
  }
  return {
    requireReview: requireReview === true,
    ...(maxNodes === undefined ? {} : { maxNodes }),
    ...(maxPricePerHour === undefined ? {} : { maxPricePerHour }),
  };
}
