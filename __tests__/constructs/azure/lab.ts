import type { Construct } from 'constructs';
import { Network, type NetworkProps } from '../../../constructs/azure/network';
import { ResourceGroup } from '../../../constructs/azure/resource-group';
import { VpnGateway, type VpnGatewayProps } from '../../../constructs/azure/vpn-gateway';

/** A network with one subnet for nodes, in a group that is there. */
export function networkIn(scope: Construct, props: Partial<NetworkProps> = {}): Network {
  return new Network(scope, 'Network', {
    resourceGroup: ResourceGroup.fromName(scope, 'Group', 'lab', 'japaneast'),
    name: 'lab',
    cidrs: ['172.21.0.0/16'],
    subnets: { default: { name: 'nodes', cidr: '172.21.1.0/24' } },
    ...props,
  });
}

/** A gateway with one instance and static routes. */
export function gatewayIn(scope: Construct, props: Partial<VpnGatewayProps> = {}): VpnGateway {
  return new VpnGateway(scope, 'Vpn', {
    network: props.network ?? networkIn(scope),
    name: 'lab-gateway',
    gatewaySubnet: '172.21.255.0/27',
    sku: 'VpnGw1AZ',
    generation: 1,
    zones: ['1', '2', '3'],
    activeActive: false,
    ...props,
  });
}
