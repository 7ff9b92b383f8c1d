import { refuseGroupLoss } from '../../../../scripts/kinds/azure-network/group-loss';
import { azureEnvironment, azureNetwork } from './azure-stack';

function refused(create: boolean, changes: Readonly<Record<string, string>>, destroy = false): string {
  const network = azureNetwork({ resourceGroup: { name: 'dev-default', create } });
  const resources = Object.entries(changes).map(([type, action]) => ({
    address: `azurerm_${type}.x`,
    resourceType: `azurerm_${type}`,
    action,
  }));
  try {
    refuseGroupLoss({
      ...azureEnvironment({ network }),
      resources,
      destroy,
    });
    return '';
  } catch (error) {
    return String(error);
  }
}

test('a group that is called existing now is not deleted under its network', () => {
  expect(refused(false, { resource_group: 'delete' })).toContain(
    'dev-azure-default: not planned: its resource group dev-default would be deleted, and the network is in it',
  );
  expect(refused(false, { resource_group: 'delete', virtual_network: 'update' })).not.toBe('');
});

test.each([
  ['the network leaves it', false, { resource_group: 'delete', virtual_network: 'replace' }, false],
  ['all is destroyed', false, { resource_group: 'delete' }, true],
  ['it is replaced by another one that is made', true, { resource_group: 'replace' }, false],
  ['nothing happens to it', false, { subnet: 'create' }, false],
] as const)('a group may go where %s', (_, create, changes, destroy) => {
  expect(refused(create, changes, destroy)).toBe('');
});
