import type { NodeCloud } from '../cloud';
import { nodeFileText } from '../node-file-text';

/** Nodes on AWS: IMDSv2, Secrets Manager, S3, Auto Scaling. */
export const AWS_NODE: NodeCloud = {
  name: 'AWS',
  library: () => nodeFileText('aws/files/cloud.sh'),
  // The metadata service, also where IPv6 is switched on (EC2 user guide, "Instance metadata service").
  rootOnly: ['ip daddr 169.254.169.254', 'ip6 daddr fd00:ec2::254'],
  hasStoredObjects: true,
};
