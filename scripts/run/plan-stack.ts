import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import { readSiteOutput, siteDifferences } from '../../model/gateway/site-output';
import { ValueError } from '../../model/value-error';
import { NO_PLAN, normalPlan } from '../../review/record/normal/normalize';
import { masked } from '../../review/record/shape/masked';
import { EFFECTS, VALUES } from '../../review/record/shape/plan-shape';
import { erroredState } from '../../terraform/errored-state';
import type { ResourceChange } from '../../terraform/messages';
import { driftOf, driftWords } from '../../terraform/plan/drift';
import { type PlanEffect, weighed } from '../../terraform/plan/effect';
import { resourceValues } from '../../terraform/plan/resource-values';
import { discardPlan, PLAN_FILE, type PlanRecord, recordPlan } from '../../terraform/plan/saved-plan';
import type { ScrubbedPlan } from '../../terraform/plan/scrub';
import {
  type AdoptedObject,
  countsOf,
  type Drift,
  type PlanMessages,
  type StackPlan,
} from '../../terraform/plan/stack-plan';
import { plainOutputs } from '../kinds/plain-sentences';
import { driverOf } from '../kinds/registry';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';
import { plannedResources } from './judge-run';
import type { PlanStackOptions } from './make-plan';
import { groupWords } from './nodes/group-words';
import { refuseInhabited } from './nodes/refuse-inhabited';
import { planDetails } from './plan-details';
import type { PlanningRun } from './plan-variables';
import { borneBefore } from './recover/borne-before';
import { planWithLeft } from './recover/plan-with-left';
import { adoptedSentences } from './recover/words';

/**
 * Plans one stack that is initialised, and saves the plan with its record.
 *
 * @throws TerraformError; {@link Failure} beside a state that could not be saved, and for a plan that would destroy
 * secrets which the catalog needs
 */
export async function planStack(
  run: PlanningRun,
  stack: Stack,
  options: PlanStackOptions,
): Promise<PlanRecord> {
  const { session, loaded } = run;
  const folder = stackFolder(session.folders, stack.id);
  const unsaved = erroredState(stack.id, folder);
  if (unsaved !== undefined) throw new Failure(unsaved);
  discardPlan(folder);
  const { messages, ended, adopted, foreign } = await planWithLeft(run, stack, options);
  if (!existsSync(path.join(folder, PLAN_FILE)))
    throw new Failure(
      `${stack.id}: terraform plan ended well but wrote no plan: is ${session.terraform.binary.file} a Terraform?`,
    );
  try {
    const { resources } = messages;
    driverOf(stack).refuseLoss?.({ session, stack, loaded, resources, destroy: options.destroy });
    if (!options.destroy) refuseInhabited(session, loaded, stack, resources);
  } catch (error) {
    discardPlan(folder);
    throw error;
  }
  const changes = messages.resources.length > 0 || messages.outputs.length > 0;
  const details = changes ? await planDetails(session, folder) : undefined;
  const taken = options.destroy
    ? []
    : await lookBefore(session, loaded, stack, messages.resources, details).catch((error: unknown) => {
        discardPlan(folder);
        throw error;
      });
  if (details !== undefined) run.judged?.set(stack.id, plannedResources(details));
  run.normal?.set(stack.id, details === undefined ? NO_PLAN : normalPlan(details));
  const before = options.destroy ? undefined : await borneBefore(session, stack, details);
  const summary = summarize(loaded, stack, messages, details, { ended, taken, adopted, foreign });
  const { masks } = session.report.log;
  const plan = {
    ...summary,
    effects: masked(EFFECTS, summary.effects, masks),
    values: masked(VALUES, summary.values, masks),
    ...(before === undefined ? {} : { before }),
  };
  const isProvisional = !options.writesState && adopted.some(({ how }) => how === 'state');
  return recordPlan(folder, session.circumstances, { ...options, isProvisional }, plan);
}

/**
 * Looks at what a plan creates, before it is written; see the kinds.
 *
 * @returns what else the plan does
 * @throws {@link Failure} where it must not be written
 */
