import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import { erroredState } from '../../terraform/errored-state';
import { driftOf, driftWords } from '../../terraform/plan/drift';
import { discardPlan, PLAN_FILE, type PlanRecord, recordPlan } from '../../terraform/plan/saved-plan';
import { type ScrubbedPlan, scrubPlan } from '../../terraform/plan/scrub';
import { countsOf, PlanMessages, type StackPlan } from '../../terraform/plan/stack-plan';
import type { PlanOptions } from '../../terraform/terraform';
import { plainOutputs } from '../kinds/plain-sentences';
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
  if (!options.destroy) {
    try {
      driverOf(stack).refuseLoss?.(loaded.catalog, messages.resources);
    } catch (error) {
      discardPlan(folder);
      throw error;
    }
  }
  const details = messages.isComplete(driverOf(stack).mainType) ? undefined : await look(session, folder);
  const plan = summarize(loaded, stack, messages, details);
  return recordPlan(folder, session.circumstances, options.destroy, plan);
}

async function look(session: Session, folder: string): Promise<ScrubbedPlan> {
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
): StackPlan {
  const { sentences, telemetry, outputSentences = plainOutputs } = driverOf(stack);
  const drift = details === undefined ? [] : driftOf(details, telemetry);
  const planned = { stack, loaded, resources, ...(details === undefined ? {} : { details }) };
  const ofOutputs = { names: outputs, values: details?.outputValues ?? {} };
  const words = resources.length === 0 ? outputSentences(ofOutputs) : sentences(planned);
  return {
    stack: stack.id,
    counts: countsOf(resources),
    resources,
    outputs,
    drift,
    sentences: [...words, ...driftWords(drift)],
  };
}
