import type { Loaded } from '../../../../catalog/environment/catalog';
import { PlannedGraph } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedPlan } from '../../../../terraform/plan/scrub';
import { plainSentences } from '../../plain-sentences';
import { internetEffects } from './internet-effects';
import { sentencesOf } from './outcome-words';
import { PlannedNetwork } from './planned-network';
import { quietEffects } from './quiet-effects';
import { ruleEffects } from './rule-effects';
import { siteRouteEffects } from './site-route-effects';
import { subnetEffects } from './subnet-effects';
import { tunnelEffects } from './tunnel-effects';
import { vpcEffects } from './vpc-effects';

/** What a change of an existing network means, judged over the whole plan, the most hurtful first. */
export function changeWords(
  plan: Pick<ScrubbedPlan, 'changes' | 'unchanged' | 'references'>,
  loaded: Pick<Loaded, 'sharers'>,
): readonly string[] {
  const network = new PlannedNetwork(new PlannedGraph(plan));
  const changes = plan.changes.filter(({ actions }) => actions.join() !== 'read');
  const parts = [
    vpcEffects(network),
    tunnelEffects(network, loaded),
    siteRouteEffects(network),
    internetEffects(network),
    subnetEffects(network),
    ruleEffects(network),
    quietEffects(network, changes),
  ];
  const rest = changes.filter((change) => !parts.some(({ covers }) => covers(change)));
  return [
    ...sentencesOf(parts.flatMap(({ effects }) => effects)),
    ...plainSentences(rest, (address) => address.replace(/^aws_/, '')),
  ];
}
