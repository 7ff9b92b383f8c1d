import { machineWords } from '../../../catalog/nodes/machine-words';
import { azureNodes } from '../../fixtures/azure-nodes';
import { nodeCatalog } from '../../fixtures/node-catalog';
import { loadedFrom } from '../../support/loaded';

test.each([
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
  [['a', 'b', 'c', 'd'], 'a, b or 2 other types'],
])('nodes of %j are nodes of %s', (types, words) => {
  expect(machineWords(types)).toBe(words);
});

test.each([
  ['AWS', nodeCatalog('nodes: 1, instance_type: m6a.large'), 'm6a.large'],
  ['Azure', azureNodes('    vm_size: Standard_D4s_v5\n'), 'Standard_D4s_v5'],
])('a group on %s says what its nodes are', (_, text, machine) => {
  expect(loadedFrom(text).catalog.groups.map((group) => group.machine)).toEqual([machine]);
});
