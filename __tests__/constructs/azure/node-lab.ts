import type { Construct } from 'constructs';
import { ElasticNodes, type ElasticNodesProps } from '../../../constructs/azure/elastic-nodes';
import { FixedNodes, type FixedNodesProps } from '../../../constructs/azure/fixed-nodes';
import type { NodeMachineProps } from '../../../constructs/azure/node-machine';
import { NodePlace } from '../../../constructs/azure/node-place';
import { ResourceGroup } from '../../../constructs/azure/resource-group';
import { ubuntuImage } from '../../../model/clouds/azure/virtual-machines';

export const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4xOe8mCB2hiOQMn7AkD2YcXwN2SJwQ1mrOHqp1dQhZ me@lab';

const MACHINE: NodeMachineProps = {
  image: ubuntuImage('x86_64', 'Standard_B2s_v2'),
  adminUsername: 'ubuntu',
  sshPublicKeys: [KEY],
  osDisk: { sizeGb: 40, type: 'StandardSSD_LRS' },
};

/** A resource group of nodes. */
export function groupIn(scope: Construct): ResourceGroup {
  return new ResourceGroup(scope, 'Group', { name: 'lab-nodes-workers', location: 'japaneast' });
}

const placeIn = (scope: Construct): NodePlace =>
  new NodePlace(scope, 'Place', {
    resourceGroupName: 'lab-default',
    vnetName: 'lab-default',
    subnetName: 'lab-default',
    securityGroupName: 'lab-default-nodes',
  });

/** A group of two nodes. */
export function fixedIn(scope: Construct, props: Partial<FixedNodesProps> = {}): FixedNodes {
  return new FixedNodes(scope, 'Nodes', {
    ...MACHINE,
    resourceGroup: props.resourceGroup ?? groupIn(scope),
    place: placeIn(scope),
    nodes: { n1: { name: 'lab-workers-n1' }, n2: { name: 'lab-workers-n2' } },
    size: 'Standard_B2s_v2',
    customData: 'IyEvYmluL3NoCg==',
    ...props,
  });
}

/** A group of two nodes at first, and five at most. */
export function elasticIn(scope: Construct, props: Partial<ElasticNodesProps> = {}): ElasticNodes {
  return new ElasticNodes(scope, 'Nodes', {
    ...MACHINE,
    resourceGroup: props.resourceGroup ?? groupIn(scope),
    place: placeIn(scope),
    name: 'lab-workers',
    hostPrefix: 'lab-workers-',
    sizes: ['Standard_B2s_v2'],
    customData: 'IyEvYmluL3NoCg==',
    initial: 2,
    most: 5,
    ...props,
  });
}
