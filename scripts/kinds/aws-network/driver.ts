import { awsVariables } from '../aws/credentials';
import { checkAwsCredentials } from '../aws/credentials-check';
import { AWS_DRIFT } from '../aws/drift/aws-drift';
import { AWS_LEFT } from '../aws/left/types';
import { outputWords } from '../aws/plan/output-effects';
import { AWS_RIGHTS } from '../aws/rights/aws-rights';
import { AWS_TUNNELS } from '../aws/tunnels';
import { awsValueWords } from '../aws/value-words';
import type { DriverKind } from '../kind';
import { AWS_ADOPTION } from './adoption/adoption';
import { planSentences } from './plan-sentences';
import { awsNetworkScene } from './scene';

/** What the driver does for a network on AWS. */
export const AWS_NETWORK_DRIVER: DriverKind<'aws-network'> = {
  title: 'AWS',
  scene: awsNetworkScene,
  mainType: 'aws_vpc',
  telemetry: { aws_vpn_connection: ['vgw_telemetry', 'routes'] },
  effects: planSentences,
  valueWords: awsValueWords,
  outputEffects: outputWords,
  remedies: [
    {
      error: /no valid credential sources|failed to refresh cached credentials|ExpiredToken/i,
      line: 'the credentials are missing or have expired: set AWS_PROFILE, or providers.aws.profile in the catalog',
    },
    {
      error: /no matching EC2 Transit Gateway/i,
      line: 'the hub of this network, or its route table, is not there: apply the environment that makes it first (hubs.<name>.environment)',
    },
    {
      error: /InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|UnrecognizedClientException/,
      line: 'the credentials are wrong: if Vault keeps them, store both parts of one key again (kakehashi secret put)',
    },
  ],
  credentials: awsVariables,
  checks: checkAwsCredentials,
  // Version 5.100.0 has 675 MB, and each version is larger than the one before; its package is downloaded beside it.
  provider: { source: 'hashicorp/aws', megabytes: 1000 },
  outsideAddress: 'https://checkip.amazonaws.com',
  adoption: AWS_ADOPTION,
  tunnels: AWS_TUNNELS,
  left: AWS_LEFT,
  drift: AWS_DRIFT,
  rights: AWS_RIGHTS,
};
