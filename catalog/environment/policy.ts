import { durationText } from '../../base/text/duration-text';
import type { Claims } from '../ground/claims';
import type { Acceptance, Policy } from '../ground/policy';
import type { ProblemList } from '../ground/problem-list';
import { SEVERITIES } from '../ground/severity';
import { decimal, LEASE_TIME } from '../nodes/formats';
import { DAY } from '../shape/day-format';
import { read } from '../shape/read';
import type { Draft } from '../shape/shape';
import {
  bare,
  choice,
  explained,
  FLAG,
  map,
  optional,
  pattern,
  required,
  rows,
  text,
  whole,
  withDefault,
} from '../shape/shapes';
import type { Place } from '../source/place';

/** An id of a rule: ours, a user's, or another tool's. */
const RULE_ID = pattern('the id of a rule like KKH-NET-04', '^[A-Za-z][A-Za-z0-9_.:-]{1,79}$', 'KKH-NET-04');

const WHERE = pattern(
  'a stack like dev-aws-default, a stack and an address like dev-aws-default/aws_vpc.*, or a path of the catalog like aws.default; * stands for anything',
  '^[^\\s]{1,300}$',
  'dev-aws-default',
);

const REASON = pattern(
  'a reason: what makes the finding right here',
  '\\S[\\s\\S]*\\S',
  'a lab that lives for an hour',
);

const ACCEPTANCE = map({
  rule: required(text(RULE_ID), 'Id of the rule; kakehashi explain lists them'),
  where: required(
    text(WHERE),
    'Which of its findings: a stack, stack/address, or a path of the catalog with all below it; * stands for anything',
  ),
  reason: required(text(REASON), 'Why it may stay; reviews show it'),
  until: optional(text(DAY), 'Last day on which it counts; absent: it has no end'),
});

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
  floor: optional(
    explained(choice(...SEVERITIES), {
      critical: 'what opens the site or a cloud to anybody',
      high: 'what an attacker, or a usual failure, makes use of',
      medium: 'what makes damage larger or harder to see',
      low: 'what is untidy',
    }),
    'A finding of this severity or a worse one refuses an apply, and lets validate and plan exit with 5; absent: none does',
  ),
  accept: optional(
    rows(ACCEPTANCE, { max: 500 }),
    'Findings of rules that are accepted, each with its reason',
  ),
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
  const accept = readAcceptances(place.below('accept'), draft?.accept ?? [], problems);
  return {
    accept,
    ...(draft?.floor === undefined ? {} : { floor: draft.floor }),
    requireReview: requireReview === true,
    ...(maxNodes === undefined ? {} : { maxNodes }),
    ...(maxPricePerHour === undefined ? {} : { maxPricePerHour }),
  };
}

/** The acceptances; of two with the same rule and place the second is refused. */
function readAcceptances(
  place: Place,
  drafts: readonly (Draft<typeof ACCEPTANCE> | undefined)[],
  problems: ProblemList,
): readonly Acceptance[] {
  const seen = new Map<string, number>();
  return drafts.flatMap((draft, index): readonly Acceptance[] => {
    const { rule, where, reason, until } = draft ?? {};
    if (rule === undefined || where === undefined || reason === undefined) return [];
    const item = place.below(index);
    const key = JSON.stringify([rule, where]);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const must = `accepts ${rule} at ${where} a second time, first in accept[${earlier}]`;
      return problems.error('duplicate-value', item.at('rule'), must, 'remove one') ?? [];
    }
    seen.set(key, index);
    const at = item.at('rule');
    return [
      { rule, where, reason, at, untilAt: item.at('until'), ...(until === undefined ? {} : { until }) },
    ];
  });
}
