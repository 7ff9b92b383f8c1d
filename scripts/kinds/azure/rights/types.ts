import type { TypeRights } from '../../rights';

/** Operations of one type of resources: it is read, and written and removed. */
function of(type: string, more: TypeRights = { read: [] }): TypeRights {
  return {
    read: [`${type}/read`, ...more.read],
    write: [`${type}/write`, `${type}/delete`, ...(more.write ?? [])],
  };
}

const NETWORK = 'Microsoft.Network';
const JOINS = ['virtualNetworks/subnets/join', 'networkSecurityGroups/join', 'publicIPAddresses/join'].map(
  (name) => `${NETWORK}/${name}/action`,
);
const MACHINE_POWER = ['powerOff', 'deallocate', 'start'].map(
  (name) => `Microsoft.Compute/virtualMachines/${name}/action`,
);
const SUBNET = of(`${NETWORK}/virtualNetworks/subnets`);
/** An association is a part of the subnet, which is written anew. */
const onSubnet = (type: string): TypeRights => ({
  read: [`${NETWORK}/virtualNetworks/subnets/read`],
  write: [`${NETWORK}/virtualNetworks/subnets/write`, `${NETWORK}/${type}/join/action`],
});

/**
 * What the provider's calls for each type need.
 *
 * The calls are those of hashicorp/azurerm 4.55.0, file by file: internal/services/{authorization,automation,compute,keyvault,
 * managedidentity,monitor,network,resource}/<type>_resource.go, and for their paths the SDK that it ships. A GET is the operation `read`
 * of its path, a PUT or PATCH `write`, a DELETE `delete`, a POST `action`. Against that rule the key of a connection also needs an
 * `action` to be read (hashicorp/terraform-provider-azurerm#29903).
 *
 * Inferred: the joins (`…/join/action`), `assign/action` and `disks/write` of machines, which no call of the provider shows: Azure demands
 * them for what a request refers to. Nobody has run these against Azure with these rights alone.
 */
