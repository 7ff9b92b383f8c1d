import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import { erroredState } from '../../terraform/errored-state';
import type { ResourceChange } from '../../terraform/messages';
import { driftOf, driftWords } from '../../terraform/plan/drift';
import { discardPlan, PLAN_FILE, type PlanRecord, recordPlan } from '../../terraform/plan/saved-plan';
import { type ScrubbedPlan, scrubPlan } from '../../terraform/plan/scrub';
import { countsOf, PlanMessages, type StackPlan } from '../../terraform/plan/stack-plan';
import type { PlanOptions } from '../../terraform/terraform';
import { driverOf } from '../kinds/registry';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';

/**
 * Plans one stack that is initialised, and saves the plan with its record.
 *
 * @throws TerraformError; {@link Failure} beside a state that could not be saved, and for a plan that would destroy
 * secrets which the catalog needs
 */
export async function planStack(
  session: Session,
  loaded: Loaded,
  stack: Stack,
  options: PlanOptions,
): Promise<PlanRecord> {
  const folder = stackFolder(session.folders, stack.id);
  const unsaved = erroredState(stack.id, folder);
  if (unsaved !== undefined) throw new Failure(unsaved);
  discardPlan(folder);
  const messages = new PlanMessages();
  await session.terraform.plan(folder, PLAN_FILE, options, (message) => messages.add(message));
  if (!existsSync(path.join(folder, PLAN_FILE)))
    throw new Failure(
      `${stack.id}: terraform plan ended well but wrote no plan: is ${session.terraform.binary.file} a Terraform?`,
    );
  try {
    const { resources } = messages;
    driverOf(stack).refuseLoss?.({ session, stack, loaded, resources, destroy: options.destroy });
  } catch (error) {
    discardPlan(folder);
    throw error;
  }
  const details = messages.isComplete(driverOf(stack).mainType)
    ? undefined
    : await planDetails(session, folder);
  const taken = options.destroy
    ? []
    : await lookBefore(session, loaded, stack, messages.resources, details).catch((error: unknown) => {
        discardPlan(folder);
        throw error;
      });
  const plan = summarize(loaded, stack, messages, details, taken);
  return recordPlan(folder, session.circumstances, options.destroy, plan);
}

/**
 * Looks at what a plan creates, before it is written; see the kinds.
 *
 * @returns sentences for the plan
 * @throws {@link Failure} where it must not be written
 */
export async function lookBefore(
  session: Session,
  loaded: Loaded,
  stack: Stack,
  resources: readonly ResourceChange[],
  details: ScrubbedPlan | undefined,
): Promise<readonly string[]> {
  const look = driverOf(stack).lookBefore;
  if (look === undefined || !resources.some(({ action }) => /^(create|replace)$/.test(action))) return [];
  const changes = async () =>
    (details ?? (await planDetails(session, stackFolder(session.folders, stack.id)))).changes;
  return look({ session, stack, loaded, changes });
}

async function planDetails(session: Session, folder: string): Promise<ScrubbedPlan> {
  const { masks } = session.report.log;
  return scrubPlan(await session.terraform.show(folder, path.join(folder, PLAN_FILE)), (secret) =>
    masks.add(secret),
  );
}

function summarize(
  loaded: Loaded,
  stack: Stack,
  { resources, outputs }: PlanMessages,
  details: ScrubbedPlan | undefined,
  taken: readonly string[],
): StackPlan {
  const { sentences, telemetry } = driverOf(stack);
  const drift = details === undefined ? [] : driftOf(details, telemetry);
  const planned = { stack, loaded, resources, ...(details === undefined ? {} : { details }) };
  const words = resources.length === 0 ? outputWords(outputs) : sentences(planned);
  return {
    stack: stack.id,
    counts: countsOf(resources),
    resources,
    outputs,
    drift,
    sentences: [...words, ...taken, ...driftWords(drift)],
  };
}

function outputWords(outputs: readonly string[]): readonly string[] {
  return outputs.length === 0
    ? []
    : [`nothing is built; what is noted about it changes: ${outputs.join(', ')}`];
}
