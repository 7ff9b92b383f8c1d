import type { Stack } from '../../catalog/kinds/registry';
import { discardPlan, PLAN_FILE } from '../../terraform/plan/saved-plan';
import { PlanMessages } from '../../terraform/plan/stack-plan';
import { driverOf } from '../kinds/registry';
import { stackFolder } from '../session/folders';
import { ENDED_VARIABLE, endedNodes, newlyEnded } from './nodes/ended';
import { type PlanningRun, type PlanVariableOptions, variablesOfPlan } from './plan-variables';

export interface PlanStackOptions extends PlanVariableOptions {
  /** Addresses that are replaced whatever the configuration says. @default - none */
  readonly replace?: readonly string[];
  /** Fixed nodes that are to stay away, in place of those that ended by themselves. @default - those */
  readonly ended?: readonly string[];
  /** Whether objects that a killed apply left may be written into the state before the plan is shown. @default false */
  readonly writesState?: boolean;
  /** Shows no warnings of Terraform. @default false */
  readonly quiet?: boolean;
  /** The command that alone may apply the plan. @default - any apply may */
  readonly only?: string;
}

export interface MadePlan {
  readonly messages: PlanMessages;
  /** Fixed nodes that were found to have ended by themselves. */
  readonly ended: readonly string[];
}

/**
 * Plans one stack that is initialised, with its variables. Where a node is found to have ended by itself, it is planned once more, so that
 * the node is not made anew.
 *
 * @throws TerraformError
 */
export async function makePlan(run: PlanningRun, stack: Stack, options: PlanStackOptions): Promise<MadePlan> {
  const { session } = run;
  const folder = stackFolder(session.folders, stack.id);
  const own = await variablesOfPlan(run, stack, options);
  const known = options.ended ?? (await endedNodes(run, stack));
  const { parallelism } = driverOf(stack);
  const how = {
    destroy: options.destroy,
    ...(options.quiet === true ? { quiet: true } : {}),
    ...(options.replace === undefined ? {} : { replace: options.replace }),
    ...(parallelism === undefined ? {} : { parallelism }),
  };
  const plan = async (ended: readonly string[]) => {
    const messages = new PlanMessages();
    const env = { ...own, ...(ended.length === 0 ? {} : { [ENDED_VARIABLE]: JSON.stringify(ended) }) };
    await session.terraform.plan(folder, PLAN_FILE, { ...how, env }, (message) => messages.add(message));
    return messages;
  };
  const messages = await plan(known);
  const ended = options.destroy || options.ended !== undefined ? [] : newlyEnded(run, stack, messages);
  if (ended.length === 0) return { messages, ended };
  discardPlan(folder);
  return { messages: await plan([...known, ...ended]), ended };
}