export const AZURE_TYPE_RIGHTS: Readonly<Record<string, TypeRights>> = {
  azurerm_automation_account: of('Microsoft.Automation/automationAccounts', {
    read: ['Microsoft.Automation/automationAccounts/agentRegistrationInformation/read'],
  }),
  azurerm_automation_job_schedule: of('Microsoft.Automation/automationAccounts/jobSchedules'),
  azurerm_automation_runbook: of('Microsoft.Automation/automationAccounts/runbooks', {
    read: [
      'Microsoft.Automation/automationAccounts/runbooks/content/read',
      'Microsoft.Automation/automationAccounts/jobSchedules/read',
    ],
    write: [
      'Microsoft.Automation/automationAccounts/runbooks/draft/content/write',
      'Microsoft.Automation/automationAccounts/runbooks/publish/action',
      'Microsoft.Automation/automationAccounts/jobSchedules/write',
      'Microsoft.Automation/automationAccounts/jobSchedules/delete',
    ],
  }),
  azurerm_automation_schedule: of('Microsoft.Automation/automationAccounts/schedules'),
  azurerm_key_vault: of('Microsoft.KeyVault/vaults', {
    read: [],
    write: [
      'Microsoft.KeyVault/locations/deletedVaults/read',
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
      'Microsoft.KeyVault/locations/operationResults/read',
    ],
  }),
  azurerm_key_vault_secret: {
    read: ['Microsoft.KeyVault/vaults/read', 'data:Microsoft.KeyVault/vaults/secrets/getSecret/action'],
    write: [
      'data:Microsoft.KeyVault/vaults/secrets/setSecret/action',
      'data:Microsoft.KeyVault/vaults/secrets/update/action',
      'data:Microsoft.KeyVault/vaults/secrets/delete',
      'data:Microsoft.KeyVault/vaults/secrets/purge/action',
      'data:Microsoft.KeyVault/vaults/secrets/recover/action',
      'data:Microsoft.KeyVault/vaults/secrets/readMetadata/action',
    ],
  },
  azurerm_linux_virtual_machine: of('Microsoft.Compute/virtualMachines', {
    // Disks, and the addresses to connect to, are read with each machine.
    read: [
      'Microsoft.Compute/disks/read',
      `${NETWORK}/networkInterfaces/read`,
      `${NETWORK}/publicIPAddresses/read`,
    ],
    write: [
      'Microsoft.Compute/virtualMachines/instanceView/read',
      'Microsoft.Compute/virtualMachines/vmSizes/read',
      ...MACHINE_POWER,
      'Microsoft.Compute/disks/write',
      'Microsoft.Compute/disks/delete',
      `${NETWORK}/networkInterfaces/join/action`,
      'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    ],
  }),
  azurerm_local_network_gateway: of(`${NETWORK}/localNetworkGateways`),
  azurerm_managed_disk: of('Microsoft.Compute/disks', {
    read: [],
    // A larger disk stops its machine, where it can't grow in use.
    write: ['Microsoft.Compute/skus/read', 'Microsoft.Compute/virtualMachines/read', ...MACHINE_POWER],
  }),
  azurerm_monitor_autoscale_setting: of('Microsoft.Insights/autoscaleSettings'),
  azurerm_nat_gateway: of(`${NETWORK}/natGateways`),
  azurerm_nat_gateway_public_ip_association: {
    read: [`${NETWORK}/natGateways/read`],
    write: [`${NETWORK}/natGateways/write`, `${NETWORK}/publicIPAddresses/join/action`],
  },
  azurerm_network_interface: of(`${NETWORK}/networkInterfaces`, { read: [], write: JOINS }),
  azurerm_network_interface_security_group_association: {
    read: [`${NETWORK}/networkInterfaces/read`],
    write: [`${NETWORK}/networkInterfaces/write`, ...JOINS],
  },
  azurerm_network_security_group: of(`${NETWORK}/networkSecurityGroups`),
  azurerm_network_security_rule: of(`${NETWORK}/networkSecurityGroups/securityRules`),
  azurerm_network_watcher_flow_log: of(`${NETWORK}/networkWatchers/flowLogs`, {
    read: [],
    // The provider asks for the log and its watcher alone; the others are those that Azure demands for its target (Network Watcher, RBAC).
    write: [
      `${NETWORK}/networkWatchers/read`,
      `${NETWORK}/networkWatchers/configureFlowLog/action`,
      'Microsoft.Storage/storageAccounts/read',
      'Microsoft.Storage/storageAccounts/listServiceSas/action',
      'Microsoft.Storage/storageAccounts/listAccountSas/action',
      'Microsoft.Storage/storageAccounts/listKeys/action',
    ],
  }),
  azurerm_orchestrated_virtual_machine_scale_set: of('Microsoft.Compute/virtualMachineScaleSets', {
    read: [],
    write: [...JOINS, 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'],
  }),
  azurerm_proximity_placement_group: of('Microsoft.Compute/proximityPlacementGroups'),
  azurerm_public_ip: of(`${NETWORK}/publicIPAddresses`),
  azurerm_resource_group: of('Microsoft.Resources/subscriptions/resourceGroups', {
    read: ['Microsoft.Resources/subscriptions/resourceGroups/resources/read'],
  }),
  azurerm_role_assignment: of('Microsoft.Authorization/roleAssignments', {
    read: ['Microsoft.Authorization/roleDefinitions/read'],
  }),
  azurerm_role_definition: of('Microsoft.Authorization/roleDefinitions'),
  azurerm_route_table: of(`${NETWORK}/routeTables`),
  azurerm_subnet: SUBNET,
  azurerm_subnet_nat_gateway_association: onSubnet('natGateways'),
  azurerm_subnet_network_security_group_association: onSubnet('networkSecurityGroups'),
  azurerm_subnet_route_table_association: onSubnet('routeTables'),
  azurerm_user_assigned_identity: of('Microsoft.ManagedIdentity/userAssignedIdentities'),
  azurerm_virtual_machine_data_disk_attachment: {
    read: ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/disks/read'],
    write: ['Microsoft.Compute/virtualMachines/write', 'Microsoft.Compute/disks/write'],
  },
  azurerm_virtual_network: of(`${NETWORK}/virtualNetworks`),
  azurerm_virtual_network_gateway: of(`${NETWORK}/virtualNetworkGateways`, { read: [], write: JOINS }),
  azurerm_virtual_network_gateway_connection: of(`${NETWORK}/connections`, {
    read: [`${NETWORK}/connections/sharedKey/read`, `${NETWORK}/connections/sharedKey/action`],
    write: [
      `${NETWORK}/connections/sharedKey/write`,
      `${NETWORK}/virtualNetworkGateways/read`,
      `${NETWORK}/virtualNetworkGateways/join/action`,
      `${NETWORK}/localNetworkGateways/join/action`,
    ],
  }),
  azurerm_virtual_network_gateway_nat_rule: of(`${NETWORK}/virtualNetworkGateways/natRules`),
  terraform_data: { read: [] },

  'data.azurerm_client_config': { read: [] },
  'data.azurerm_network_security_group': { read: [`${NETWORK}/networkSecurityGroups/read`] },
  'data.azurerm_resource_group': { read: ['Microsoft.Resources/subscriptions/resourceGroups/read'] },
  'data.azurerm_subnet': { read: [`${NETWORK}/virtualNetworks/subnets/read`] },
};
