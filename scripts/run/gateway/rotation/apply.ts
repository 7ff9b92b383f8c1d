import { shownPath } from '../../../../base/files';
import type { Stack } from '../../../../catalog/kinds/registry';
import type { CloudConnection } from '../../../../model/tunnel/description';
import { Journal } from '../../../../terraform/journal';
import type { PlanRecord } from '../../../../terraform/plan/saved-plan';
import { hasChanges } from '../../../../terraform/plan/stack-plan';
import { tunnelsOf } from '../../../kinds/registry';
import type { Session } from '../../../session/session';
import { applyWave } from '../../apply-wave';
import { Waves } from '../../waves';
import type { HostEnvironment } from '../neighbours';
import { planRotation } from './plan';
import type { RotatedTunnel } from './requirements';
import { pendingFile } from './rotations';

/** The tunnel that gets a new key. */
export interface AppliedKeyChange extends Pick<RotatedTunnel, 'insideCidr'> {
  /** Its connection, as the cloud's own commands name it. */
  readonly connection?: CloudConnection;
}

/**
 * Applies the plan with the new key. Where that fails, the cloud may have the key all the same: a second plan, which refreshes,
 * tells. Then it changes nothing but the state, and the rotation goes on.
 *
 * @returns whether the cloud has the key
 */
export async function applyRotation(
  own: HostEnvironment,
  stack: Stack,
  { insideCidr, connection }: AppliedKeyChange,
  key: string,
  record: PlanRecord,
): Promise<boolean> {
  const { session } = own;
  if (await applied(session, stack, record)) return true;
  const late = tunnelsOf(stack)?.lateKey;
  if (late === undefined || session.processes.interrupted) return false;
  session.report.say(`\nlook      whether ${late.cloud} has the new key all the same`);
  const second = await planRotation(own, stack, insideCidr, key);
  if (second.summary.resources.length > 0) {
    for (const line of late.fixes(shownPath(pendingFile(session.folders)), connection))
      session.report.say(line);
    return false;
  }
  session.report.say(`          ${late.cloud} has it: the rotation goes on`);
  return !hasChanges(second.summary) || (await applied(session, stack, second));
}

async function applied(session: Session, stack: Stack, record: PlanRecord): Promise<boolean> {
  const waves = new Waves([{ id: stack.id, requires: [] }]);
  await applyWave(session, waves, new Journal(session.folders.journal), [record], 'rotate');
  return waves.stateOf(stack.id).kind === 'settled';
}
