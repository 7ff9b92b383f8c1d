import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume';
import { VolumeAttachment } from '@cdktf/provider-aws/lib/volume-attachment';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import type { FixedNodes } from './fixed-nodes';
import { checkId, checkKeys } from './names';
import { iopsOf } from './node-props';
import { checkTags, type Tags, tagsOf } from './tags';

export interface NodeDisksProps {
  readonly nodes: FixedNodes;
  /** What names of nodes begin with. */
  readonly nodeName: string;
  /** The zone of the nodes' subnet. */
  readonly zone: string;
  /** By a name that is part of resource addresses. */
  readonly disks: Readonly<Record<string, NodeDiskProps>>;
  /** Whether the nodes are spot instances, which can't be stopped. @default false */
  readonly spot?: boolean;
  /** ARN of the key that encrypts the disks. @default - that of the account for EBS */
  readonly kmsKeyId?: string;
  /** @default - none */
  readonly tags?: Tags;
}

export interface NodeDiskProps {
  /** `/dev/sdf`; a change replaces the attachment. */
  readonly device: string;
  readonly volume: MadeVolume | ExistingVolume;
}

interface MadeVolume {
  readonly sizeGb: number;
  readonly type: string;
  /** Whether it outlives its node: it stays when the lease ends, and Terraform refuses to destroy it. */
  readonly keep: boolean;
}

interface ExistingVolume {
  readonly id: string;
}

/**
 * Further disks of fixed nodes: for each disk a volume of its own on every node, so that a disk that comes or goes replaces no other.
 *
 * @throws {@link PropsError}
 */
export class NodeDisks extends Construct {
  /** By the names of the disks; none for a volume that exists already. */
  readonly volumes: Readonly<Record<string, EbsVolume>>;

  constructor(scope: Construct, id: string, props: NodeDisksProps) {
    super(scope, id);
    checkCore(this);
    const { disks, tags } = props;
    checkKeys(this, 'disks', disks);
    checkTags(this, 'tags', tags);
    const devices = Object.values(disks).map(({ device }) => device);
    if (new Set(devices).size < devices.length)
      refuse(this, `disks: must have a device each, got ${devices.join(', ')}`);
    this.volumes = Object.fromEntries(
      Object.entries(disks).flatMap(([name, { device, volume }]) => {
        const made = 'id' in volume ? undefined : this.volume(name, volume, props);
        this.attach(name, device, 'id' in volume ? this.existing(volume) : volumeId(made), props);
        return made === undefined ? [] : [[name, made]];
      }),
    );
  }

  private volume(name: string, { sizeGb, type, keep }: MadeVolume, props: NodeDisksProps): EbsVolume {
    const { nodes, nodeName, zone, kmsKeyId, tags } = props;
    const own = { ...tags, 'kakehashi:node': '${each.key}' };
    const volume = new EbsVolume(this, name, {
      availabilityZone: zone,
      size: sizeGb,
      type,
      iops: iopsOf(type, sizeGb),
      encrypted: true,
      kmsKeyId,
      tags: tagsOf(`${nodeName}-\${each.key}-${name}`, own),
      lifecycle: keep ? { preventDestroy: true } : {},
    });
    volume.addOverride('for_each', `\${${keep ? nodes.all : nodes.live}}`);
    return volume;
  }

  private existing({ id }: ExistingVolume): string {
    checkId(this, 'disks', 'vol', id);
    return id;
  }

  private attach(name: string, device: string, volume: string, { nodes, spot }: NodeDisksProps): void {
    const attachment = new VolumeAttachment(this, `${name}-Attachment`, {
      deviceName: device,
      volumeId: volume,
      instanceId: `\${${nodes.instances}[each.key].id}`,
      // A disk that is mounted does not let go of a running instance; a spot instance is terminated with it.
      ...(spot ? { skipDestroy: true } : { stopInstanceBeforeDetaching: true }),
    });
    attachment.addOverride('for_each', `\${${nodes.live}}`);
  }
}

function volumeId(volume: EbsVolume | undefined): string {
  return `\${${volume?.terraformResourceType}.${volume?.friendlyUniqueId}[each.key].id}`;
}
