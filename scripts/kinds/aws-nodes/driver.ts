import { checkAwsCredentials } from '../aws/credentials-check';
import { AWS_DRIFT } from '../aws/drift/aws-drift';
import { AWS_LEFT } from '../aws/left/types';
import { AWS_RIGHTS } from '../aws/rights/aws-rights';
import type { DriverKind } from '../kind';
import { refuseLoss } from './loss';
import { AWS_NODES } from './nodes';
import { nodeSentences } from './plan-sentences';
import { AWS_NODES_REMEDIES } from './remedies';
import { nodeVariables } from './secret-values';

/** What the driver does for a node group on AWS. Checks are those of all stacks on AWS. */
export const AWS_NODES_DRIVER: DriverKind<'aws-nodes'> = {
  title: 'AWS',
  // AWS and the nodes change the size of an Auto Scaling group, and the end of a lease its largest size.
  telemetry: {
    aws_autoscaling_group: ['desired_capacity', 'max_size', 'predicted_capacity', 'warm_pool_size'],
    aws_launch_template: ['latest_version'],
  },
  effects: nodeSentences,
  remedies: AWS_NODES_REMEDIES,
  credentials: nodeVariables,
  checks: checkAwsCredentials,
  provider: { source: 'hashicorp/aws', megabytes: 1000 },
  refuseLoss,
  nodes: AWS_NODES,
  left: AWS_LEFT,
  drift: AWS_DRIFT,
  rights: AWS_RIGHTS,
};
