import type { Stack } from '../../../catalog/kinds/registry';
import { Journal } from '../../../terraform/journal';
import { driverOf } from '../../kinds/registry';
import { stackFolder } from '../../session/folders';
import { removeImportBlocks } from '../adopt/import-blocks';
import { makePlan, type PlanStackOptions } from '../make-plan';
import type { PlanningRun } from '../plan-variables';
import { type FoundLeft, LeftSearch } from './left-search';
import { takeIntoState } from './take-into-state';

/**
 * Plans a stack. Where its last apply was killed or failed, what that made and no state has is imported by the plan.
 *
 * @throws TerraformError; Failure for what must not be adopted
 */
export async function planWithLeft(
  run: PlanningRun,
  stack: Stack,
  options: PlanStackOptions,
): Promise<FoundLeft> {
  const { folders } = run.session;
  const folder = stackFolder(folders, stack.id);
  // Those of a killed run: their objects may be gone.
  removeImportBlocks(folder);
  const left = new Journal(folders.journal).unsuccessful(stack.id);
  if (left === undefined || stack.gone || driverOf(stack).left === undefined)
    return { ...(await makePlan(run, stack, options)), adopted: [], foreign: [] };
  try {
    const found = await new LeftSearch(run, stack, { ...options, destroy: false }, left).plan();
    if (!options.destroy) return found;
    await takeIntoState(run, stack, found.adopted);
    return { ...(await makePlan(run, stack, options)), adopted: found.adopted, foreign: [] };
  } finally {
    // The plan file has them in it.
    removeImportBlocks(folder);
  }
}
