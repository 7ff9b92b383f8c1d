import { AZURE_NODES } from '../../../../scripts/kinds/azure-nodes/nodes';
import { tryLoad } from '../../../catalog/folder-of';
import { azureNodes } from '../../../fixtures/azure-nodes';

const { nodeOf, newImage, type, membersOf } = AZURE_NODES;

test.each([
  ['starting', 'BOOTING'],
  ['running', 'RUNNING'],
  ['stopping', 'SHUTTING_DOWN'],
  ['deallocating', 'SHUTTING_DOWN'],
  ['stopped', 'POWER_OFF'],
  ['deallocated', 'STOPPED'],
  [undefined, 'UNKNOWN'],
])('a machine that Azure calls %s is %s', (power_state, state) => {
  const answer = {
    type: 'azurerm_virtual_machine',
    values: { name: 'm1', private_ip_address: '172.21.1.4', power_state },
  };
  const node = { instanceId: 'm1', address: '172.21.1.4', state };
  expect([nodeOf(answer), membersOf?.([answer])]).toEqual([node, [node]]);
});

test('a resource that is there may run or not: it does not tell', () => {
  expect(nodeOf({ type, values: { name: 'dev-workers-n1' } })).toEqual({
    instanceId: 'dev-workers-n1',
    state: 'UNKNOWN',
  });
  expect(nodeOf({ type: 'azurerm_network_interface', values: { name: 'x' } })).toBeUndefined();
});

test.each([
  ['fixed', '', ['azurerm_linux_virtual_machine.Nodes["n1"]', 'azurerm_linux_virtual_machine.Nodes["n2"]']],
  [
    'elastic',
    '    kind: elastic\n    nodes: { initial: 1, max: 3 }\n',
    ['azurerm_orchestrated_virtual_machine_scale_set.Nodes'],
  ],
])('a group that is %s gets a newer image by replacing what keeps it', (_, keys, addresses) => {
  const { loaded } = tryLoad({ 'dev.yml': azureNodes(keys) });
  const [group] = loaded?.catalog.groups ?? [];
  if (loaded === undefined || group === undefined) throw new Error('the catalog is not valid');
  expect(newImage?.({ loaded, group, resources: [], nodes: ['n1', 'n2'] })).toEqual(addresses);
});
