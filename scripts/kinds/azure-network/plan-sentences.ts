import { counted } from '../../../base/text/counted';
import type { AzureNetwork } from '../../../catalog/kinds/azure-network/network';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import type { ChangedOutputs, Planned } from '../kind';
import { plainOutputs } from '../plain-sentences';
import { changeWords } from './plan/change-sentences';
import { GATEWAY_TIME, weighedEffects } from './plan/effects';
import { destroyEffects } from './plan/network-effects';

/** What a plan means for a network, as sentences. */
export function planSentences({
  stack,
  loaded,
  resources,
  details,
}: Planned<'azure-network'>): readonly PlanEffect[] {
  if (details !== undefined) return changeWords(details);
  const network = loaded.catalog.kinds['azure-network']?.networks.find(({ key }) => key === stack.network);
  const creates = resources.some(({ action }) => action === 'create');
  if (creates && network !== undefined) return weighed('created', networkWords(network));
  return weighedEffects(destroyEffects({ address_space: network?.vnetCidrs.map(String) ?? [] }));
}

/** What outputs mean that change while no resource does. */
export function outputEffects({ names }: ChangedOutputs): readonly PlanEffect[] {
  const rest = names.filter((name) => name !== 'catalog');
  return [
    ...weighed(
      'quiet',
      names.includes('catalog') ? ['the catalog entries change; no traffic is affected'] : [],
    ),
    ...plainOutputs({ names: rest }),
  ];
}

/** What a network is, in three sentences: the virtual network, its gateway, and its VPN. */
export function networkWords(network: AzureNetwork): readonly string[] {
  const { vnetCidrs, location, subnets, egress, vpn } = network;
  const net = [
    `virtual network ${vnetCidrs.map(String).join(', ')} in ${location}`,
    `${counted(subnets.length, 'subnet')} of nodes`,
    egress === 'nat' ? 'NAT' : 'no Internet access',
  ].join(', ');
  if (vpn === undefined) return [net, 'no VPN'];
  const instances = vpn.activeActive ? 2 : 1;
  const sites = vpn.connections.map(({ gateway }) => gateway.publicIp).join(' and ');
  const { ikeEncryption, dhGroup } = vpn.policy;
  const routes =
    vpn.routing === 'bgp'
      ? `BGP with ${vpn.cloudAsn}`
      : `static routes to ${vpn.remoteNetworks.map(String).join(', ')}`;
  const tunnels = counted(instances * vpn.connections.length, 'tunnel');
  return [
    net,
    `VPN gateway ${vpn.sku}, generation ${vpn.generation}${vpn.activeActive ? ', active-active' : ''}: making it usually takes ${GATEWAY_TIME}; do not interrupt it`,
    `VPN to ${sites}: ${tunnels}, IKEv2 ${ikeEncryption}/${dhGroup}, ${routes}`,
  ];
}
