import type { Stack } from '../../../catalog/kinds/registry';
import type { AdoptedObject } from '../../../terraform/plan/stack-plan';
import { stackFolder } from '../../session/folders';
import { removeImportBlocks } from '../adopt/import-blocks';
import { type PlanningRun, variablesOfPlan } from '../plan-variables';

/** Imports objects into a stack's state at once, because a plan that destroys takes no import blocks. @throws TerraformError */
export async function takeIntoState(
  run: PlanningRun,
  stack: Stack,
  adopted: readonly AdoptedObject[],
): Promise<void> {
  const imported = adopted.filter(({ how }) => how === 'import');
  if (imported.length === 0) return;
  const { session } = run;
  const folder = stackFolder(session.folders, stack.id);
  removeImportBlocks(folder);
  const env = await variablesOfPlan(run, stack, { destroy: false });
  for (const { address, id } of imported) await session.terraform.import(folder, address, id, env);
}
