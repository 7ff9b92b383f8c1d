import type { TerraformStack } from 'cdktf';
import { FixedNodes, type FixedNodesProps } from '../../../constructs/aws/fixed-nodes';
import { NodeImage } from '../../../constructs/aws/node-image';
import { NodeProfile } from '../../../constructs/aws/node-profile';
import type { NodesProps } from '../../../constructs/aws/node-props';

/** What every group of nodes needs. */
export function commonProps(): NodesProps {
  return {
    name: 'dev-nodes-workers',
    nodeName: 'dev-workers',
    subnetId: 'subnet-0123456789abcdef0',
    securityGroupIds: ['sg-0123456789abcdef0'],
    image: NodeImage.fromId('ami-0123456789abcdef0'),
    rootVolume: { sizeGb: 16, type: 'gp3' },
    userDataBase64: Buffer.from('#!/bin/sh\n').toString('base64'),
    profile: NodeProfile.fromName('existing'),
  };
}

/** Two fixed nodes in a stack that has the variable which they need. */
export function fixedNodes(stack: TerraformStack, props: Partial<FixedNodesProps> = {}): FixedNodes {
  FixedNodes.endedVariable(stack);
  return new FixedNodes(stack, 'Nodes', {
    ...commonProps(),
    nodes: { n1: {}, n2: {} },
    instanceType: 'm7i.large',
    ...props,
  });
}
