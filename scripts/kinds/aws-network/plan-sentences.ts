import type { Planned } from '../kind';
import { networkWords } from './creation-sentences';
import { changeWords } from './plan/change-sentences';
import { sentencesOf } from './plan/outcome-words';
import { destroyEffect } from './plan/vpc-effects';

/** What a plan means for a network, as sentences. */
export function planSentences({
  stack,
  loaded,
  resources,
  details,
}: Planned<'aws-network'>): readonly string[] {
  if (details !== undefined) return changeWords(details, loaded);
  const { kinds, site } = loaded.catalog;
  const network = kinds['aws-network']?.networks.find(({ key }) => key === stack.network);
  const creates = resources.some(({ action }) => action === 'create');
  if (creates && network !== undefined) return networkWords(network, site);
  const hasVpn = resources.some(({ resourceType }) => resourceType === 'aws_vpn_connection');
  return sentencesOf([destroyEffect(network?.vpcCidr.toString(), hasVpn)]);
}
