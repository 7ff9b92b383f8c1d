import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import { changeWords } from '../aws/plan/change-sentences';
import { weighedEffects } from '../aws/plan/outcome-words';
import { destroyEffect, WAYS_TO_THE_SITE } from '../aws/plan/vpc-effects';
import type { Planned } from '../kind';
import { networkWords } from './creation-sentences';

/** What a plan means for a network, as sentences. */
export function planSentences({
  stack,
  loaded,
  resources,
  details,
}: Planned<'aws-network'>): readonly PlanEffect[] {
  if (details !== undefined) return changeWords(details, loaded);
  const { kinds, site } = loaded.catalog;
  const network = kinds['aws-network']?.networks.find(({ key }) => key === stack.network);
  const creates = resources.some(({ action }) => action === 'create');
  if (creates && network !== undefined) return weighed('created', networkWords(network, site));
  const hasVpn = resources.some(({ resourceType }) => WAYS_TO_THE_SITE.includes(resourceType));
  return weighedEffects([destroyEffect(network?.vpcCidr.toString(), hasVpn)]);
}
