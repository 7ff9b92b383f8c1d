/** The version of hashicorp/azurerm whose schema and recorded behaviour lie in `sandbox/schemas/`. */
export const AZURE_PROVIDER_VERSION = '4.55.0';

/** Resource types that the sandbox simulates. `tools/renew-schema.ts` keeps these and drops the other 1100. */
export const AZURE_MANAGED_TYPES = [
  'azurerm_local_network_gateway',
  'azurerm_nat_gateway',
  'azurerm_nat_gateway_public_ip_association',
  'azurerm_network_security_group',
  'azurerm_network_security_rule',
  'azurerm_network_watcher',
  'azurerm_network_watcher_flow_log',
  'azurerm_public_ip',
  'azurerm_resource_group',
  'azurerm_route',
  'azurerm_route_table',
  'azurerm_subnet',
  'azurerm_subnet_nat_gateway_association',
  'azurerm_subnet_network_security_group_association',
  'azurerm_subnet_route_table_association',
  'azurerm_virtual_network',
  'azurerm_virtual_network_gateway',
  'azurerm_virtual_network_gateway_connection',
  'azurerm_virtual_network_gateway_nat_rule',
] as const;

export type AzureManagedType = (typeof AZURE_MANAGED_TYPES)[number];

/** Data sources that the sandbox simulates. */
export const AZURE_DATA_TYPES = [
  'azurerm_client_config',
  'azurerm_local_network_gateway',
  'azurerm_location',
  'azurerm_nat_gateway',
  'azurerm_network_security_group',
  'azurerm_network_watcher',
  'azurerm_public_ip',
  'azurerm_public_ips',
  'azurerm_resource_group',
  'azurerm_route_table',
  'azurerm_subnet',
  'azurerm_subscription',
  'azurerm_virtual_network',
  'azurerm_virtual_network_gateway',
  'azurerm_virtual_network_gateway_connection',
] as const;

export type AzureDataType = (typeof AZURE_DATA_TYPES)[number];
