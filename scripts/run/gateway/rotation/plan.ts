import path from 'node:path';
import { Failure } from '../../../../base/errors';
import type { Loaded } from '../../../../catalog/environment/catalog';
import type { Stack } from '../../../../catalog/kinds/registry';
import { discardPlan, PLAN_FILE, type PlanRecord } from '../../../../terraform/plan/saved-plan';
import { scrubPlan } from '../../../../terraform/plan/scrub';
import { tunnelsOf } from '../../../kinds/registry';
import { stackFolder } from '../../../session/folders';
import type { Session } from '../../../session/session';
import { planStack } from '../../plan-stack';

/**
 * The saved plan that gives one tunnel its new key, and does nothing else.
 *
 * @throws {@link Failure} where the stack has other changes; the plan is discarded then
 */
export async function planRotation(
  session: Session,
  loaded: Loaded,
  stack: Stack,
  insideCidr: string,
  key: string,
): Promise<PlanRecord> {
  const env = { TF_VAR_preshared_keys: JSON.stringify({ [insideCidr]: key }) };
  const record = await planStack(session, loaded, stack, { destroy: false, env });
  const folder = stackFolder(session.folders, stack.id);
  try {
    const { masks } = session.report.log;
    const plan = scrubPlan(await session.terraform.show(folder, path.join(folder, PLAN_FILE)), (secret) =>
      masks.add(secret),
    );
    const others = plan.changes.filter((change) => !tunnelsOf(stack)?.changesOnlyKey(change, insideCidr));
    if (others.length > 0) {
      throw new Failure(
        `${stack.id}: not rotated: more than this key would change (${others.map(({ address }) => address).join(', ')}); apply that first: kakehashi apply ${session.environment}`,
      );
    }
    return record;
  } catch (error) {
    discardPlan(folder);
    throw error;
  }
}
