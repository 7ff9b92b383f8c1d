import type { PlanEffect } from '../../../../terraform/plan/effect';
import { PlannedGraph } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedPlan } from '../../../../terraform/plan/scrub';
import { plainEffects } from '../../plain-sentences';
import { connectionEffects } from './connection-effects';
import { tagEffects, weighedEffects } from './effects';
import { gatewayEffects } from './gateway-effects';
import { internetEffects, routeEffects, subnetEffects, virtualNetworkEffects } from './network-effects';
import { ruleEffects } from './rule-effects';

/** What a change of an existing network means, judged over the whole plan, the most hurtful first. */
export function changeWords(
  plan: Pick<ScrubbedPlan, 'changes' | 'unchanged' | 'references'>,
): readonly PlanEffect[] {
  const graph = new PlannedGraph(plan);
  const changes = plan.changes.filter(({ actions }) => actions.join() !== 'read');
  const network = virtualNetworkEffects(graph);
  if (network.effects.some(({ harm }) => harm === 'network destroyed' || harm === 'network replaced'))
    return weighedEffects(network.effects);
  const parts = [
    tagEffects(changes),
    network,
    gatewayEffects(graph),
    connectionEffects(graph),
    internetEffects(graph),
    routeEffects(graph),
    subnetEffects(graph),
    ruleEffects(graph),
  ];
  const rest = changes.filter((change) => !parts.some(({ covers }) => covers(change)));
  return [...weighedEffects(parts.flatMap(({ effects }) => effects)), ...plainEffects(rest)];
}
