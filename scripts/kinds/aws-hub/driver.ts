import { awsVariables } from '../aws/credentials';
import { checkAwsCredentials } from '../aws/credentials-check';
import { AWS_DRIFT } from '../aws/drift/aws-drift';
import { AWS_LEFT } from '../aws/left/types';
import { outputWords } from '../aws/plan/output-effects';
import { AWS_RIGHTS } from '../aws/rights/aws-rights';
import { AWS_TUNNELS } from '../aws/tunnels';
import { awsValueWords } from '../aws/value-words';
import type { DriverKind } from '../kind';
import { refuseLoss } from './loss';
import { hubSentences } from './plan-sentences';
import { awsHubScene } from './scene';

/** What the driver does for a transit gateway on AWS. Checks and credentials are those of all stacks on AWS. */
export const AWS_HUB_DRIVER: DriverKind<'aws-hub'> = {
  title: 'AWS',
  scene: awsHubScene,
  mainType: 'aws_ec2_transit_gateway',
  telemetry: { aws_vpn_connection: ['vgw_telemetry', 'routes'] },
  effects: hubSentences,
  valueWords: awsValueWords,
  outputEffects: outputWords,
  remedies: [
    {
      error: /tgw-rtb-\S+ has associated attachments/i,
      line: 'networks are still in this route table: apply them with another route_table first, alone (--stack), then run this again',
    },
    {
      error: /has attachments with BGP/i,
      line: 'AWS changes its ASN only while no VPN with BGP is attached: apply once with vpn: none, and write the VPN again after that',
    },
    {
      error: /has non-deleted \S+ Attachments/i,
      line: 'networks are still attached to the transit gateway: destroy them first, also those of other accounts',
    },
  ],
  credentials: awsVariables,
  checks: checkAwsCredentials,
  provider: { source: 'hashicorp/aws', megabytes: 1000 },
  refuseLoss,
  tunnels: AWS_TUNNELS,
  left: AWS_LEFT,
  drift: AWS_DRIFT,
  rights: AWS_RIGHTS,
};
