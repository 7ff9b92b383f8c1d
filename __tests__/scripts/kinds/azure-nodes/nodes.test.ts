import { AZURE_NODES } from '../../../../scripts/kinds/azure-nodes/nodes';
import { tryLoad } from '../../../catalog/folder-of';
import { azureNodes } from '../../../fixtures/azure-nodes';

const { nodeOf, newImage, type } = AZURE_NODES;

test('a machine that is there may run or not: the provider does not tell', () => {
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
