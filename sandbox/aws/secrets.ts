import { listObjects } from '../store/objects';
import { presharedKey } from './generated-text';
import { SECRET_VERSION } from './storage/secrets';
import { TUNNELS } from './tunnels';

/**
 * The text of a simulated secret of Secrets Manager: the current version of one that was made, or the keys of a VPN connection whose
 * `preshared_key_storage` is `SecretsManager`, by outside address. Undefined if there is no such secret. AWS does not document the
 * format of those keys; it is inferred.
 */
export function simulatedSecret(objectsFile: string, arn: string): string | undefined {
  const current = listObjects(objectsFile, SECRET_VERSION).find(({ attributes }) => {
    const { arn: secret, version_stages: stages } = attributes;
    return arn !== '' && secret === arn && Array.isArray(stages) && stages.includes('AWSCURRENT');
  });
  if (current !== undefined) return String(current.attributes.stored_value);
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
