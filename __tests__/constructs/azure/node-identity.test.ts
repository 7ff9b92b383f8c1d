import '../../../stacks/fast-tokens';
import { NodeIdentity } from '../../../constructs/azure/node-identity';
import { ResourceRole } from '../../../constructs/azure/resource-role';
import { only, plainAddresses } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { groupIn } from './node-lab';

const build = () =>
  synthesizedAzure((stack) => {
    new NodeIdentity(stack, 'Identity', {
      resourceGroup: groupIn(stack),
      name: 'lab-nodes-workers',
      tags: { owner: 'team' },
    });
  });

it('is an identity that may deallocate the machines of its own resource group, and nothing else', () => {
  const synth = build();
  expect(plainAddresses(synth)).toEqual([
    'azurerm_resource_group.Group',
    'azurerm_role_assignment.Identity_Role_Assignment',
    'azurerm_role_definition.Identity_Role_Definition',
    'azurerm_user_assigned_identity.Identity',
  ]);
  expect(only(synth, 'azurerm_user_assigned_identity')).toMatchObject({
    name: 'lab-nodes-workers',
    tags: { owner: 'team' },
  });
  expect(only(synth, 'azurerm_role_definition').permissions).toEqual([
    { actions: ['Microsoft.Compute/virtualMachines/deallocate/action'] },
  ]);
});

it('names its role after the subscription too, because names of roles are unique in a tenant', () => {
  expect(only(build(), 'azurerm_role_definition').name).toMatch(
    /^lab-nodes-workers idle \$\{substr\(sha256\(azurerm_resource_group\.Group_[0-9A-F]{8}\.id\), 0, 8\)\}$/,
  );
});

it('refuses a role with a pattern of actions', () => {
  expect(() =>
    synthesizedAzure((stack) => {
      new ResourceRole(stack, 'Role', {
        resourceGroup: groupIn(stack),
        name: 'all',
        description: 'everything',
        actions: ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/*'],
        principalId: 'x',
      });
    }),
  ).toThrow('stack/Role: actions: must name single actions, got Microsoft.Compute/*');
});
