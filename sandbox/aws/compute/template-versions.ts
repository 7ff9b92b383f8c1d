import { type Attributes, objects, text, texts } from '../../provider/attributes';
import { AwsError } from '../aws-error';
import type { Cloud } from '../cloud';

export const TEMPLATE = 'aws_launch_template';

/** One version of a launch template. */
export interface TemplateVersion {
  readonly id: string;
  /** How an instance or a group names it in a state. */
  readonly named: Attributes;
  readonly version: number;
  /** The arguments of the template in this version. */
  readonly data: Attributes;
}

/** The versions of a template, which its object holds beside its attributes. */
export function versionsOf(attributes: Attributes): readonly Attributes[] {
  return objects(attributes, 'template_versions');
}

/**
 * Finds the version of a template that a block names by id or name.
 *
 * @param named `id` or `name`, or the names with `launch_template_` before; `version` is a number, `$Latest` or `$Default`
 * @throws {@link AwsError} if there is none
 */
export function requireTemplate(cloud: Cloud, named: Attributes): TemplateVersion {
  const id = text(named, 'id') || text(named, 'launch_template_id');
  const name = text(named, 'name') || text(named, 'launch_template_name');
  const template = cloud
    .all(TEMPLATE)
    .find((object) => (id === '' ? text(object.attributes, 'name') === name : object.id === id));
  if (template === undefined)
    throw id === ''
      ? new AwsError(
          'InvalidLaunchTemplateName.NotFoundException',
          `The specified launch template, with template name ${name}, does not exist.`,
        )
      : new AwsError(
          'InvalidLaunchTemplateId.NotFound',
          `The specified launch template, with template ID ${id}, does not exist.`,
        );
  const { attributes } = template;
  const wanted = text(named, 'version') || '$Default';
  const number =
    wanted === '$Latest'
      ? attributes.latest_version
      : wanted === '$Default'
        ? attributes.default_version
        : Number(wanted);
  const found = versionsOf(attributes).find(({ version }) => version === number);
  if (found === undefined)
    throw new AwsError(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find launch template version: ${wanted} for launch template: ${template.id}`,
    );
  return {
    id: template.id,
    named: { id: template.id, name: text(attributes, 'name'), version: text(named, 'version') || '$Default' },
    version: Number(number),
    data: found,
  };
}

/** What an instance gets from a template, in the arguments of `aws_instance`. */
export function instanceOf({ named, data }: TemplateVersion): Attributes {
  const [card = {}] = objects(data, 'network_interfaces');
  const [profile = {}] = objects(data, 'iam_instance_profile');
  const [placement = {}] = objects(data, 'placement');
  const groups = [...texts(data, 'vpc_security_group_ids'), ...texts(card, 'security_groups')];
  const mappings = objects(data, 'block_device_mappings');
  const devices = mappings.flatMap((mapping) => objects(mapping, 'ebs').map((ebs) => volumeOf(mapping, ebs)));
  const [root, ...others] = devices;
  return {
    ami: given(data.image_id),
    instance_type: given(data.instance_type),
    key_name: given(data.key_name),
    vpc_security_group_ids: groups.length > 0 ? groups : null,
    iam_instance_profile: text(profile, 'name') || text(profile, 'arn').split('/').at(-1) || null,
    instance_market_options: objects(data, 'instance_market_options'),
    metadata_options: objects(data, 'metadata_options').map(withoutEmpty),
    placement_group: given(placement.group_name),
    root_block_device: root === undefined ? [] : [root],
    ebs_block_device: others,
    user_data_base64: given(data.user_data),
    launch_template: [named],
  };
}

function given(value: Attributes[string] | undefined): Attributes[string] {
  return value === undefined || value === '' ? null : value;
}

function withoutEmpty(block: Attributes): Attributes {
  return Object.fromEntries(Object.entries(block).map(([name, value]) => [name, given(value)]));
}

function volumeOf(mapping: Attributes, ebs: Attributes): Attributes {
  const { encrypted, kms_key_id, volume_size, volume_type } = ebs;
  return {
    device_name: mapping.device_name ?? null,
    encrypted: encrypted === 'true' || encrypted === true ? true : null,
    kms_key_id: given(kms_key_id),
    volume_size: volume_size ?? null,
    volume_type: given(volume_type),
  };
}
