import { type Attributes, filled, flag, number, objects, text, texts } from '../../provider/attributes';
import { AwsError } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';
import { endInstance, INSTANCE } from './instances';
import { launched } from './launched';
import { instanceOf, requireTemplate, type TemplateVersion } from './template-versions';

export const GROUP = 'aws_autoscaling_group';

/** The tag by which an instance belongs to a group. AWS sets it; nobody else can. */
const GROUP_TAG = 'aws:autoscaling:groupName';

export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

export interface Sizes {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
}

/** @throws {@link AwsError} unless the least size is at most the desired one, and that at most the greatest */
export function checkSizes({ min, max, desired }: Sizes): void {
  if (min > max)
    throw validationError(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  if (desired < min || desired > max)
    throw validationError(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    );
}

/** The instances of a group, oldest first. */
export function membersOf(cloud: Cloud, group: string): readonly CloudObject[] {
  return cloud.all(INSTANCE).filter(({ attributes }) => {
    const tags = attributes.tags_all ?? {};
    return text(tags as Attributes, GROUP_TAG) === group;
  });
}

interface GroupTemplate {
  readonly template: TemplateVersion;
  /** The instance type that is preferred to that of the template; empty for none. */
  readonly type: string;
  readonly isSpot: boolean;
}

/** The template of a group. @throws {@link AwsError} if it does not exist */
export function templateOf(cloud: Cloud, attributes: Attributes): GroupTemplate {
  const [plain] = objects(attributes, 'launch_template');
  const [mixed = {}] = objects(attributes, 'mixed_instances_policy');
  const [inner = {}] = objects(mixed, 'launch_template');
  const [specification = {}] = objects(inner, 'launch_template_specification');
  const [override = {}] = objects(inner, 'override');
  const [distribution = {}] = objects(mixed, 'instances_distribution');
  try {
    return {
      template: requireTemplate(cloud, plain ?? specification),
      type: text(override, 'instance_type'),
      isSpot: number(distribution, 'on_demand_percentage_above_base_capacity') === 0,
    };
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    throw validationError(`You must use a valid fully-formed launch template. ${failure.message}`);
  }
}

/** The tags of a new instance: those of its template, those of its group that are passed on, and AWS's own. */
function tagsOf(group: CloudObject, { template }: GroupTemplate): Attributes {
  const ofTemplate = objects(template.data, 'tag_specifications')
    .filter((specification) => text(specification, 'resource_type') === 'instance')
    .map((specification) => specification.tags as Attributes);
  const ofGroup = objects(group.attributes, 'tag')
    .filter((tag) => flag(tag, 'propagate_at_launch'))
    .map((tag): Attributes => ({ [text(tag, 'key')]: text(tag, 'value') }));
  return Object.assign(
    {
      'aws:ec2launchtemplate:id': template.id,
      'aws:ec2launchtemplate:version': String(template.version),
      [GROUP_TAG]: text(group.attributes, 'name'),
    },
    ...ofTemplate,
    ...ofGroup,
  ) as Attributes;
}

function launchOne(cloud: Cloud, group: CloudObject, position: number): void {
  const of = templateOf(cloud, group.attributes);
  const { launch_template: _, ...instance } = instanceOf(of.template);
  const subnets = texts(group.attributes, 'vpc_zone_identifier');
  const tags = tagsOf(group, of);
  const request = filled(
    {
      ...instance,
      ...(of.type === '' ? {} : { instance_type: of.type }),
      ...(of.isSpot ? { instance_market_options: [{ market_type: 'spot' }] } : {}),
      subnet_id: subnets[position % Math.max(1, subnets.length)] ?? null,
    },
    { tags, tags_all: tags },
  );
  const { id, attributes } = launched(cloud, request);
  cloud.put(INSTANCE, id, { ...attributes, id });
}

/**
 * Launches or ends instances until a group has as many as it wants. The oldest ones end first.
 *
 * @throws {@link AwsError} if an instance cannot be launched; those before it stay
 */
export function scale(cloud: Cloud, group: CloudObject): void {
  const members = membersOf(cloud, text(group.attributes, 'name'));
  const desired = number(group.attributes, 'desired_capacity') ?? 0;
  for (let position = members.length; position < desired; position++) launchOne(cloud, group, position);
  for (const { id } of members.slice(0, Math.max(0, members.length - desired))) endInstance(cloud, id);
}

/** Ends an instance of a group, and takes it off the size that is wanted. Its node does so when it is idle. */
export function endMember(cloud: Cloud, instance: string): void {
  const group = cloud
    .all(GROUP)
    .find(({ attributes }) => membersOf(cloud, text(attributes, 'name')).some(({ id }) => id === instance));
  endInstance(cloud, instance);
  if (group === undefined) return;
  const desired_capacity = Math.max(
    number(group.attributes, 'min_size') ?? 0,
    (number(group.attributes, 'desired_capacity') ?? 0) - 1,
  );
  cloud.put(GROUP, group.id, { ...group.attributes, desired_capacity });
}
