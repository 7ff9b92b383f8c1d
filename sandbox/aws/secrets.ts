import { listObjects } from '../store/objects';
import { presharedKey } from './generated-text';
import { TUNNELS } from './tunnels';

/**
 * The text of a simulated secret of Secrets Manager: the keys of a VPN connection whose `preshared_key_storage` is
 * `SecretsManager`, by outside address. Undefined if there is no such secret. AWS does not document the format; it is inferred.
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
