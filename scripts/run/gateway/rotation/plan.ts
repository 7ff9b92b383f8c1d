import path from 'node:path';
import { Failure } from '../../../../base/errors';
import type { Stack } from '../../../../catalog/kinds/registry';
import { presharedKeyCidr } from '../../../../model/gateway/preshared-key-cidr';
import { discardPlan, PLAN_FILE, type PlanRecord } from '../../../../terraform/plan/saved-plan';
import { scrubPlan } from '../../../../terraform/plan/scrub';
import { tunnelsOf } from '../../../kinds/registry';
import { stackFolder } from '../../../session/folders';
import { planStack } from '../../plan-stack';
import type { HostEnvironment } from '../neighbours';

/**
 * The saved plan that gives one tunnel its new key, and does nothing else.
 *
 * @throws {@link Failure} where the stack has other changes; the plan is discarded then
 */
export async function planRotation(
  own: HostEnvironment,
  stack: Stack,
  insideCidr: string,
  key: string,
): Promise<PlanRecord> {
  const { session } = own;
  const kind = tunnelsOf(stack);
  const cidr = kind === undefined ? insideCidr : presharedKeyCidr(kind.cloud, insideCidr);
  const record = await planStack(own, stack, { destroy: false, newKeys: { [cidr]: key } });
  const folder = stackFolder(session.folders, stack.id);
  try {
    const { masks } = session.report.log;
    const plan = scrubPlan(await session.terraform.show(folder, path.join(folder, PLAN_FILE)), (secret) =>
      masks.add(secret),
    );
    const others = plan.changes.filter((change) => !kind?.changesOnlyKey(change, insideCidr));
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
