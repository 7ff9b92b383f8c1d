import path from 'node:path';
import { Failure } from '../../../../base/errors';
import type { Loaded } from '../../../../catalog/load';
import { discardPlan, PLAN_FILE, type PlanRecord } from '../../../../terraform/plan/saved-plan';
import { type ScrubbedChange, scrubPlan } from '../../../../terraform/plan/scrub';
import { stackFolder } from '../../../session/folders';
import type { Session } from '../../../session/session';
import { planStack } from '../../plan-stack';

/**
 * The saved plan that gives one tunnel its new key, and does nothing else.
 *
 * @throws {@link Failure} where the stack has other changes, or has the key already; the plan is discarded then
 */
export async function planRotation(
  session: Session,
  loaded: Loaded,
  stack: string,
  insideCidr: string,
  key: string,
): Promise<PlanRecord> {
  const env = { TF_VAR_preshared_keys: JSON.stringify({ [insideCidr]: key }) };
  const record = await planStack(session, loaded, stack, { destroy: false, env });
  const folder = stackFolder(session.folders, stack);
  try {
    const { masks } = session.report.log;
    const plan = scrubPlan(await session.terraform.show(folder, path.join(folder, PLAN_FILE)), (secret) =>
      masks.add(secret),
    );
    const others = plan.changes.filter((change) => !isOnlyKey(change, insideCidr));
    if (others.length > 0) {
      throw new Failure(
        `${stack}: not rotated: more than this key would change (${others.map(({ address }) => address).join(', ')}); apply that first: kakehashi apply ${session.environment}`,
      );
    }
    return record;
  } catch (error) {
    discardPlan(folder);
    throw error;
  }
}

/** Attributes that follow from a key, and what the cloud reports by itself. */
const FOLLOWS = ['customer_gateway_configuration', 'vgw_telemetry', 'routes', 'tags_all'];

function isOnlyKey({ type, actions, changed, before }: ScrubbedChange, insideCidr: string): boolean {
  if (type !== 'aws_vpn_connection' || actions.join() !== 'update') return false;
  const tunnel = ['tunnel1', 'tunnel2'].find((name) => before[`${name}_inside_cidr`] === insideCidr);
  return changed.every((name) => name === `${tunnel}_preshared_key` || FOLLOWS.includes(name));
}
