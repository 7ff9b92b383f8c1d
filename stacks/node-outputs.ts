import type { NodeGroup } from '../catalog/ground/node-group';
import type { GroupSoftware } from '../catalog/nodes/software';
import type { Lease } from '../constructs/lease';
import { DEFAULT_BOOT_SECONDS } from '../model/nodes/lease';
import type { GroupOutput } from '../model/nodes/outputs';

/** A group of a cloud. */
interface CloudGroup extends NodeGroup {
  readonly software: GroupSoftware;
}

/** The part of the output `nodes` that the catalog says. What is as usual is left out. */
export function statedOutput(group: CloudGroup): Omit<GroupOutput, 'nodes' | 'group_name'> {
  const { provider, entry, kind, most, spot, software } = group;
  const { hostUser, sshPort, container, bootSeconds } = software;
  return {
    provider,
    network: entry,
    kind,
    max: most,
    spot,
    user: hostUser,
    ssh_port: sshPort,
    ...(container === undefined ? { base_container: false } : {}),
    ...(bootSeconds === DEFAULT_BOOT_SECONDS ? {} : { boot_timeout: bootSeconds }),
  };
}

/**
 * The output `lease`: also that of a group without a lease whose nodes end when they are idle, because it remembers which of them did.
 * Null where nothing ends its nodes.
 *
 * @param ended - the expression of the variable `ended`
 */
export function leaseOutput(group: NodeGroup, lease: Lease | undefined, ended: string): object | string {
  const { kind, leaseSeconds, idleSeconds } = group;
  if (lease === undefined && idleSeconds === undefined) return NOTHING;
  return {
    start: lease?.start ?? NOTHING,
    end: lease?.end ?? NOTHING,
    seconds: leaseSeconds ?? NOTHING,
    idle: idleSeconds ?? NOTHING,
    ended: kind === 'fixed' ? ended : [],
  };
}

const NOTHING = '${null}';
