import { awsVariables } from '../aws/credentials';
import { outputWords } from '../aws/plan/output-effects';
import { AWS_TUNNELS } from '../aws/tunnels';
import { awsValueWords } from '../aws/value-words';
import type { DriverKind } from '../kind';
import { refuseLoss } from './loss';
import { hubSentences } from './plan-sentences';

/** What the driver does for a transit gateway on AWS. Remedies, checks and credentials are those of all stacks on AWS. */
export const AWS_HUB_DRIVER: DriverKind<'aws-hub'> = {
  title: 'AWS',
  mainType: 'aws_ec2_transit_gateway',
  telemetry: { aws_vpn_connection: ['vgw_telemetry', 'routes'] },
  sentences: hubSentences,
  valueWords: awsValueWords,
  outputSentences: outputWords,
  remedies: [
    {
      error: /IncorrectState.*(tgw-|transit gateway)|has non-deleted (VPC|VPN) Attachments/i,
      line: 'networks are still attached to the transit gateway: destroy them first, also those of other accounts',
    },
  ],
  credentials: awsVariables,
  provider: { source: 'hashicorp/aws', megabytes: 1000 },
  refuseLoss,
  tunnels: AWS_TUNNELS,
};