export async function lookBefore(
  session: Session,
  loaded: Loaded,
  stack: Stack,
  resources: readonly ResourceChange[],
  details: ScrubbedPlan | undefined,
): Promise<readonly PlanEffect[]> {
  const look = driverOf(stack).lookBefore;
  if (look === undefined || !resources.some(({ action }) => /^(create|replace)$/.test(action))) return [];
  const changes = async () =>
    (details ?? (await planDetails(session, stackFolder(session.folders, stack.id)))).changes;
  return look({ session, stack, loaded, changes });
}

/** What is found beside the plan. */
interface Beside {
  readonly ended: readonly string[];
  readonly taken: readonly PlanEffect[];
  readonly adopted: readonly AdoptedObject[];
  /** Sentences about what is not adopted. */
  readonly foreign: readonly string[];
}

function summarize(
  loaded: Loaded,
  stack: Stack,
  messages: PlanMessages,
  details: ScrubbedPlan | undefined,
  { ended, taken, adopted, foreign }: Beside,
): StackPlan {
  const { resources, outputs } = messages;
  const driver = driverOf(stack);
  const { effects, telemetry, mainType, valueWords, outputEffects = plainOutputs, parallelism } = driver;
  // A whole stack that is created or destroyed is described from the catalog.
  const told = messages.isComplete(mainType) ? undefined : details;
  const drift = told === undefined ? [] : withoutEnded(driftOf(told, telemetry), stack, resources);
  const nodes = { stack, loaded, resources, outputs: details?.outputValues ?? {}, ended };
  const planned = { stack, loaded, resources, ...(told === undefined ? {} : { details: told }) };
  const site = siteWords(details, resources.length > 0 ? TOLD_BY_RESOURCES : []);
  const names = outputs.filter((name) => name !== 'site' || site.length === 0);
  const ofOutputs = { names, values: details?.outputValues ?? {} };
  const words = resources.length === 0 ? outputEffects(ofOutputs) : effects(planned);
  return {
    stack: stack.id,
    counts: countsOf(resources),
    resources,
    outputs,
    drift,
    effects: [
      ...weighed('changed', adoptedSentences(adopted), adopted),
      ...weighed('changed', foreign),
      ...words,
      ...weighed('changed', groupWords(nodes)),
      ...site.flatMap((text) => weighed(isOtherDaemon(text) ? 'outage' : 'changed', [text])),
      ...taken,
      ...weighed('changed', driftWords(drift), drift),
    ],
    values: resourceValues(details?.changes ?? [], valueWords),
    outputValues: details?.outputValues ?? {},
    ...(adopted.length === 0 ? {} : { adopted }),
    ...(parallelism === undefined ? {} : { parallelism }),
  };
}

/** A node that is gone and is not made anew has ended, as it was meant to. */
function withoutEnded(
  drift: readonly Drift[],
  stack: Stack,
  resources: readonly ResourceChange[],
): readonly Drift[] {
  const type = driverOf(stack).nodes?.type;
  const remade = new Set(resources.map(({ address }) => address));
  return drift.filter((one) => one.type !== type || one.attributes.length > 0 || remade.has(one.address));
}

/** Whether the gateway host gets another daemon: no tunnel is up before it runs. */
function isOtherDaemon(text: string): boolean {
  return /\bgateway \S+ \d+ → /.test(text);
}

/** Facts of the site that resources of the cloud have too, so that their sentences tell a change. */
const TOLD_BY_RESOURCES = ['public_ip', 'asn'];

/** What changes at the site's end of a stack that has one already. */
function siteWords(details: ScrubbedPlan | undefined, told: readonly string[]): readonly string[] {
  const { before, after } = details?.outputValues.site ?? {};
  try {
    const [now, then] = [readSiteOutput(before), readSiteOutput(after)];
    const differing = now.flatMap((end) => {
      const { name } = end.site.gateway;
      const same = then.find(({ site }) => site.gateway.name === name);
      const found = same === undefined ? [] : siteDifferences(end, same, told);
      return name === undefined ? found : found.map((text) => `${name} ${text}`);
    });
    return differing.length === 0 ? [] : [`the site's end changes: ${differing.join('; ')}`];
  } catch (error) {
    // Of a damaged output the comparison of both ends says so.
    if (error instanceof ValueError) return [];
    throw error;
  }
}
