import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import type { Session } from '../../session/session';
import type { KeyRequest, KindTunnels } from '../tunnels';
import { changesOnlyKey } from './key-change';
import { telemetryOf } from './telemetry';

/** The tunnels of an AWS site-to-site VPN connection. */
export const AWS_TUNNELS: KindTunnels = {
  cloud: AWS_VPN,
  telemetryOf,
  changesOnlyKey,
  keySource: { read: readKeys, rotation },
};

async function readKeys(
  session: Session,
  { loaded, network, description }: KeyRequest,
): Promise<Readonly<Record<string, string>>> {
  // Few environments keep their keys there: the SDK is not loaded for the others.
  const { readSecret } = require('./secrets-manager') as typeof import('./secrets-manager');
  const { keysOfSecret } = require('./secrets-manager-keys') as typeof import('./secrets-manager-keys');
  const { kinds } = loaded.catalog;
  const all = [...(kinds['aws-network']?.networks ?? []), ...(kinds['aws-hub']?.hubs ?? [])];
  const region = all.find(({ identity }) => identity === network)?.region ?? '';
  const arn = String(description.preshared_key_arn);
  const text = await readSecret(session, { arn, region, loaded });
  session.report.log.masks.add(text);
  return keysOfSecret(`${session.environment}/${network}`, text, description);
}

function rotation(environment: string): string {
  return `AWS keeps its keys in Secrets Manager, and a key that Terraform sets would lie in the state; rotate it with: aws ec2 modify-vpn-tunnel-options, then run: kakehashi gateway ${environment}`;
}
