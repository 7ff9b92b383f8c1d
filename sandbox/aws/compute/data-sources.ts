import { type Attributes, objects, text, texts } from '../../provider/attributes';
import { hex } from '../../provider/derived';
import type { Cloud } from '../cloud';
import { LookupError } from '../lookup-error';
import { lookUp } from '../lookups';
import { partitionOf } from '../regions';
import { type Image, imageOf, imagesOf } from './images';
import { GROUP } from './scaling';

/** A public SSM parameter: the id of an image. The account itself has none. */
export function ssmParameter(cloud: Cloud, config: Attributes): Attributes {
  const name = text(config, 'name');
  const image = imageOf(cloud.region, name);
  if (image === undefined) throw new LookupError(`reading SSM Parameter (${name}): couldn't find resource`);
  const { partition } = partitionOf(cloud.region);
  return {
    id: name,
    arn: `arn:${partition}:ssm:${cloud.region}::parameter${name}`,
    insecure_value: image.id,
    type: 'String',
    value: image.id,
    version: 1,
    with_decryption: true,
  };
}

/** The day on which all images were made. It is fixed, so that equal runs give equal states. */
const CREATED = '2025-11-01T00:00:00.000Z';

function viewOf(cloud: Cloud, image: Image): Attributes {
  const { id, name, architecture, ownerId, ownerAlias, rootDevice, size } = image;
  const snapshot = `snap-${hex(17, 'snapshot', id)}`;
  return {
    id,
    image_id: id,
    architecture,
    arn: `arn:${partitionOf(cloud.region).partition}:ec2:${cloud.region}::image/${id}`,
    block_device_mappings: [
      {
        device_name: rootDevice,
        ebs: {
          delete_on_termination: 'true',
          encrypted: 'false',
          iops: '0',
          snapshot_id: snapshot,
          throughput: '0',
          volume_initialization_rate: '0',
          volume_size: String(size),
          volume_type: 'gp3',
        },
        no_device: '',
        virtual_name: '',
      },
    ],
    boot_mode: architecture === 'arm64' ? 'uefi' : 'uefi-preferred',
    creation_date: CREATED,
    description: name,
    ena_support: true,
    hypervisor: 'xen',
    image_location: `${ownerAlias || ownerId}/${name}`,
    image_owner_alias: ownerAlias,
    image_type: 'machine',
    imds_support: 'v2.0',
    name,
    owner_id: ownerId,
    platform_details: 'Linux/UNIX',
    public: true,
    is_public: true,
    root_device_name: rootDevice,
    root_device_type: 'ebs',
    root_snapshot_id: snapshot,
    sriov_net_support: 'simple',
    state: 'available',
    state_reason: { code: 'UNSET', message: 'UNSET' },
    usage_operation: 'RunInstances',
    virtualization_type: 'hvm',
    tags: {},
  };
}

/** The newest image that matches. @throws {@link LookupError} if none does, or several do and the newest is not asked for */
export function ami(cloud: Cloud, config: Attributes): Attributes {
  const owners = texts(config, 'owners');
  const pattern = new RegExp(text(config, 'name_regex'));
  const all = imagesOf(cloud.region)
    .filter(
      ({ ownerId, ownerAlias }) =>
        owners.length === 0 || [ownerId, ownerAlias].some((name) => owners.includes(name)),
    )
    .filter(({ name }) => pattern.test(name))
    .map((image) => viewOf(cloud, image));
  const found = lookUp(cloud, 'image', config, [], all);
  const [first, another] = [...found].sort((one, other) =>
    text(one, 'name') < text(other, 'name') ? 1 : -1,
  );
  if (first === undefined)
    throw new LookupError(
      'Your query returned no results. Please change your search criteria and try again.',
    );
  if (another !== undefined && config.most_recent !== true)
    throw new LookupError(
      'Your query returned more than one result. Please try a more specific search criteria, or set `most_recent` attribute to true.',
    );
  return first;
}

/** Whether an instance has the tags that a search names. */
function hasTags(view: Attributes, config: Attributes): boolean {
  const tags = (view.tags ?? {}) as Attributes;
  return Object.entries((config.instance_tags ?? {}) as Attributes).every(
    ([key, value]) => tags[key] === value,
  );
}

/** The addresses and ids of all instances that match, by id: of those that run, unless other states are named. */
export function instances(cloud: Cloud, config: Attributes): Attributes {
  const named = texts(config, 'instance_state_names');
  const states = named.length === 0 ? ['running'] : named;
  const found = lookUp(cloud, 'instance', config, [])
    .filter((view) => hasTags(view, config) && states.includes(text(view, 'instance_state')))
    .sort((one, other) => (text(one, 'id') < text(other, 'id') ? -1 : 1));
  const column = (name: string) => found.map((view) => text(view, name)).filter((value) => value !== '');
  return {
    id: cloud.region,
    ids: column('id'),
    private_ips: column('private_ip'),
    public_ips: column('public_ip'),
    ipv6_addresses: [],
  };
}

/** The only instance that matches. @throws {@link LookupError} if none does, or more than one */
export function instance(cloud: Cloud, config: Attributes): Attributes {
  const [found, another] = lookUp(cloud, 'instance', config, ['instance_id']).filter((view) =>
    hasTags(view, config),
  );
  if (found === undefined) throw new LookupError('no matching EC2 Instance found');
  if (another !== undefined)
    throw new LookupError(
      'multiple EC2 Instances matched; use additional constraints to reduce matches to a single EC2 Instance',
    );
  return found;
}

/** An Auto Scaling group by its name. */
export function autoscalingGroup(cloud: Cloud, config: Attributes): Attributes {
  const name = text(config, 'name');
  const group = cloud.find(GROUP, name);
  if (group === undefined) throw new LookupError(`reading Auto Scaling Group (${name}): empty result`);
  const { attributes } = group;
  return {
    ...attributes,
    desired_capacity_type: text(attributes, 'desired_capacity_type'),
    launch_configuration: '',
    new_instances_protected_from_scale_in: attributes.protect_from_scale_in ?? false,
    status: '',
    tag: objects(attributes, 'tag'),
    termination_policies:
      texts(attributes, 'termination_policies').length > 0
        ? (attributes.termination_policies ?? [])
        : ['Default'],
    vpc_zone_identifier: texts(attributes, 'vpc_zone_identifier').join(','),
  };
}
