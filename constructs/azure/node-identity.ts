import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import type { ResourceGroup } from './resource-group';
import { ResourceRole } from './resource-role';
import type { Tags } from './tags';

export interface NodeIdentityProps {
  /** The machines' own group: the right holds in it alone. */
  readonly resourceGroup: ResourceGroup;
  /** Names the identity, and begins the name of its role. A change replaces it. */
  readonly name: string;
  /** @default - none */
  readonly tags?: Tags;
}

/**
 * The identity of the nodes of a group, with the right to deallocate them: a machine that is only shut down is still billed.
 *
 * It is one for the group, because a role of Azure can't name the machine that uses it: any of the nodes can deallocate another one of
 * its own group, and nothing else.
 */
export class NodeIdentity extends Construct {
  readonly identityId: string;
  readonly clientId: string;
  /** Object id, to which roles are given. */
  readonly principalId: string;
  /** What must be there before a machine needs its right. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { resourceGroup, name, tags }: NodeIdentityProps) {
    super(scope, id);
    checkCore(this);
    const identity = new UserAssignedIdentity(this, 'Resource', {
      name,
      location: resourceGroup.location,
      resourceGroupName: resourceGroup.groupName,
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    });
    this.identityId = identity.id;
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.ready = new ResourceRole(this, 'Role', {
      resourceGroup,
      name: `${name} idle`,
      description: 'Deallocates machines of its own group',
      actions: ['Microsoft.Compute/virtualMachines/deallocate/action'],
      principalId: identity.principalId,
    }).assignment;
  }
}
