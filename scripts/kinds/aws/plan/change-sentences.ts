import type { Loaded } from '../../../../catalog/environment/catalog';
import type { PlanEffect } from '../../../../terraform/plan/effect';
import { PlannedGraph } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange, ScrubbedPlan } from '../../../../terraform/plan/scrub';
import { plainEffects } from '../../plain-sentences';
import { attachmentEffects } from './attachment-effects';
import { endpointEffects } from './endpoint-effects';
import { forwardingEffects } from './forwarding-effects';
import { internetEffects } from './internet-effects';
import { type Effect, weighedEffects } from './outcome-words';
import { PlannedNetwork } from './planned-network';
import { quietEffects } from './quiet-effects';
import { ruleEffects } from './rule-effects';
import { siteRouteEffects } from './site-route-effects';
import { subnetEffects } from './subnet-effects';
import { transitEffects } from './transit-effects';
import { tunnelEffects } from './tunnel-effects';
import { vpcEffects } from './vpc-effects';

type Planned = Pick<ScrubbedPlan, 'changes' | 'unchanged' | 'references'>;

/** What a change of an existing network means, judged over the whole plan, the most hurtful first. */
export function changeWords(plan: Planned, loaded: Pick<Loaded, 'sharers'>): readonly PlanEffect[] {
  const { effects, rest } = changeEffects(plan, loaded);
  return [...weighedEffects(effects), ...plainEffects(rest)];
}

/** The changes of a plan by the table of traffic, and those that it does not know. */
export function changeEffects(
  plan: Planned,
  loaded: Pick<Loaded, 'sharers'>,
): { readonly effects: readonly Effect[]; readonly rest: readonly ScrubbedChange[] } {
  const network = new PlannedNetwork(new PlannedGraph(plan));
  const changes = plan.changes.filter(({ actions }) => actions.join() !== 'read');
  const vpc = vpcEffects(network);
  if (vpc.effects.some(({ change }) => change === 'VPC destroyed')) return { effects: vpc.effects, rest: [] };
  const transit = transitEffects(network);
  if (transit.effects.some(({ change }) => change === 'hub destroyed'))
    return { effects: transit.effects, rest: [] };
  const internet = internetEffects(network);
  const parts = [
    vpc,
    transit,
    attachmentEffects(network),
    tunnelEffects(network, loaded),
    siteRouteEffects(network),
    internet,
    subnetEffects(
      network,
      internet.effects.flatMap(({ told = [] }) => told),
    ),
    ruleEffects(network),
    endpointEffects(network),
    forwardingEffects(network),
    quietEffects(network, changes),
  ];
  return {
    effects: parts.flatMap(({ effects }) => effects),
    rest: changes.filter((change) => !parts.some(({ covers }) => covers(change))),
  };
}
