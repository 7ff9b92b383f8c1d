import { form, type IdForm, type NamedSegment } from './id-form';

function compute(kind: string, noun: string, ...parts: readonly NamedSegment[]): IdForm {
  return form('Microsoft.Compute', kind, noun, ...parts);
}

const ACCOUNT = [
  'automationAccounts',
  'Automation Account Name',
  'automationAccountName',
] as const satisfies NamedSegment;

/** The forms of ids of nodes and of what serves them, by the resource type whose object has such an id. */
export const NODE_FORMS = {
  azurerm_network_interface: form('Microsoft.Network', 'NetworkInterface', 'Network Interface', [
    'networkInterfaces',
    'Network Interface Name',
    'networkInterfaceValue',
  ]),
  azurerm_linux_virtual_machine: compute('VirtualMachine', 'Linux Virtual Machine', [
    'virtualMachines',
    'Virtual Machine Name',
    'virtualMachineValue',
  ]),
  azurerm_orchestrated_virtual_machine_scale_set: compute(
    'VirtualMachineScaleSet',
    'Orchestrated Virtual Machine Scale Set',
    ['virtualMachineScaleSets', 'Virtual Machine Scale Set Name', 'virtualMachineScaleSetValue'],
  ),
  azurerm_managed_disk: compute('ManagedDisk', 'Managed Disk', ['disks', 'Disk Name', 'diskValue']),
  azurerm_proximity_placement_group: compute('ProximityPlacementGroup', 'Proximity Placement Group', [
    'proximityPlacementGroups',
    'Proximity Placement Group Name',
    'proximityPlacementGroupName',
  ]),
  azurerm_user_assigned_identity: form(
    'Microsoft.ManagedIdentity',
    'UserAssignedIdentity',
    'User Assigned Identity',
    ['userAssignedIdentities', 'User Assigned Identity Name', 'userAssignedIdentityValue'],
  ),
  azurerm_monitor_autoscale_setting: form(
    'Microsoft.Insights',
    'AutoScaleSetting',
    'Monitor Auto Scale Setting',
    ['autoScaleSettings', 'Auto Scale Setting Name', 'autoScaleSettingName'],
  ),
  azurerm_automation_account: form(
    'Microsoft.Automation',
    'AutomationAccount',
    'Automation Account',
    ACCOUNT,
  ),
  azurerm_automation_runbook: form('Microsoft.Automation', 'Runbook', 'Runbook', ACCOUNT, [
    'runbooks',
    'Runbook Name',
    'runbookName',
  ]),
  azurerm_automation_schedule: form('Microsoft.Automation', 'Schedule', 'Schedule', ACCOUNT, [
    'schedules',
    'Schedule Name',
    'scheduleName',
  ]),
  azurerm_key_vault: form('Microsoft.KeyVault', 'KeyVault', 'Key Vault', [
    'vaults',
    'Vault Name',
    'vaultValue',
  ]),
} as const satisfies Readonly<Record<string, IdForm>>;
