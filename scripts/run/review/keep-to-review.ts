import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import type { PlanRecord } from '../../../terraform/plan/saved-plan';
import type { EnvironmentApply } from '../environment-apply';
import { planWave } from '../plan-wave';
import { compareReviewed } from './compare-reviewed';
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
  const { held, done } = await compared(apply, planned, reviewed);
  report.say(
    `review    ${reviewed.digest}: the plans of ${apply.session.environment} are those that were reviewed`,
  );
  if (done.length > 0) report.say(`          nothing left to do: ${done.join('  ')}`);
  const plans = await withoutProvisional(apply, planned, reviewed);
  apply.keepToReviewed(held);
  return plans;
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
  return compareReviewed(reviewed, { environment: session.environment, stacks: records, isWhole });
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
  const { environment, settings } = session;
  const flag = session.simulated ? ' --sandbox' : '';
  return isReviewed
    ? `${stacks}: not applied, because the review has no plan of ${left.length === 1 ? 'it' : 'them'}; plan and review again: kakehashi plan ${environment}${flag}`
    : `${stacks}: not applied, because another part must be applied first; then run the same command again${settings.shard === undefined ? '' : ' here'}`;
}
