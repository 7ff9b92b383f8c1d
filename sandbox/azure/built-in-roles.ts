/** What a role allows, in the form of a role definition's `permissions`. */
interface Permissions {
  readonly actions: readonly string[];
  readonly not_actions: readonly string[];
}

/** A role that every subscription has. */
interface BuiltInRole extends Permissions {
  readonly guid: string;
}

function role(guid: string, actions: readonly string[], not_actions: readonly string[] = []): BuiltInRole {
  return { guid, actions, not_actions };
}

const CONTRIBUTOR_LACKS = [
  'Microsoft.Authorization/*/Delete',
  'Microsoft.Authorization/*/Write',
  'Microsoft.Authorization/elevateAccess/Action',
];

/**
 * Azure's built-in roles that node groups may use, by name (learn.microsoft.com, "Azure built-in roles"). Of their actions
 * the list has those about resources that the sandbox simulates.
 */
export const BUILT_IN_ROLES: Readonly<Record<string, BuiltInRole>> = {
  Owner: role('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', ['*']),
  Contributor: role('b24988ac-6180-42a0-ab88-20f7382dd24c', ['*'], CONTRIBUTOR_LACKS),
  Reader: role('acdd72a7-3385-48ef-bd42-f606fba81ae7', ['*/read']),
  'User Access Administrator': role('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', [
    '*/read',
    'Microsoft.Authorization/*',
  ]),
  'Virtual Machine Contributor': role('9980e02c-c2be-4d73-94e8-173b1dc7cf3c', [
    'Microsoft.Compute/virtualMachines/*',
    'Microsoft.Compute/virtualMachineScaleSets/*',
    'Microsoft.Compute/disks/write',
    'Microsoft.Compute/disks/read',
    'Microsoft.Compute/disks/delete',
    'Microsoft.Network/networkInterfaces/*',
  ]),
  'Network Contributor': role('4d97b98b-1d4f-4787-a291-c67834d212e7', ['Microsoft.Network/*']),
  'Managed Identity Operator': role('f1a07417-d97a-45cb-824c-7a7467783830', [
    'Microsoft.ManagedIdentity/userAssignedIdentities/*/read',
    'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
  ]),
  'Key Vault Secrets User': role('4633458b-17de-408a-b874-0445c86b69e6', []),
  'Key Vault Secrets Officer': role('b86a8fe4-44ce-4948-aee5-eccb2c155cd7', []),
};
