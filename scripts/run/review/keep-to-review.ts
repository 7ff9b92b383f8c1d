import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import type { PlanRecord } from '../../../terraform/plan/saved-plan';
import type { Session } from '../../session/session';
import type { EnvironmentApply } from '../environment-apply';
import { planWave } from '../plan-wave';
import { SAME_COMMAND } from '../stack-failure';
import { compareReviewed, OtherPlans, type UnderReview } from './compare-reviewed';
import { recordHead, stackRecords } from './make-records';
import type { Reviewed } from './reviewed';

/**
 * Holds an environment's apply to what was reviewed, before anything of it is changed.
 *
 * @returns the plans that are applied
 * @throws Failure where a plan is another one than was reviewed
 */
export async function keepToReview(
  apply: EnvironmentApply,
  planned: readonly PlanRecord[],
  reviewed: Reviewed,
): Promise<readonly PlanRecord[]> {
  const { report } = apply.session;
  const { digest } = reviewed;
  const under = await toldComparison(apply, planned, reviewed);
  const { held, done, nothingLeft } = under;
  const { environment } = apply.session;
  report.say(
    nothingLeft
      ? `review    ${digest}: nothing left to do in ${environment}: no plan changes anything`
      : `review    ${digest}: the plans of ${environment} are those that were reviewed`,
  );
  if (done.length > 0) report.say(`          nothing left to do: ${done.join('  ')}`);
  if (held.length > 0) report.say(`          not in the review, and not applied: ${held.join('  ')}`);
  // Nothing was compared but that nothing changes: objects of a killed apply are not written into a state for it.
  const plans = nothingLeft ? planned : await withoutProvisional(apply, planned, reviewed);
  apply.keepToReviewed(held, againText(apply.session, reviewed));
  return plans;
}

/** Compares, and tells programs how it came out. */
async function toldComparison(
  apply: EnvironmentApply,
  planned: readonly PlanRecord[],
  reviewed: Reviewed,
): Promise<UnderReview> {
  const { report } = apply.session;
  const { digest } = reviewed;
  try {
    const under = await compared(apply, planned, reviewed);
    const { held, done, nothingLeft } = under;
    const verdict = nothingLeft ? 'nothing_left' : 'same';
    report.event({ type: 'review_compared', digest, verdict, differences: [], held, done });
    return under;
  } catch (error) {
    if (error instanceof OtherPlans) {
      const { masks } = report.log;
      const differences = error.differences.map((one) => ({
        ...one,
        reviewed: masks.mask(one.reviewed),
        now: masks.mask(one.now),
      }));
      report.event({ type: 'review_compared', digest, verdict: 'other', differences, held: [], done: [] });
    }
    throw error;
  }
}

/**
 * How an apply goes on after a failure: a stack of which a part was made has another plan than the reviewed one.
 *
 * @returns by the number of changes that were made of a stack
 */
function againText(session: Session, { stacks }: Reviewed): (done: number) => string {
  const again = `plan and review again (${planCommand(session)})`;
  return (done) => (done === 0 && stacks !== undefined ? SAME_COMMAND : again);
}

function planCommand({ environment, simulated }: Pick<Session, 'environment' | 'simulated'>): string {
  return `kakehashi plan ${environment}${simulated ? ' --sandbox' : ''}`;
}

async function compared(apply: EnvironmentApply, planned: readonly PlanRecord[], reviewed: Reviewed) {
  const { session, loaded, stacks, normal, failures, waves } = apply;
  const head = await recordHead(
    session,
    loaded,
    stacks.map(({ id }) => id),
  );
  const plans = planned.map(({ summary }) => summary);
  const { deferred } = waves;
  const records = stackRecords(head, { session, loaded, stacks, plans, normal, failures, deferred });
  const isWhole = stacks.length === loaded.stacks.length;
  return compareReviewed(reviewed, {
    environment: session.environment,
    stacks: records,
    isWhole,
    unfinished: apply.unfinishedApplies,
    planAgain: planCommand(session),
  });
}

/**
 * Plans that rest on objects of a killed apply which are in no state yet are made again, and the objects are written into the state:
 * only now, because the plans are those that were reviewed.
 */
async function withoutProvisional(
  apply: EnvironmentApply,
  planned: readonly PlanRecord[],
  reviewed: Reviewed,
): Promise<readonly PlanRecord[]> {
  const provisional = new Set(
    planned.filter((record) => record.provisional === true).map(({ summary }) => summary.stack),
  );
  if (provisional.size === 0) return planned;
  for (const stack of provisional) apply.waves.set(stack, { kind: 'waiting' });
  const again = (await planWave([apply], { destroy: false, writesState: true })).get(apply) ?? [];
  const plans = planned.flatMap((record) => {
    const { stack } = record.summary;
    return provisional.has(stack) ? again.filter(({ summary }) => summary.stack === stack) : [record];
  });
  await compared(apply, plans, reviewed);
  return plans;
}

/** What is left for another run, in words; undefined where nothing is. */
export function leftText(apply: EnvironmentApply, isReviewed: boolean): string | undefined {
  const { left, session } = apply;
  if (left.length === 0) return undefined;
  const stacks = left.length > 5 ? counted(left.length, 'stack') : listed(left);
  const { settings } = session;
  return isReviewed
    ? `${stacks}: not applied, because the review has no plan of ${left.length === 1 ? 'it' : 'them'}; plan and review again: ${planCommand(session)}`
    : `${stacks}: not applied, because another part must be applied first; then run the same command again${settings.shard === undefined ? '' : ' here'}`;
}
