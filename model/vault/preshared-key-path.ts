import { Cidr } from '../net/cidr';
import { ValueError } from '../value-error';
import type { SecretReference } from './secret-reference';

/**
 * Where a tunnel's pre-shared key is kept: `<folder>/<environment>/<provider>/<entry>/<base address of the inside CIDR>`,
 * for instance `vault://secret/vpn/dev/aws/default/169.254.100.0`.
 *
 * A tunnel is known by its inside CIDR, which the lock file keeps. The first address is enough, because the inside CIDRs of one
 * gateway never overlap.
 *
 * @param network - its key, `aws/default`
 * @throws {@link ValueError} when the folder is a cubbyhole's, or when a name can't be part of a path
 */
export function presharedKeyReference(
  folder: SecretReference,
  environment: string,
  network: string,
  insideCidr: string,
): SecretReference {
  if (folder.isCubbyhole) {
    throw new ValueError('a folder that others can read', `${folder}; a cubbyhole goes with its token`);
  }
  return folder.below(environment, ...network.split('/'), Cidr.parse(insideCidr).address(0));
}
