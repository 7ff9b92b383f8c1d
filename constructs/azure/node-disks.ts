import { ManagedDisk } from '@cdktf/provider-azurerm/lib/managed-disk';
import { VirtualMachineDataDiskAttachment } from '@cdktf/provider-azurerm/lib/virtual-machine-data-disk-attachment';
import { Construct } from 'constructs';
import { DATA_DISK_GB, type DiskType } from '../../model/clouds/azure/virtual-machines';
import { checkCore } from '../core';
import { eachOf, forEach } from '../for-each';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import type { FixedNodes } from './fixed-nodes';

export interface NodeDiskProps {
  readonly nodes: FixedNodes;
  /** Ends the disk's name, after that of its node: `dev-workers-n1-data`. */
  readonly name: string;
  /** Logical unit number, by which the node finds it. A change attaches it anew. */
  readonly lun: number;
  /** 1 to 32767. Larger is in place. */
  readonly sizeGb: number;
  readonly type: DiskType;
  /**
   * Whether it outlives its node: it stays after the end of a lease, and Terraform refuses to destroy it.
   * @default false: it ends with its node
   */
  readonly keep?: boolean;
}

/** The tag that keeps a disk from what ends a node. */
export const KEPT_TAG = 'kakehashi:keep';

/**
 * One more disk for each node of a group, attached to it.
 *
 * @throws {@link PropsError}
 */
export class NodeDisk extends Construct {
  readonly disks: ManagedDisk;

  constructor(scope: Construct, id: string, { nodes, name, lun, sizeGb, type, keep = false }: NodeDiskProps) {
    super(scope, id);
    checkCore(this);
    const { min, max } = DATA_DISK_GB;
    if (isKnown(sizeGb) && (sizeGb < min || sizeGb > max))
      refuse(this, `sizeGb: must be from ${min} to ${max}, got ${sizeGb}`);
    const { resourceGroup, zone, osDisk, tags, keyTag } = nodes.props;
    this.disks = new ManagedDisk(this, 'Resource', {
      name: `\${each.value.name}-${name}`,
      location: resourceGroup.location,
      resourceGroupName: resourceGroup.groupName,
      createOption: 'Empty',
      diskSizeGb: sizeGb,
      storageAccountType: type,
      networkAccessPolicy: 'DenyAll',
      publicNetworkAccessEnabled: false,
      ...(osDisk.encryptionSetId === undefined ? {} : { diskEncryptionSetId: osDisk.encryptionSetId }),
      ...(zone === undefined ? {} : { zone }),
      tags: {
        ...tags,
        Name: `\${each.value.name}-${name}`,
        ...(keyTag === undefined ? {} : { [keyTag]: '${each.key}' }),
        ...(keep ? { [KEPT_TAG]: 'true' } : {}),
      },
      ...(keep ? { lifecycle: { preventDestroy: true } } : {}),
    });
    forEach(this.disks, keep ? nodes.all : nodes.there);
    const attachment = new VirtualMachineDataDiskAttachment(this, 'Attachment', {
      managedDiskId: eachOf(this.disks, 'id'),
      virtualMachineId: eachOf(nodes.machines, 'id'),
      lun,
      caching: 'None',
    });
    forEach(attachment, nodes.there);
  }
}

export interface ExistingNodeDiskProps {
  /** A group of one node. */
  readonly nodes: FixedNodes;
  readonly diskId: string;
  readonly lun: number;
}

/** A disk that something else made, attached to the only node of a group. It stays when the node goes. */
export class ExistingNodeDisk extends Construct {
  constructor(scope: Construct, id: string, { nodes, diskId, lun }: ExistingNodeDiskProps) {
    super(scope, id);
    checkCore(this);
    const count = Object.keys(nodes.props.nodes).length;
    if (count !== 1) refuse(this, `nodes: must be one, which a disk is attached to, got ${count}`);
    const attachment = new VirtualMachineDataDiskAttachment(this, 'Attachment', {
      managedDiskId: diskId,
      virtualMachineId: eachOf(nodes.machines, 'id'),
      lun,
      caching: 'None',
    });
    forEach(attachment, nodes.there);
  }
}
