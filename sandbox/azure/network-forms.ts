import { form, type IdForm, type NamedSegment } from './id-form';

function network(kind: string, noun: string, ...parts: readonly NamedSegment[]): IdForm {
  return form('Microsoft.Network', kind, noun, ...parts);
}

const VNET = ['virtualNetworks', 'Virtual Network Name', 'virtualNetworkName'] as const;
const GATEWAY = [
  'virtualNetworkGateways',
  'Virtual Network Gateway Name',
  'virtualNetworkGatewayName',
] as const;
const NSG = ['networkSecurityGroups', 'Network Security Group Name', 'networkSecurityGroupName'] as const;
const ROUTE_TABLE = ['routeTables', 'Route Table Name', 'routeTableName'] as const;
const WATCHER = ['networkWatchers', 'Network Watcher Name', 'networkWatcherName'] as const;

/** The forms of ids of `Microsoft.Network`, by the resource type whose object has such an id. */
export const NETWORK_FORMS = {
  azurerm_virtual_network: network('VirtualNetwork', 'Virtual Network', VNET),
  azurerm_subnet: network(
    'Subnet',
    'Subnet',
    ['virtualNetworks', 'Virtual Network Name', 'virtualNetworksValue'],
    ['subnets', 'Subnet Name', 'subnetValue'],
  ),
  azurerm_network_security_group: network('NetworkSecurityGroup', 'Network Security Group', NSG),
  azurerm_network_security_rule: network('SecurityRule', 'Security Rule', NSG, [
    'securityRules',
    'Security Rule Name',
    'securityRuleName',
  ]),
  azurerm_route_table: network('RouteTable', 'Route Table', ROUTE_TABLE),
  azurerm_route: network('Route', 'Route', ROUTE_TABLE, ['routes', 'Route Name', 'routeName']),
  azurerm_public_ip: network('PublicIPAddress', 'Public I P Address', [
    'publicIPAddresses',
    'Public I P Addresses Name',
    'publicIPAddressesValue',
  ]),
  azurerm_nat_gateway: network('NatGateway', 'Nat Gateway', [
    'natGateways',
    'Nat Gateway Name',
    'natGatewayName',
  ]),
  azurerm_virtual_network_gateway: network('VirtualNetworkGateway', 'Virtual Network Gateway', GATEWAY),
  azurerm_virtual_network_gateway_nat_rule: network(
    'VirtualNetworkGatewayNatRule',
    'Virtual Network Gateway Nat Rule',
    GATEWAY,
    ['natRules', 'Nat Rule Name', 'natRuleName'],
  ),
  azurerm_local_network_gateway: network('LocalNetworkGateway', 'Local Network Gateway', [
    'localNetworkGateways',
    'Local Network Gateway Name',
    'localNetworkGatewayName',
  ]),
  azurerm_virtual_network_gateway_connection: network('Connection', 'Connection', [
    'connections',
    'Connection Name',
    'connectionName',
  ]),
  azurerm_network_watcher: network('NetworkWatcher', 'Network Watcher', WATCHER),
  azurerm_network_watcher_flow_log: network('FlowLog', 'Flow Log', WATCHER, [
    'flowLogs',
    'Flow Log Name',
    'flowLogName',
  ]),
} as const satisfies Readonly<Record<string, IdForm>>;
