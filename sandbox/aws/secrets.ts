import { listObjects } from '../store/objects';
import { presharedKey } from './generated-text';
import { TUNNELS } from './tunnels';

/**
 * The text of a simulated Secrets Manager's secret: the keys of a VPN connection that keeps them there, by outside address;
 * undefined where there is no such secret. What AWS's own text looks like is not documented. [inferred]
 */
export function simulatedSecret(objectsFile: string, arn: string): string | undefined {
  const connection = listObjects(objectsFile, 'aws_vpn_connection').find(
    ({ attributes }) => attributes.preshared_key_arn === arn,
  );
  if (arn === '' || connection === undefined) return undefined;
  const { id, attributes } = connection;
  return JSON.stringify(
    Object.fromEntries(
      TUNNELS.map((tunnel) => [
        attributes[`${tunnel}_address`],
        attributes[`${tunnel}_preshared_key`] || presharedKey(id, tunnel),
      ]),
    ),
  );
}
