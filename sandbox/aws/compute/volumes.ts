import { filled, flag, number, text } from '../../provider/attributes';
import { now, timestamp } from '../../provider/clock';
import { crc32 } from '../../provider/derived';
import { AwsError, inStep, invalidParameter } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';
import { LookupError } from '../lookup-error';
import { zonesOf } from '../regions';
import type { Rules } from '../rules';
import { checkVolumeSize, defaultVolumeKey, volumePerformance } from './block-devices';

const VOLUME = 'aws_ebs_volume';
const ATTACHMENT = 'aws_volume_attachment';

function attachmentOf(cloud: Cloud, volume: string): CloudObject | undefined {
  return cloud.all(ATTACHMENT).find(({ attributes }) => text(attributes, 'volume_id') === volume);
}

/** A disk of its own, which outlives the instances that it is attached to. */
export const volume: Rules = {
  noun: 'EBS Volume',
  service: 'EC2',
  actions: { create: 'CreateVolume', update: 'ModifyVolume', delete: 'DeleteVolume' },
  create(cloud, request) {
    const zone = text(request, 'availability_zone');
    if (!zonesOf(cloud.region).some(({ name }) => name === zone))
      throw new AwsError('InvalidZone.NotFound', `The zone '${zone}' does not exist.`);
    const snapshot = text(request, 'snapshot_id');
    if (snapshot !== '')
      throw new AwsError(
        'InvalidSnapshot.NotFound',
        `The snapshot '${snapshot}' does not exist.`,
        'The sandbox simulates no snapshots.',
      );
    const type = text(request, 'type') || 'gp2';
    const size = number(request, 'size') ?? 0;
    checkVolumeSize(type, size);
    const id = cloud.newId('vol', request);
    const encrypted = flag(request, 'encrypted');
    const attributes = filled(request, {
      arn: cloud.arn('ec2', `volume/${id}`),
      create_time: timestamp(now()),
      encrypted,
      ...volumePerformance(type, size),
      kms_key_id: encrypted ? defaultVolumeKey(cloud) : '',
      multi_attach_enabled: false,
      snapshot_id: '',
      type,
    });
    return { id, attributes };
  },
  identity: [],
  update(_cloud, { attributes }, request) {
    const size = number(request, 'size') ?? 0;
    checkVolumeSize(text(request, 'type'), size);
    if (size < (number(attributes, 'size') ?? 0))
      throw invalidParameter('New size cannot be smaller than existing size');
    return request;
  },
  remove(cloud, { id }) {
    const attachment = attachmentOf(cloud, id);
    if (attachment === undefined) return;
    const instance = text(attachment.attributes, 'instance_id');
    throw new AwsError('VolumeInUse', `Volume ${id} is currently attached to ${instance}`);
  },
};

export const volumeAttachment: Rules = {
  noun: 'EBS Volume Attachment',
  service: 'EC2',
  actions: { create: 'AttachVolume', delete: 'DetachVolume' },
  create(cloud, request) {
    const [volumeId = '', instanceId = '', deviceName = ''] = ['volume_id', 'instance_id', 'device_name'].map(
      (name) => text(request, name),
    );
    // The provider waits for an instance that runs before it attaches something.
    const instance = inStep({ subject: `waiting for EC2 Instance (${instanceId}) to be ready` }, () =>
      cloud.require(
        ['aws_instance'],
        instanceId,
        'InvalidInstanceID.NotFound',
        `The instance ID '${instanceId}' does not exist`,
      ),
    );
    const subject = `attaching EBS Volume (${volumeId}) to EC2 Instance (${instanceId})`;
    inStep({ subject, action: 'AttachVolume' }, () => checkAttachment(cloud, volumeId, instance, deviceName));
    return { id: attachmentId(deviceName, instanceId, volumeId), attributes: request };
  },
  kept: ({ attributes }) => attributes.skip_destroy === true,
  imported(_cloud, id) {
    const [device = '', volumeId = '', instanceId = '', ...rest] = id.split(':');
    if (device === '' || volumeId === '' || instanceId === '' || rest.length > 0)
      throw new LookupError(`Unexpected format of ID ("${id}"), expected DEVICE_NAME:VOLUME_ID:INSTANCE_ID`);
    return {
      id: attachmentId(device, instanceId, volumeId),
      device_name: device,
      volume_id: volumeId,
      instance_id: instanceId,
    };
  },
};

function checkAttachment(cloud: Cloud, volumeId: string, instance: CloudObject, deviceName: string): void {
  const message = `The volume '${volumeId}' does not exist.`;
  const { attributes } = cloud.require([VOLUME], volumeId, 'InvalidVolume.NotFound', message);
  if (text(attributes, 'availability_zone') !== text(instance.attributes, 'availability_zone'))
    throw new AwsError(
      'InvalidVolume.ZoneMismatch',
      `The volume '${volumeId}' is not in the same availability zone as instance '${instance.id}'`,
    );
  if (attachmentOf(cloud, volumeId) !== undefined)
    throw new AwsError('VolumeInUse', `${volumeId} is already attached to an instance`);
  const isTaken = cloud
    .all(ATTACHMENT)
    .some(
      (other) =>
        text(other.attributes, 'instance_id') === instance.id &&
        text(other.attributes, 'device_name') === deviceName,
    );
  if (isTaken)
    throw invalidParameter(
      `Invalid value '${deviceName}' for unixDevice. Attachment point ${deviceName} is already in use`,
    );
}

/** The id that the provider makes of an attachment's parts. */
function attachmentId(device: string, instance: string, volumeId: string): string {
  return `vai-${crc32(`${device}-${instance}-${volumeId}-`)}`;
}
