import { isUnapplied } from '../../session/outputs';
import { selectStacks } from '../../session/selection';
import type { PossibleLoss } from '../kind';
import { lostLogIns, lostMounts, renamedMounts } from './change-sentences';
import { refuseLostSecrets } from './lost-secrets';
import { refuseLossOfOthers } from './needs-of-others';

const TOGETHER = 'destroy the rest of the environment with it, or keep them elsewhere first';

/**
 * Refuses a plan of a Vault's stack that would destroy what this environment goes on to need, or another one of the folder
 * needs.
 *
 * @throws Failure that names each environment and each of its keys
 */
export function refuseLoss(loss: PossibleLoss<'vault'>): void {
  const { loaded, stack, resources } = loss;
  const mounts = lostMounts(resources, { renamedMounts: renamedMounts(loaded) });
  if (mounts.length > 0 && goesOn(loss))
    refuseLostSecrets(loaded.catalog, mounts, loss.destroy ? TOGETHER : undefined);
  refuseLossOfOthers(stack, loaded.neighbourNeeds, { mounts, logIns: lostLogIns(resources) });
}

/** Whether anything else of the environment remains: not where all of it is destroyed together. */
function goesOn({ session, loaded, destroy }: PossibleLoss<'vault'>): boolean {
  if (!destroy) return true;
  const chosen = selectStacks(loaded.stacks, session.settings.stacks);
  return loaded.stacks.some((stack) => !chosen.includes(stack) && !isUnapplied(session, stack));
}
