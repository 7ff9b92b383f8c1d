import { type Attributes, filled, number, objects, text, texts } from '../../provider/attributes';
import { uuidOf } from '../../provider/derived';
import { AwsError, inStep } from '../aws-error';
import type { Cloud } from '../cloud';
import { generatedName, prefixOf } from '../generated-name';
import { partitionOf } from '../regions';
import type { Rules } from '../rules';
import { endInstance } from './instances';
import { checkSizes, GROUP, membersOf, type Sizes, scale, templateOf, validationError } from './scaling';

/** The zones of a group's subnets. @throws {@link AwsError} for a subnet that does not exist, or none at all */
function zonesOf(cloud: Cloud, request: Attributes): readonly string[] {
  const subnets = texts(request, 'vpc_zone_identifier');
  if (subnets.length === 0)
    throw validationError('At least one Availability Zone or VPC Subnet is required.');
  const zones = subnets.map((id) => {
    const subnet = cloud.find('aws_subnet', id);
    if (subnet === undefined) throw validationError(`The subnet ID '${id}' does not exist`);
    return text(subnet.attributes, 'availability_zone');
  });
  return [...new Set(zones)].sort();
}

function sizesOf(request: Attributes, desired: number | undefined): Sizes {
  const min = number(request, 'min_size') ?? 0;
  return { min, max: number(request, 'max_size') ?? 0, desired: desired ?? min };
}

/** The references to its template with the names that AWS adds to them. */
function named(cloud: Cloud, request: Attributes): Attributes {
  const { template } = templateOf(cloud, request);
  const [plain] = objects(request, 'launch_template');
  if (plain !== undefined)
    return { launch_template: [{ ...template.named, version: text(plain, 'version') || '$Default' }] };
  const [policy = {}] = objects(request, 'mixed_instances_policy');
  const [inner = {}] = objects(policy, 'launch_template');
  const [distribution = {}] = objects(policy, 'instances_distribution');
  const { id = '', name = '', version = '' } = template.named;
  const specification = { launch_template_id: id, launch_template_name: name, version };
  return {
    mixed_instances_policy: [
      {
        instances_distribution: [filled(distribution, DISTRIBUTION)],
        launch_template: [{ ...inner, launch_template_specification: [specification] }],
      },
    ],
  };
}

/** What AWS fills in where nothing is said of how on-demand and spot instances are mixed. */
const DISTRIBUTION: Attributes = {
  on_demand_allocation_strategy: 'prioritized',
  on_demand_base_capacity: 0,
  on_demand_percentage_above_base_capacity: 100,
  spot_allocation_strategy: 'lowest-price',
  spot_instance_pools: 0,
  spot_max_price: '',
};

/** A group of instances that AWS launches and ends. Its instances are objects like those that Terraform launches. */
export const autoscalingGroup: Rules = {
  noun: 'Auto Scaling Group',
  service: 'Auto Scaling',
  actions: {
    create: 'CreateAutoScalingGroup',
    update: 'UpdateAutoScalingGroup',
    delete: 'DeleteAutoScalingGroup',
  },
  create(cloud, request) {
    const name = generatedName(cloud, request, cloud.newId('asg', request));
    if (cloud.find(GROUP, name) !== undefined)
      throw new AwsError(
        'AlreadyExists',
        `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
      );
    const sizes = sizesOf(request, number(request, 'desired_capacity'));
    checkSizes(sizes);
    const zones = zonesOf(cloud, request);
    const uuid = uuidOf('group', cloud.region, name);
    const role = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
    const attributes = filled(
      { ...request, ...named(cloud, request), desired_capacity: sizes.desired },
      {
        arn: cloud.arn('autoscaling', `autoScalingGroup:${uuid}:autoScalingGroupName/${name}`),
        availability_zone_distribution: [{ capacity_distribution_strategy: 'balanced-best-effort' }],
        availability_zones: zones,
        capacity_rebalance: false,
        capacity_reservation_specification: [
          { capacity_reservation_preference: 'default', capacity_reservation_target: [] },
        ],
        default_cooldown: 300,
        health_check_type: 'EC2',
        load_balancers: [],
        name,
        name_prefix: prefixOf(name),
        predicted_capacity: 0,
        service_linked_role_arn: `arn:${partitionOf(cloud.region).partition}:iam::${cloud.account}:${role}`,
        target_group_arns: [],
        traffic_source: [],
        vpc_zone_identifier: texts(request, 'vpc_zone_identifier'),
        warm_pool_size: 0,
      },
    );
    return { id: name, attributes };
  },
  // The provider waits until the group has as many instances as it wants; one that cannot be launched keeps it from that.
  finish(cloud, created) {
    const subject = `waiting for Auto Scaling Group (${created.id}) capacity satisfied: scaling activity: Failed`;
    inStep({ subject }, () => scale(cloud, created));
    return created.attributes;
  },
  update(cloud, before, request) {
    const { attributes } = before;
    const max = number(request, 'max_size') ?? 0;
    const [had, wanted] = [number(attributes, 'desired_capacity'), number(request, 'desired_capacity')];
    // AWS moves a size that nobody asked for into new bounds.
    const isAsked = wanted !== undefined && wanted !== had;
    const moved = Math.min(max, Math.max(number(request, 'min_size') ?? 0, had ?? 0));
    const sizes = sizesOf(request, isAsked ? wanted : moved);
    checkSizes(sizes);
    const changed = {
      ...request,
      ...named(cloud, request),
      availability_zones: zonesOf(cloud, request),
      desired_capacity: sizes.desired,
    };
    scale(cloud, { ...before, attributes: changed });
    return changed;
  },
  remove(cloud, { id }) {
    for (const member of membersOf(cloud, id)) endInstance(cloud, member.id);
    for (const action of cloud.all('aws_autoscaling_schedule'))
      if (text(action.attributes, 'autoscaling_group_name') === id) cloud.remove(action.type, action.id);
  },
};
