import { natGatewayAddress, subnetNatGateway, subnetRouteTable, subnetSecurityGroup } from './associations';
import { automationAccount, runbook } from './automation';
import { automationSchedule } from './automation-schedules';
import { autoscaleSetting } from './autoscale-settings';
import { connection } from './connections';
import { dataDiskAttachment } from './data-disk-attachments';
import { gatewayNatRule } from './gateway-nat-rules';
import { userAssignedIdentity } from './identities';
import { jobSchedule } from './job-schedules';
import { keyVault, keyVaultSecret } from './key-vaults';
import { localNetworkGateway } from './local-network-gateways';
import { managedDisk } from './managed-disks';
import { interfaceSecurityGroup, networkInterface } from './network-interfaces';
import { flowLog, networkWatcher } from './network-watchers';
import { placementGroup } from './placement-groups';
import { natGateway, publicAddress } from './public-addresses';
import { resourceGroup } from './resource-groups';
import { roleAssignment } from './role-assignments';
import { roleDefinition } from './role-definitions';
import { route, routeTable } from './route-tables';
import type { Rules } from './rules';
import { scaleSet } from './scale-sets';
import { securityGroup, securityRule } from './security-groups';
import { subnet } from './subnets';
import type { AzureManagedType } from './types';
import { virtualMachine } from './virtual-machines';
import { virtualNetworkGateway } from './virtual-network-gateways';
import { virtualNetwork } from './virtual-networks';

/** The rules of every resource type that the sandbox simulates. */
const RULES: Readonly<Record<AzureManagedType, Rules>> = {
  azurerm_automation_account: automationAccount,
  azurerm_automation_job_schedule: jobSchedule,
  azurerm_automation_runbook: runbook,
  azurerm_automation_schedule: automationSchedule,
  azurerm_key_vault: keyVault,
  azurerm_key_vault_secret: keyVaultSecret,
  azurerm_linux_virtual_machine: virtualMachine,
  azurerm_local_network_gateway: localNetworkGateway,
  azurerm_managed_disk: managedDisk,
  azurerm_monitor_autoscale_setting: autoscaleSetting,
  azurerm_nat_gateway: natGateway,
  azurerm_nat_gateway_public_ip_association: natGatewayAddress,
  azurerm_network_interface: networkInterface,
  azurerm_network_interface_security_group_association: interfaceSecurityGroup,
  azurerm_network_security_group: securityGroup,
  azurerm_network_security_rule: securityRule,
  azurerm_network_watcher: networkWatcher,
  azurerm_network_watcher_flow_log: flowLog,
  azurerm_orchestrated_virtual_machine_scale_set: scaleSet,
  azurerm_proximity_placement_group: placementGroup,
  azurerm_public_ip: publicAddress,
  azurerm_resource_group: resourceGroup,
  azurerm_role_assignment: roleAssignment,
  azurerm_role_definition: roleDefinition,
  azurerm_route: route,
  azurerm_route_table: routeTable,
  azurerm_subnet: subnet,
  azurerm_subnet_nat_gateway_association: subnetNatGateway,
  azurerm_subnet_network_security_group_association: subnetSecurityGroup,
  azurerm_subnet_route_table_association: subnetRouteTable,
  azurerm_user_assigned_identity: userAssignedIdentity,
  azurerm_virtual_machine_data_disk_attachment: dataDiskAttachment,
  azurerm_virtual_network: virtualNetwork,
  azurerm_virtual_network_gateway: virtualNetworkGateway,
  azurerm_virtual_network_gateway_connection: connection,
  azurerm_virtual_network_gateway_nat_rule: gatewayNatRule,
};

export function rulesOf(type: string): Rules | undefined {
  return (RULES as Readonly<Record<string, Rules>>)[type];
}
