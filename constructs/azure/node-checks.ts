import type { IConstruct } from 'constructs';
import { OS_DISK_GB, REFUSED_LOGINS } from '../../model/clouds/azure/virtual-machines';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import type { NodeMachineProps } from './node-machine';

/**
 * Refuses machines that Azure would refuse.
 *
 * @throws {@link PropsError}
 */
export function checkMachine(construct: IConstruct, props: NodeMachineProps): void {
  const { adminUsername, sshPublicKeys, osDisk } = props;
  if (isKnown(adminUsername) && REFUSED_LOGINS.includes(adminUsername))
    refuse(construct, `adminUsername: must be none that Azure refuses, got ${adminUsername}`);
  if (sshPublicKeys.length === 0)
    refuse(construct, 'sshPublicKeys: must hold at least one key, got none; there are no passwords');
  for (const key of sshPublicKeys) {
    if (!isKnown(key) || /^ssh-(rsa|ed25519) /.test(key)) continue;
    refuse(construct, `sshPublicKeys: must be keys of ssh-rsa or ssh-ed25519, got ${key.split(' ')[0]}`);
  }
  const { min, max } = OS_DISK_GB;
  if (isKnown(osDisk.sizeGb) && (osDisk.sizeGb < min || osDisk.sizeGb > max))
    refuse(construct, `osDisk.sizeGb: must be from ${min} to ${max}, got ${osDisk.sizeGb}`);
}
