import { Failure } from '../../../base/errors';
import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import { timeText } from '../../../base/text/time-text';
import { NOTHING, type PlanDifference, planDifferences } from '../../../review/record/differences';
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
  /** When the last apply of a stack failed or was stopped, of those where it did. */
  readonly unfinished: ReadonlyMap<string, string>;
  /** What plans anew: `kakehashi plan dev`. */
  readonly planAgain: string;
}

/** What an apply does under a review. */
export interface UnderReview {
  /** Planned stacks that were deferred in the review, and are not applied under it. */
  readonly held: readonly string[];
  /** Stacks that have nothing left to do, though the review has changes of them: they were applied since. */
  readonly done: readonly string[];
  /** Whether only that is known which is enough here: no plan changes anything. @default - the plans are the reviewed ones */
  readonly nothingLeft?: true;
}

/** A place at which a plan is not the reviewed one. */
export interface StackDifference extends Omit<PlanDifference, 'address'> {
  readonly stack: string;
  /** @default - the stack as a whole */
  readonly address?: string;
}

/** The plans of an apply are others than were reviewed. */
export class OtherPlans extends Failure {
  constructor(
    text: string,
    /** Where they differ; none where the records of the review are not at hand. */
    readonly differences: readonly StackDifference[],
  ) {
    super(text);
  }
}

/** How many differences of one stack are shown, and how many names stand in one line. */
const SHOWN = 10;
const NAMES = 4;

/**
 * Compares the plans of an apply with those that were reviewed.
 *
 * @throws {@link OtherPlans} that names each stack, address and attribute that differs, where the records of the review are at hand
 */
export function compareReviewed(reviewed: Reviewed, now: PlansNow): UnderReview {
  return reviewed.stacks === undefined
    ? compareDigests(reviewed.digest, now)
    : compareStacks(reviewed.digest, reviewed.stacks, now);
}

function compareDigests(digest: string, now: PlansNow): UnderReview {
  const { environment, stacks, isWhole, planAgain } = now;
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
  // After a whole apply, the same command finds nothing that could be applied.
  if (stacks.every(({ outcome }) => outcome.kind === 'planned' && !hasChanges(outcome.summary)))
    return { held: [], done: [], nothingLeft: true };
  throw new OtherPlans(
    [
      `${environment}: not applied: its plans are not those that were reviewed`,
      `reviewed ${digest}`,
      `now      ${own}`,
      ...stacks.flatMap(({ stack }) => unfinishedLines(stack, now)),
      `help: to see what differs, give the folder of the review's records: --reviewed FOLDER/; or plan and review anew: ${planAgain}`,
    ].join('\n  '),
    [],
  );
}

function compareStacks(digest: string, reviewed: readonly StackRecord[], now: PlansNow): UnderReview {
  const { environment, stacks, isWhole, planAgain } = now;
  const before = standings(reviewed);
  const records = new Map(reviewed.map((record) => [record.stack, record]));
  const held: string[] = [];
  const done: string[] = [];
  const found: Found[] = [];
  for (const record of stacks) {
    const { stack, outcome } = record;
    const standing = before.get(stack);
    if (standing === undefined) found.push(ofStack(stack, 'is not in the review'));
    else if (outcome.kind === 'failed') found.push(ofStack(stack, "was reviewed, and can't be planned now"));
    else if (standing.kind !== 'planned') {
      if (outcome.kind === 'planned' && hasChanges(outcome.summary)) held.push(stack);
    } else if (outcome.kind === 'deferred')
      found.push(ofStack(stack, `was planned in the review, and waits now for ${listed(outcome.because)}`));
    else if (outcome.digest !== standing.digest) {
      if (hasChanges(outcome.summary)) found.push(ofPlans(records.get(stack), record, standing, now));
      else done.push(stack);
    }
  }
  const gone = isWhole ? reviewed.filter(({ stack }) => !stacks.some((one) => one.stack === stack)) : [];
  found.push(...gone.map(({ stack }) => ofStack(stack, 'is in the review, and not in the environment')));
  if (found.length === 0) return { held, done };
  throw new OtherPlans(
    [
      `${environment}: not applied: its plans are not those that were reviewed (${digest})`,
      ...found.flatMap(({ lines }) => lines),
      `help: nothing was changed by this run; plan and review anew: ${planAgain}`,
    ].join('\n  '),
    found.flatMap(({ differences }) => differences),
  );
}

/** What differs of one stack, for people and for programs. */
interface Found {
  readonly lines: readonly string[];
  readonly differences: readonly StackDifference[];
}

function ofStack(stack: string, now: string): Found {
  return { lines: [`${stack}: ${now}`], differences: [{ stack, reviewed: '', now }] };
}

function ofPlans(
  reviewed: StackRecord | undefined,
  { stack, outcome: today }: StackRecord,
  standing: Standing,
  now: PlansNow,
): Found {
  const was = reviewed?.outcome;
  const differences =
    was?.kind === 'planned' && today.kind === 'planned' ? planDifferences(was.plan, today.plan) : [];
  if (differences.length === 0)
    return ofStack(
      stack,
      `is another plan than the reviewed one${standing.kind === 'planned' ? ` (${standing.digest})` : ''}`,
    );
  const isGone = ({ attribute, now: what }: PlanDifference) => attribute === undefined && what === NOTHING;
  const [gone, others] = [differences.filter(isGone), differences.filter((one) => !isGone(one))];
  const drifted =
    today.kind === 'planned' ? new Set(today.summary.drift.map(({ address }) => address)) : new Set<string>();
  const more = others.length - SHOWN;
  return {
    lines: [
      ...unfinishedLines(stack, now),
      ...others
        .slice(0, SHOWN)
        .flatMap(({ address, attribute, reviewed: then, now: what }) => [
          `${stack}: ${address}${attribute === undefined ? '' : ` ${attribute}`}`,
          `  reviewed: ${then}`,
          `  now:      ${what}${drifted.has(address) && then === NOTHING ? ' (somebody changed it outside of Terraform)' : ''}`,
        ]),
      ...(more > 0 ? [`${stack}: ${counted(more, 'further difference')}`] : []),
      ...goneLines(stack, gone),
    ],
    differences: differences.map((one) => ({ stack, ...one })),
  };
}

/** What was reviewed and is not planned any more, in one line: after half an apply it is most of the plan. */
function goneLines(stack: string, gone: readonly PlanDifference[]): readonly string[] {
  if (gone.length === 0) return [];
  const names = gone.slice(0, NAMES).map(({ address, reviewed }) => `${address} (${reviewed})`);
  const rest = gone.length - names.length;
  return [
    `${stack}: reviewed, and not planned any more: ${listed(rest > 0 ? [...names, `${rest} more`] : names)}`,
  ];
}

function unfinishedLines(stack: string, { unfinished }: PlansNow): readonly string[] {
  const at = unfinished.get(stack);
  if (at === undefined) return [];
  return [
    `${stack}: its apply of ${timeText(at)} failed or was stopped: what that made is in the plan no more`,
  ];
}
