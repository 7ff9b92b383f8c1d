import { presharedKeyReference } from '../vault/preshared-key-path';
import { SecretReference } from '../vault/secret-reference';
import { GatewayKey } from './key';

/**
 * A reference to a tunnel's key: `<base>/dev/aws/default/169.254.100.0`, one secret a tunnel, named by the first address of
 * its inside CIDR. In Vault this is where the keys are stored ({@link presharedKeyReference}).
 *
 * @param base - `vault://secret/vpn` or `file:///etc/kakehashi/keys`
 * @throws ValueError
 */
export function keyReference(
  base: string,
  environment: string,
  network: string,
  insideCidr: string,
): GatewayKey {
  const path = SecretReference.isMeant(base)
    ? presharedKeyReference(SecretReference.parse(base), environment, network, insideCidr).toString()
    : `${base.replace(/\/+$/, '')}/${environment}/${network}/${insideCidr.split('/')[0]}`;
  return GatewayKey.referenceTo(path);
}
