import { complete } from '../../../catalog/ground/complete';
import type { AzureNetwork } from '../../../catalog/kinds/azure-network/network';
import type { SceneLink, ScenePart } from '../../../draw/scene';
import { AZURE_VPN } from '../../../model/clouds/azure/azure-vpn';
import { tunnelAddresses } from '../../../model/clouds/azure/inside-addresses';
import { policyProposals } from '../../../model/clouds/azure/ipsec-policy';
import { type Drawn, entryId, type KindScene, partsOf, routingLines, tunnelLinks } from '../scene';

/** What a picture shows of a virtual network. */
export function azureNetworkScene(
  drawn: Drawn,
  stack: { readonly id: string; readonly network?: string },
): KindScene {
  const { catalog } = drawn.loaded;
  const network = catalog.kinds['azure-network']?.networks.find(({ key }) => key === stack.network);
  if (network === undefined) return { parts: [], links: [] };
  const { environment } = catalog;
  const id = `${environment}/${network.key}`;
  const part = partsOf(environment, stack.id);
  const { vnetCidrs, shownLocation, resourceGroup, egress, nat, subnets } = network;
  return {
    parts: [
      part(id, 'network', `VNet ${vnetCidrs.join(', ')}`, {
        lines: [`${network.key} · ${shownLocation}`, `resource group ${resourceGroup.name}`],
        resources: ['azurerm_virtual_network.*', 'azurerm_resource_group.*'],
      }),
      ...vpnParts(drawn, network, id, part),
      ...(egress === 'none'
        ? []
        : [
            part(`${id}/nat`, 'service', 'NAT gateway', {
              lines: nat.zone === undefined ? [] : [`zone ${nat.zone}`],
              within: id,
              resources: ['azurerm_nat_gateway.*', 'azurerm_public_ip.Network_NatAddress'],
            }),
          ]),
      ...(network.flowLogsStorageAccountId === undefined
        ? []
        : [
            part(`${id}/flow-logs`, 'service', 'Flow logs', {
              within: id,
              resources: ['azurerm_network_watcher_flow_log.*'],
            }),
          ]),
      ...subnets.map(({ entry, born, cidr, zone }) =>
        part(entryId(environment, `azure/${entry}`), 'subnet', `Subnet ${cidr}`, {
          lines: [`${entry} · ${zone === undefined ? 'all zones' : `zone ${zone}`} · nodes`],
          within: id,
          resources: [`azurerm_subnet.Network_Nodes-${born}`],
        }),
      ),
    ],
    links: links(drawn, network, stack.id, id),
  };
}

function vpnParts(
  { loaded }: Drawn,
  network: AzureNetwork,
  id: string,
  part: ReturnType<typeof partsOf>,
): readonly ScenePart[] {
  const { vpn, gatewaySubnet } = network;
  if (vpn === undefined) return [];
  const { sku, activeActive } = vpn;
  return [
    part(`${id}/gateway-subnet`, 'subnet', `GatewaySubnet ${gatewaySubnet ?? ''}`, {
      within: id,
      resources: ['azurerm_subnet.Vpn_GatewaySubnet'],
    }),
    part(`${id}/vpn`, 'service', `VPN gateway ${sku}`, {
      lines: [...routingLines(network, loaded), activeActive ? 'active-active' : 'active-standby'],
      within: `${id}/gateway-subnet`,
      resources: [
        'azurerm_virtual_network_gateway.*',
        'azurerm_public_ip.Vpn_*',
        'azurerm_virtual_network_gateway_nat_rule.*',
      ],
    }),
  ];
}

function links(drawn: Drawn, network: AzureNetwork, stack: string, id: string): readonly SceneLink[] {
  const { vpn } = network;
  if (vpn === undefined) return [];
  const instances = vpn.activeActive ? 2 : 1;
  return tunnelLinks(drawn, {
    network,
    stack,
    to: `${id}/vpn`,
    cloud: AZURE_VPN,
    count: instances,
    inside: (tunnel) =>
      complete(
        tunnelAddresses(AZURE_VPN.insideCidrOf(tunnel), instances).find(({ key }) => key.equals(tunnel)),
      ),
    esp: () => policyProposals(vpn.policy).esp,
    resources: ({ name }) => {
      const scope = name === undefined ? 'Connection' : `Connection-${name}`;
      return [
        `azurerm_virtual_network_gateway_connection.${scope}_*`,
        `azurerm_local_network_gateway.${scope}_*`,
      ];
    },
  });
}
