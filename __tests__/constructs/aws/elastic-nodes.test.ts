import '../../../stacks/fast-tokens';
import { ElasticNodes, type ElasticNodesProps } from '../../../constructs/aws/elastic-nodes';
import { NodeImage } from '../../../constructs/aws/node-image';
import { NodeProfile } from '../../../constructs/aws/node-profile';
import { Lease } from '../../../constructs/lease';
import { only, plainAddresses, type Synthesized, synthesized } from '../../support/synthesized';
import { commonProps } from './node-constructs';

const build = (props: Partial<ElasticNodesProps> = {}, withLease = false): Synthesized =>
  synthesized((stack) => {
    if (withLease) Lease.nowVariable(stack);
    new ElasticNodes(stack, 'Nodes', {
      ...commonProps(),
      initial: 2,
      max: 10,
      instanceTypes: ['m7i.large'],
      ...(withLease ? { lease: new Lease(stack, 'Lease', { seconds: 600 }) } : {}),
      ...props,
    });
  });

const LIVE = String.raw`timecmp\(timeadd\(terraform_data\.Lease_\w+\.input, "600s"\), coalesce\(var\.now, plantimestamp\(\)\)\) > 0`;

describe('elastic nodes', () => {
  it('are a group that may be empty, whose size is left alone after its birth', () => {
    const synth = build({ image: NodeImage.ubuntu('x86_64'), tags: { owner: 'me' } });
    expect(plainAddresses(synth)).toEqual([
      'aws_autoscaling_group.Nodes',
      'aws_launch_template.Nodes_Template',
    ]);
    expect(only(synth, 'aws_autoscaling_group')).toEqual({
      desired_capacity: 2,
      health_check_type: 'EC2',
      launch_template: {
        id: expect.stringMatching(/^\$\{aws_launch_template\.Nodes_Template_\w+\.id\}$/),
        version: '$Latest',
      },
      lifecycle: { ignore_changes: ['desired_capacity'] },
      max_size: 10,
      min_size: 0,
      name: 'dev-nodes-workers',
      suspended_processes: ['AZRebalance'],
      tag: [
        { key: 'Name', propagate_at_launch: true, value: 'dev-workers' },
        { key: 'owner', propagate_at_launch: true, value: 'me' },
      ],
      vpc_zone_identifier: ['subnet-0123456789abcdef0'],
      wait_for_capacity_timeout: '0',
    });
    expect(only(synth, 'aws_launch_template')).toEqual({
      block_device_mappings: [
        {
          device_name: '/dev/sda1',
          ebs: { delete_on_termination: 'true', encrypted: 'true', volume_size: 16, volume_type: 'gp3' },
        },
      ],
      iam_instance_profile: { name: 'existing' },
      image_id: expect.stringMatching(/^\$\{data\.aws_ssm_parameter\.Nodes_Image_\w+\.insecure_value\}$/),
      instance_initiated_shutdown_behavior: 'terminate',
      instance_type: 'm7i.large',
      lifecycle: { ignore_changes: ['image_id'] },
      metadata_options: {
        http_endpoint: 'enabled',
        http_put_response_hop_limit: 1,
        http_tokens: 'required',
        instance_metadata_tags: 'enabled',
      },
      name: 'dev-nodes-workers',
      network_interfaces: [
        {
          associate_public_ip_address: 'false',
          delete_on_termination: 'true',
          device_index: 0,
          security_groups: ['sg-0123456789abcdef0'],
        },
      ],
      tag_specifications: [{ resource_type: 'volume', tags: { Name: 'dev-workers', owner: 'me' } }],
      tags: { Name: 'dev-nodes-workers', owner: 'me' },
      user_data: 'IyEvYmluL3NoCg==',
    });
  });

  it('of spot come from the pools with room and a low price, and leave before they are taken', () => {
    const synth = build({
      instanceTypes: ['m7i.large', 'm6i.large'],
      spot: { maxPrice: '0.05', onDemandBase: 1, onDemandPercent: 20 },
    });
    const group = only(synth, 'aws_autoscaling_group');
    expect(group).toMatchObject({
      capacity_rebalance: true,
      mixed_instances_policy: {
        instances_distribution: {
          on_demand_allocation_strategy: 'prioritized',
          on_demand_base_capacity: 1,
          on_demand_percentage_above_base_capacity: 20,
          spot_allocation_strategy: 'price-capacity-optimized',
          spot_max_price: '0.05',
        },
        launch_template: {
          launch_template_specification: { version: '$Latest' },
          override: [{ instance_type: 'm7i.large' }, { instance_type: 'm6i.large' }],
        },
      },
    });
    expect(group).not.toHaveProperty('launch_template');
    expect(JSON.stringify(group)).not.toMatch(/spot_instance_pools|instance_refresh/);
  });

  it('of several types on demand take the first one that there is', () => {
    const group = only(build({ instanceTypes: ['m7i.large', 'm6i.large'] }), 'aws_autoscaling_group');
    expect(group).toMatchObject({
      mixed_instances_policy: {
        instances_distribution: { on_demand_percentage_above_base_capacity: 100 },
      },
    });
    expect(group).not.toHaveProperty('capacity_rebalance');
  });

  it('are none after their lease: AWS ends them, and then the largest size is 0 and no action is left', () => {
    const synth = build({}, true);
    expect(only(synth, 'aws_autoscaling_group').max_size).toMatch(
      new RegExp(`^\\$\\{${LIVE} \\? 10 : 0\\}$`),
    );
    expect(only(synth, 'aws_autoscaling_schedule')).toEqual({
      autoscaling_group_name: expect.stringMatching(/^\$\{aws_autoscaling_group\.Nodes_\w+\.name\}$/),
      count: expect.stringMatching(new RegExp(`^\\$\\{${LIVE} \\? 1 : 0\\}$`)),
      desired_capacity: 0,
      max_size: 0,
      min_size: 0,
      scheduled_action_name: 'lease-end',
      start_time: expect.stringMatching(/^\$\{timeadd\(terraform_data\.Lease_\w+\.input, "600s"\)\}$/),
    });
  });

  it('know the root disk of any image', () => {
    const synth = build({ image: NodeImage.newestNamed('lab-*', 'self') });
    expect(JSON.stringify(only(synth, 'aws_launch_template').block_device_mappings)).toMatch(
      /"device_name":"\$\{data\.aws_ami\.Nodes_Image_\w+\.root_device_name\}"/,
    );
    const byId = build();
    expect(Object.values(byId.data?.aws_ami ?? {})).toEqual([
      { filter: [{ name: 'image-id', values: ['ami-0123456789abcdef0'] }] },
    ]);
  });

  it('wait for the rights that they need when they boot', () => {
    const synth = synthesized((stack) => {
      const profile = new NodeProfile(stack, 'Profile', { name: 'dev-nodes-workers' });
      profile.grantEnd('us-gov-west-1', 'dev-nodes-workers');
      new ElasticNodes(stack, 'Nodes', {
        ...commonProps(),
        profile,
        initial: 0,
        max: 1,
        instanceTypes: ['m7i.large'],
      });
    });
    expect(only(synth, 'aws_autoscaling_group').depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.Profile_End_\w+$/),
    ]);
    expect(JSON.parse(String(only(synth, 'aws_iam_role_policy').policy)).Statement).toEqual([
      {
        Action: 'autoscaling:TerminateInstanceInAutoScalingGroup',
        Effect: 'Allow',
        Resource:
          'arn:aws-us-gov:autoscaling:us-gov-west-1:*:autoScalingGroup:*:autoScalingGroupName/dev-nodes-workers',
      },
    ]);
  });

  it.each<[string, Partial<ElasticNodesProps>, string]>([
    ['more at first than at most', { initial: 11 }, 'initial: must be 0 to max (10), got 11'],
    ['no type', { instanceTypes: [] }, 'instanceTypes: must be 1 to 40, got 0'],
    [
      'forty-one types',
      { instanceTypes: Array.from({ length: 41 }, (_, index) => `m7i.${index}xlarge`) },
      'instanceTypes: must be 1 to 40, got 41',
    ],
    ['more than all', { spot: { onDemandPercent: 101 } }, 'spot.onDemandPercent: must be 0 to 100, got 101'],
  ])('refuse %s', (_, props, message) => {
    expect(() => build(props)).toThrow(message);
  });
});
