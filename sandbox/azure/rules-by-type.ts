import { natGatewayAddress, subnetNatGateway, subnetRouteTable, subnetSecurityGroup } from './associations';
import { connection } from './connections';
import { gatewayNatRule } from './gateway-nat-rules';
import { localNetworkGateway } from './local-network-gateways';
import { flowLog, networkWatcher } from './network-watchers';
import { natGateway, publicAddress } from './public-addresses';
import { resourceGroup } from './resource-groups';
import { route, routeTable } from './route-tables';
import type { Rules } from './rules';
import { securityGroup, securityRule } from './security-groups';
import { subnet } from './subnets';
import type { AzureManagedType } from './types';
import { virtualNetworkGateway } from './virtual-network-gateways';
import { virtualNetwork } from './virtual-networks';

/** The rules of every resource type that the sandbox simulates. */
const RULES: Readonly<Record<AzureManagedType, Rules>> = {
  azurerm_local_network_gateway: localNetworkGateway,
  azurerm_nat_gateway: natGateway,
  azurerm_nat_gateway_public_ip_association: natGatewayAddress,
  azurerm_network_security_group: securityGroup,
  azurerm_network_security_rule: securityRule,
  azurerm_network_watcher: networkWatcher,
  azurerm_network_watcher_flow_log: flowLog,
  azurerm_public_ip: publicAddress,
  azurerm_resource_group: resourceGroup,
  azurerm_route: route,
  azurerm_route_table: routeTable,
  azurerm_subnet: subnet,
  azurerm_subnet_nat_gateway_association: subnetNatGateway,
  azurerm_subnet_network_security_group_association: subnetSecurityGroup,
  azurerm_subnet_route_table_association: subnetRouteTable,
  azurerm_virtual_network: virtualNetwork,
  azurerm_virtual_network_gateway: virtualNetworkGateway,
  azurerm_virtual_network_gateway_connection: connection,
  azurerm_virtual_network_gateway_nat_rule: gatewayNatRule,
};

export function rulesOf(type: string): Rules | undefined {
  return (RULES as Readonly<Record<string, Rules>>)[type];
}
