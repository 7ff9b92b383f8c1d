import { AZURE_NODES_DRIVER } from '../../../../scripts/kinds/azure-nodes/driver';
import { planSentences } from '../../../../scripts/kinds/azure-nodes/plan-sentences';
import { remediesOf, usualTime } from '../../../../scripts/kinds/registry';
import type { ResourceChange } from '../../../../terraform/messages';
import { textsOf } from '../../../../terraform/plan/effect';
import { tryLoad } from '../../../catalog/folder-of';
import { AZURE_NODES_CASES, azureNodes } from '../../../fixtures/azure-nodes';

/** The sentences of a plan that makes, or destroys, the whole group of a catalog. */
function sentences(text: string, action: ResourceChange['action']): readonly string[] {
  const { loaded } = tryLoad({ 'lab.yml': text }, 'lab');
  const stack = loaded?.stacks.find(({ kind }) => kind === 'azure-nodes');
  if (loaded === undefined || stack?.kind !== 'azure-nodes') throw new Error('no group');
  const resources = [
    { address: 'azurerm_resource_group.ResourceGroup', resourceType: 'azurerm_resource_group', action },
  ];
  return textsOf(planSentences({ stack, loaded, resources }));
}

test.each<[string, string, readonly string[]]>([
  [
    'fixed nodes',
    azureNodes('    nodes: 3\n'),
    [
      '3 nodes Standard_B2s_v2 in japaneast',
      'Azure deletes them 50 min after this apply, by a runbook; one without work for 15 min deallocates itself, and only its disks are billed then',
    ],
  ],
  [
    'spot nodes that nothing ends',
    AZURE_NODES_CASES['nodes-static'] ?? '',
    [
      '2 nodes Standard_D4ps_v5 (spot) in japaneast, near to each other, 2 further disks each',
      'nothing ends them but their removal',
    ],
  ],
  [
    'an elastic group',
    AZURE_NODES_CASES['nodes-elastic'] ?? '',
    [
      '2 to 8 nodes Standard_D4s_v5 or Standard_D4as_v5 (spot, at most 0.05 USD an hour each) in japaneast, zone 2, near to each other, 1 further disk each',
      'Azure ends them 8 h after this apply, by an autoscale setting; one without work for 30 min deallocates itself, and only its disks are billed then',
    ],
  ],
])('says what is made of %s, and how it ends', (_, text, expected) => {
  expect(sentences(text, 'create')).toEqual(expected);
});

test('says that a group is destroyed', () => {
  expect(sentences(azureNodes(), 'delete')).toEqual([
    'the node group is DESTROYED: all its nodes end, and what is on their disks is lost',
  ]);
});

test.each([
  ['SkuNotAvailable', 'az vm list-skus'],
  ['OverconstrainedAllocationRequest', 'no machine of Azure fits'],
  ['OverconstrainedZonalAllocationRequest', 'no machine of Azure fits'],
  ['ZonalAllocationFailed', 'none of these machines now'],
  [
    'OperationNotAllowed: Operation could not be completed as it results in exceeding approved standardBSv2Family Cores quota',
    'az vm list-usage',
  ],
  ["PropertyChangeNotAllowed: Changing property 'osProfile.customData' is not allowed.", 'made anew'],
  ['`start_time` is "2098-01-01" and should be at least "5m0s" in the future', 'kakehashi renew'],
  ["does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write'", 'Owner'],
  ['PrincipalNotFound: Principal 1 does not exist in the directory', 'run the same command again'],
  ["The VM size 'Standard_D3_v2' cannot boot Hypervisor Generation '2'", 'trusted_launch: false'],
  ['PrivateIPAddressInUse', 'ip_address_list'],
])('%s: says what to do', (error, line) => {
  expect(AZURE_NODES_DRIVER.remedies.filter((remedy) => remedy.error.test(error))).toHaveLength(1);
  expect(remediesOf(error).some((remedy) => remedy.includes(line))).toBe(true);
});

test('a quota of processors is no other quota', () => {
  expect(
    remediesOf('OperationNotAllowed: exceeding approved Total Regional Cores quota').filter((line) =>
      line.includes('quota'),
    ),
  ).toHaveLength(1);
});

test('machines take minutes', () => {
  expect(usualTime('azurerm_linux_virtual_machine.Nodes["n1"]')).toBe('1 to 5 minutes');
});
