import { type Attributes, filled, flag, number, objects, text } from '../../provider/attributes';
import { hex, uuidOf } from '../../provider/derived';
import { AwsError, invalidParameter } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';

/** The least and the greatest size in GiB of the volume types (EBS user guide, "Amazon EBS volume types"). */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  gp2: [1, 16384],
  gp3: [1, 16384],
  io1: [4, 16384],
  io2: [4, 65536],
  st1: [125, 16384],
  sc1: [125, 16384],
  standard: [1, 1024],
};

/** @throws {@link AwsError} for a size that a volume of the type cannot have */
export function checkVolumeSize(type: string, size: number): void {
  const [least, most] = SIZES[type] ?? [1, 16384];
  const wrong = size < least ? ['small', 'Minimum', least] : size > most ? ['large', 'Maximum', most] : [];
  if (wrong.length > 0)
    throw invalidParameter(
      `Volume of ${size}GiB is too ${wrong[0]} for volume type ${type}. ${wrong[1]} is ${wrong[2]}GiB.`,
    );
}

/** What EBS fills in for a volume: operations a second, and MiB a second for gp3. */
export function volumePerformance(type: string, size: number): Attributes {
  const iops = type === 'gp3' ? 3000 : type === 'gp2' ? Math.min(16000, Math.max(100, 3 * size)) : 0;
  return { iops, throughput: type === 'gp3' ? 125 : 0 };
}

/** The key of EBS in a region, with which a volume is encrypted for which no other is named. */
export function defaultVolumeKey(cloud: Cloud): string {
  return cloud.arn('kms', `key/${uuidOf('aws/ebs', cloud.region)}`);
}

/** A volume of an instance as a state has it. @param given what is configured of it, or null */
function device(cloud: Cloud, instance: string, given: Attributes, size: number): Attributes {
  const type = text(given, 'volume_type') || 'gp3';
  const volume_size = number(given, 'volume_size') || size;
  checkVolumeSize(type, volume_size);
  const encrypted = flag(given, 'encrypted');
  return filled(
    { ...given, volume_size, volume_type: type },
    {
      delete_on_termination: true,
      encrypted,
      kms_key_id: encrypted ? defaultVolumeKey(cloud) : '',
      ...volumePerformance(type, volume_size),
      tags_all: given.tags ?? {},
      volume_id: `vol-${hex(17, instance, text(given, 'device_name'))}`,
    },
  );
}

/**
 * The root volume of an instance.
 *
 * @param image the name of the root device, and the least size of its volume in GiB
 */
export function rootDevice(
  cloud: Cloud,
  instance: string,
  image: { readonly rootDevice: string; readonly size: number },
  request: Attributes,
): Attributes {
  const [given = {}] = objects(request, 'root_block_device');
  const size = number(given, 'volume_size') || image.size;
  if (size < image.size)
    throw new AwsError(
      'InvalidBlockDeviceMapping',
      `Volume of size ${size}GB is smaller than snapshot 'snap-${hex(17, 'snapshot', image.rootDevice)}', expect size >= ${image.size}GB`,
    );
  return device(cloud, instance, filled(given, { device_name: image.rootDevice }), size);
}

/** The further volumes that an instance is launched with. */
export function furtherDevices(cloud: Cloud, instance: string, request: Attributes): readonly Attributes[] {
  return objects(request, 'ebs_block_device').map((given) =>
    filled(device(cloud, instance, given, 8), { snapshot_id: '' }),
  );
}

/** The volumes that were attached to an instance after its launch, which the provider lists with its own. */
export function attachedDevices(cloud: Cloud, instance: CloudObject): readonly Attributes[] {
  return cloud
    .all('aws_volume_attachment')
    .filter(({ attributes }) => text(attributes, 'instance_id') === instance.id)
    .flatMap(({ attributes }) => {
      const volume = cloud.find('aws_ebs_volume', text(attributes, 'volume_id'))?.attributes;
      if (volume === undefined) return [];
      const { encrypted = false, iops = 0, kms_key_id = '', snapshot_id = '', throughput = 0 } = volume;
      return [
        {
          delete_on_termination: false,
          device_name: attributes.device_name ?? '',
          encrypted,
          iops,
          kms_key_id,
          snapshot_id,
          tags: volume.tags_all ?? {},
          tags_all: volume.tags_all ?? {},
          throughput,
          volume_id: attributes.volume_id ?? '',
          volume_size: volume.size ?? 0,
          volume_type: volume.type ?? '',
        },
      ];
    });
}
