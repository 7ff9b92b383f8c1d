import { PlannedGraph } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedPlan } from '../../../../terraform/plan/scrub';
import { plainSentences } from '../../plain-sentences';
import { connectionEffects } from './connection-effects';
import { sentencesOf, tagEffects } from './effects';
import { gatewayEffects } from './gateway-effects';
import { internetEffects, routeEffects, subnetEffects, virtualNetworkEffects } from './network-effects';
import { ruleEffects } from './rule-effects';

/** What a change of an existing network means, judged over the whole plan, the most hurtful first. */
export function changeWords(
  plan: Pick<ScrubbedPlan, 'changes' | 'unchanged' | 'references'>,
): readonly string[] {
  const graph = new PlannedGraph(plan);
  const changes = plan.changes.filter(({ actions }) => actions.join() !== 'read');
  const network = virtualNetworkEffects(graph);
  if (network.effects.some(({ harm }) => harm === 'network destroyed' || harm === 'network replaced'))
    return sentencesOf(network.effects);
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
  return [...sentencesOf(parts.flatMap(({ effects }) => effects)), ...plainSentences(rest)];
}
