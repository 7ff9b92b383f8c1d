import { Failure } from '../../../base/errors';
import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import { planDifferences } from '../../../review/record/differences';
import { environmentDigest, type Standing, standings } from '../../../review/record/environment-digest';
import type { StackRecord } from '../../../review/record/record';
import { hasChanges } from '../../../terraform/plan/stack-plan';
import type { Reviewed } from './reviewed';

/** The plans of an apply, and the part of the environment that they are. */
export interface PlansNow {
  readonly environment: string;
  /** The records of the stacks that this machine works on. */
  readonly stacks: readonly StackRecord[];
  /** Whether these are all stacks of the environment. */
  readonly isWhole: boolean;
}

/** What an apply does under a review. */
export interface UnderReview {
  /** Planned stacks that were deferred in the review, and are not applied under it. */
  readonly held: readonly string[];
  /** Stacks that have nothing left to do, though the review has changes of them: they were applied since. */
  readonly done: readonly string[];
}

/** How many differences of one stack are shown. */
const SHOWN = 10;

/**
 * Compares the plans of an apply with those that were reviewed.
 *
 * @throws {@link Failure} that names each stack, address and attribute that differs, where the records of the review are at hand
 */
export function compareReviewed(reviewed: Reviewed, now: PlansNow): UnderReview {
  return reviewed.stacks === undefined
    ? compareDigests(reviewed.digest, now)
    : compareStacks(reviewed.digest, reviewed.stacks, now);
}

function compareDigests(digest: string, { environment, stacks, isWhole }: PlansNow): UnderReview {
  if (!isWhole)
    throw new Failure(
      `${environment}: a digest is of all stacks of an environment; with --stack or --shard give the folder of the review's records: --reviewed FOLDER/`,
    );
  const own = environmentDigest(stacks);
  if (own === digest) return { held: [], done: [] };
  const otherWorld = stacks.map((one) => ({
    ...one,
    origin: { ...one.origin, simulated: !one.origin.simulated },
  }));
  if (environmentDigest(otherWorld) === digest)
    throw new Failure(
      `${environment}: not applied: the digest is of the same plans ${stacks[0]?.origin.simulated ? 'for the real clouds' : 'made in the sandbox'}`,
    );
  throw new Failure(
    [
      `${environment}: not applied: its plans are not those that were reviewed`,
      `reviewed ${digest}`,
      `now      ${own}`,
      "help: to see what differs, give the folder of the review's records: --reviewed FOLDER/; or plan and review anew",
    ].join('\n  '),
  );
}

function compareStacks(digest: string, reviewed: readonly StackRecord[], now: PlansNow): UnderReview {
  const { environment, stacks, isWhole } = now;
  const before = standings(reviewed);
  const records = new Map(reviewed.map((record) => [record.stack, record]));
  const held: string[] = [];
  const done: string[] = [];
  const lines = stacks.flatMap((record): readonly string[] => {
    const { stack, outcome } = record;
    const standing = before.get(stack);
    if (standing === undefined) return [`${stack}: is not in the review`];
    if (outcome.kind === 'failed') return [`${stack}: was reviewed, and can't be planned now`];
    if (standing.kind !== 'planned') {
      if (outcome.kind === 'planned' && hasChanges(outcome.summary)) held.push(stack);
      return [];
    }
    if (outcome.kind === 'deferred')
      return [`${stack}: was planned in the review, and waits now for ${listed(outcome.because)}`];
    if (outcome.digest === standing.digest) return [];
    if (!hasChanges(outcome.summary)) {
      done.push(stack);
      return [];
    }
    return differenceLines(records.get(stack), record, standing);
  });
  const gone = isWhole ? reviewed.filter(({ stack }) => !stacks.some((one) => one.stack === stack)) : [];
  const all = [
    ...lines,
    ...gone.map(({ stack }) => `${stack}: is in the review, and not in the environment`),
  ];
  if (all.length === 0) return { held, done };
  throw new Failure(
    [
      `${environment}: not applied: its plans are not those that were reviewed (${digest})`,
      ...all,
      'help: plan and review anew; nothing was changed',
    ].join('\n  '),
  );
}

function differenceLines(
  reviewed: StackRecord | undefined,
  { stack, outcome: now }: StackRecord,
  standing: Standing,
): readonly string[] {
  const was = reviewed?.outcome;
  const differences =
    was?.kind === 'planned' && now.kind === 'planned' ? planDifferences(was.plan, now.plan) : [];
  if (differences.length === 0)
    return [
      `${stack}: is another plan than the reviewed one${standing.kind === 'planned' ? ` (${standing.digest})` : ''}`,
    ];
  const more = differences.length - SHOWN;
  return [
    ...differences
      .slice(0, SHOWN)
      .flatMap(({ address, attribute, reviewed: then, now: today }) => [
        `${stack}: ${address}${attribute === undefined ? '' : ` ${attribute}`}`,
        `  reviewed: ${then}`,
        `  now:      ${today}`,
      ]),
    ...(more > 0 ? [`${stack}: ${counted(more, 'further difference')}`] : []),
  ];
}
