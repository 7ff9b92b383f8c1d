import type { Cidr } from '../../../model/net/cidr';
import type { Planned } from '../kind';
import { networkWords } from './creation-sentences';
import { changeWords } from './plan/change-sentences';

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
  return [destroyWords(network?.vpcCidr, hasVpn)];
}

function destroyWords(cidr: Cidr | undefined, hasVpn: boolean): string {
  const vpc = cidr === undefined ? 'the VPC' : `VPC ${cidr}`;
  return `${vpc} is DESTROYED, with all that is in it${hasVpn ? '; its VPN goes down' : ''}`;
}
