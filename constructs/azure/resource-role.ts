import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { allOf } from '../for-each';
import { refuse } from '../props-error';
import type { ResourceGroup } from './resource-group';

export interface ResourceRoleProps {
  /** The resource group in which the role holds. */
  readonly resourceGroup: ResourceGroup;
  /** Begins the role's name. */
  readonly name: string;
  readonly description: string;
  /** `Microsoft.Compute/virtualMachines/deallocate/action`; no patterns. */
  readonly actions: readonly string[];
  /** Object id of the managed identity that gets the role. */
  readonly principalId: string;
}

/**
 * A role with the named actions alone, in one resource group, for one managed identity.
 *
 * Names of roles are unique in a tenant: this one ends with eight digits of the group's id, which holds the subscription.
 *
 * @throws {@link PropsError} for an action with a `*`
 */
export class ResourceRole extends Construct {
  readonly assignment: RoleAssignment;

  constructor(scope: Construct, id: string, props: ResourceRoleProps) {
    super(scope, id);
    checkCore(this);
    const { resourceGroup, name, description, actions, principalId } = props;
    const { group } = resourceGroup;
    const pattern = actions.find((action) => action.includes('*'));
    if (pattern !== undefined) refuse(this, `actions: must name single actions, got ${pattern}`);
    const definition = new RoleDefinition(this, 'Definition', {
      name: `${name} \${substr(sha256(${allOf(group)}.id), 0, 8)}`,
      description,
      scope: group.id,
      assignableScopes: [group.id],
      permissions: [{ actions: [...actions] }],
    });
    this.assignment = new RoleAssignment(this, 'Assignment', {
      // A name that follows from what it joins: Azure would give a random one, by which nobody finds it again.
      name: `\${uuidv5("url", "\${${allOf(definition)}.role_definition_resource_id} ${principalId}")}`,
      scope: group.id,
      roleDefinitionId: definition.roleDefinitionResourceId,
      principalId,
      principalType: 'ServicePrincipal',
      // One that has a random name keeps it.
      lifecycle: { ignoreChanges: ['name'] },
    });
  }
}
