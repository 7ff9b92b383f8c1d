import { imageOf } from '../../../sandbox/aws/compute/images';
import { AWS_FILES } from '../../../sandbox/aws/files';
import { MANAGED_TYPES } from '../../../sandbox/aws/types';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import { typesOf } from '../../../sandbox/provider/resource-type';
import {
  type Made,
  type RecordedState,
  runScenario,
  type ScenarioObject,
} from '../../../tools/fidelity/states';
import { SimulatedCloud } from '../simulated-cloud';

function object(
  label: string,
  type: string,
  configuration: ObjectValue | ((id: (label: string) => string) => ObjectValue),
): ScenarioObject {
  const idIn = (made: Made) => (other: string) => String(made[other]?.id);
  return {
    label,
    type: `aws_${type}`,
    configuration: (made) =>
      typeof configuration === 'function' ? configuration(idIn(made)) : configuration,
  };
}

const TRUST = '{ "Statement": [], "Version": "2012-10-17" }';

const NODES_TRUST =
  '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"scheduler.amazonaws.com"}}],"Version":"2012-10-17"}';

const BUCKET_POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::kakehashi-lab"}]}';

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl somebody@example.org';

const IMAGE =
  imageOf('us-east-1', '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id')
    ?.id ?? '';

const RULE = { type: 'ingress', from_port: 1, to_port: 2, cidr_blocks: ['10.0.0.0/8'] };

/** Every simulated type, in the spellings that mean the same to the real provider. */
const OBJECTS: readonly ScenarioObject[] = [
  object('vpc', 'vpc', { cidr_block: '10.0.0.0/16', tags: { Name: 'a', empty: '' } }),
  object('vpc without tags', 'vpc', { cidr_block: '10.1.0.0/16', tags: {} }),
  object('vpc with names', 'vpc', { cidr_block: '10.2.0.0/16', enable_dns_hostnames: true }),
  object('subnet of names', 'subnet', (id) => ({ vpc_id: id('vpc with names'), cidr_block: '10.2.0.0/24' })),
  object('other subnet of names', 'subnet', (id) => ({
    vpc_id: id('vpc with names'),
    cidr_block: '10.2.1.0/24',
  })),
  object('group of names', 'security_group', (id) => ({ vpc_id: id('vpc with names'), name: 'names' })),
  object('table of names', 'route_table', (id) => ({ vpc_id: id('vpc with names') })),
  object('subnet', 'subnet', (id) => ({ vpc_id: id('vpc'), cidr_block: '10.0.0.0/24' })),
  object('internet gateway', 'internet_gateway', (id) => ({ vpc_id: id('vpc') })),
  object('address', 'eip', { domain: 'vpc' }),
  object('address, older spelling', 'eip', { vpc: true }),
  object('NAT', 'nat_gateway', (id) => ({ subnet_id: id('subnet'), allocation_id: id('address') })),
  object('table', 'route_table', (id) => ({ vpc_id: id('vpc') })),
  object('table with routes', 'route_table', (id) => ({
    vpc_id: id('vpc'),
    route: [{ cidr_block: '0.0.0.0/0', gateway_id: id('internet gateway') }],
  })),
  object('route', 'route', (id) => ({
    route_table_id: id('table'),
    destination_cidr_block: '10.9.0.0/16',
    gateway_id: id('internet gateway'),
  })),
  object('association', 'route_table_association', (id) => ({
    subnet_id: id('subnet'),
    route_table_id: id('table'),
  })),
  object('main table', 'main_route_table_association', (id) => ({
    vpc_id: id('vpc'),
    route_table_id: id('table with routes'),
  })),
  object('default group', 'default_security_group', (id) => ({ vpc_id: id('vpc') })),
  object('group', 'security_group', (id) => ({ vpc_id: id('vpc'), name: 'a', description: '' })),
  object('endpoint of S3', 'vpc_endpoint', (id) => ({
    vpc_id: id('vpc with names'),
    service_name: 'com.amazonaws.us-east-1.s3',
    route_table_ids: [id('table of names')],
  })),
  object('endpoint with interfaces', 'vpc_endpoint', (id) => ({
    vpc_id: id('vpc with names'),
    service_name: 'com.amazonaws.us-east-1.ecr.api',
    vpc_endpoint_type: 'Interface',
    private_dns_enabled: true,
    subnet_ids: [id('subnet of names')],
  })),
  object('outbound endpoint', 'route53_resolver_endpoint', (id) => ({
    direction: 'OUTBOUND',
    security_group_ids: [id('group of names')],
    ip_address: [
      { subnet_id: id('subnet of names'), ip: '10.2.0.10' },
      { subnet_id: id('subnet of names'), ip: '10.2.0.11' },
    ],
  })),
  object('endpoint whose addresses are chosen', 'route53_resolver_endpoint', (id) => ({
    name: 'chosen',
    direction: 'OUTBOUND',
    security_group_ids: [id('group of names')],
    ip_address: [{ subnet_id: id('subnet of names') }, { subnet_id: id('other subnet of names') }],
  })),
  object('rule of a domain', 'route53_resolver_rule', (id) => ({
    domain_name: 'corp.example.org',
    rule_type: 'FORWARD',
    resolver_endpoint_id: id('outbound endpoint'),
    target_ip: [
      { ip: '10.0.2.53', port: 53 },
      { ip: '10.0.2.54', port: 54 },
    ],
  })),
  object('rule that leaves a domain to AWS', 'route53_resolver_rule', {
    domain_name: 'aws.corp.example.org',
    rule_type: 'SYSTEM',
    name: '',
  }),
  object('rule in use', 'route53_resolver_rule_association', (id) => ({
    resolver_rule_id: id('rule of a domain'),
    vpc_id: id('vpc with names'),
  })),
  object('options', 'vpc_dhcp_options', { domain_name_servers: ['10.0.2.53', 'AmazonProvidedDNS'] }),
  object('options in use', 'vpc_dhcp_options_association', (id) => ({
    vpc_id: id('vpc with names'),
    dhcp_options_id: id('options'),
  })),
  object('group with prefix', 'security_group', (id) => ({ vpc_id: id('vpc'), name_prefix: 'a-' })),
  object('group with rules', 'security_group', (id) => ({
    vpc_id: id('vpc'),
    ingress: [{ protocol: 'TCP', from_port: 1, to_port: 2, cidr_blocks: ['10.0.0.0/8'] }],
    egress: [{ protocol: 'all', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
  })),
  ...['tcp', 'UDP', '50', '1', '-1'].map((protocol) =>
    object(`rule of ${protocol}`, 'security_group_rule', (id) => ({
      ...RULE,
      ...(protocol === '-1' ? { from_port: 0, to_port: 0 } : {}),
      protocol,
      security_group_id: id('group'),
    })),
  ),
  ...['tcp', '17', '-1'].map((ip_protocol) =>
    object(`ingress rule of ${ip_protocol}`, 'vpc_security_group_ingress_rule', (id) => ({
      security_group_id: id('group with prefix'),
      cidr_ipv4: '10.0.0.0/8',
      ip_protocol,
      ...(ip_protocol === '-1' ? {} : { from_port: 1, to_port: 2 }),
    })),
  ),
  object('egress rule', 'vpc_security_group_egress_rule', (id) => ({
    security_group_id: id('group with prefix'),
    cidr_ipv4: '0.0.0.0/0',
    ip_protocol: '-1',
  })),
  object('VPN gateway', 'vpn_gateway', (id) => ({ vpc_id: id('vpc') })),
  object('free VPN gateway', 'vpn_gateway', { amazon_side_asn: '64520' }),
  object('attachment', 'vpn_gateway_attachment', (id) => ({
    vpc_id: id('vpc without tags'),
    vpn_gateway_id: id('free VPN gateway'),
  })),
  object('propagation', 'vpn_gateway_route_propagation', (id) => ({
    route_table_id: id('table'),
    vpn_gateway_id: id('VPN gateway'),
  })),
  object('customer gateway', 'customer_gateway', {
    ip_address: '198.51.100.10',
    bgp_asn: '65000',
    type: 'ipsec.1',
  }),
  object('connection', 'vpn_connection', (id) => ({
    customer_gateway_id: id('customer gateway'),
    vpn_gateway_id: id('VPN gateway'),
    type: 'ipsec.1',
    static_routes_only: true,
    tunnel1_phase1_dh_group_numbers: [20, 14],
    tunnel2_inside_cidr: '169.254.10.0/30',
  })),
  object('connection route', 'vpn_connection_route', (id) => ({
    vpn_connection_id: id('connection'),
    destination_cidr_block: '192.168.0.0/24',
  })),
  object('transit gateway', 'ec2_transit_gateway', { description: 'hub', tags: {} }),
  object('transit gateway without defaults', 'ec2_transit_gateway', {
    amazon_side_asn: 4200000000,
    default_route_table_association: 'disable',
    default_route_table_propagation: 'disable',
    transit_gateway_cidr_blocks: ['10.99.0.0/24'],
  }),
  object('transit table', 'ec2_transit_gateway_route_table', (id) => ({
    transit_gateway_id: id('transit gateway without defaults'),
  })),
  object('VPC at the default table', 'ec2_transit_gateway_vpc_attachment', (id) => ({
    transit_gateway_id: id('transit gateway'),
    vpc_id: id('vpc'),
    subnet_ids: [id('subnet')],
  })),
  object('VPC without defaults', 'ec2_transit_gateway_vpc_attachment', (id) => ({
    transit_gateway_id: id('transit gateway without defaults'),
    vpc_id: id('vpc with names'),
    subnet_ids: [id('subnet of names')],
    transit_gateway_default_route_table_association: false,
    transit_gateway_default_route_table_propagation: false,
  })),
  object('transit association', 'ec2_transit_gateway_route_table_association', (id) => ({
    transit_gateway_attachment_id: id('VPC without defaults'),
    transit_gateway_route_table_id: id('transit table'),
  })),
  object('transit propagation', 'ec2_transit_gateway_route_table_propagation', (id) => ({
    transit_gateway_attachment_id: id('VPC without defaults'),
    transit_gateway_route_table_id: id('transit table'),
  })),
  object('transit route', 'ec2_transit_gateway_route', (id) => ({
    destination_cidr_block: '10.2.0.0/16',
    transit_gateway_attachment_id: id('VPC without defaults'),
    transit_gateway_route_table_id: id('transit table'),
  })),
  object('black hole', 'ec2_transit_gateway_route', (id) => ({
    destination_cidr_block: '10.3.0.0/16',
    blackhole: true,
    transit_gateway_route_table_id: id('transit table'),
  })),
  object('route to a transit gateway', 'route', (id) => ({
    route_table_id: id('table of names'),
    destination_cidr_block: '10.9.0.0/16',
    transit_gateway_id: id('transit gateway without defaults'),
  })),
  object('connection of a transit gateway', 'vpn_connection', (id) => ({
    customer_gateway_id: id('customer gateway'),
    transit_gateway_id: id('transit gateway'),
    type: 'ipsec.1',
    enable_acceleration: true,
  })),
  object('share', 'ram_resource_share', { name: 'hub' }),
  object('shared gateway', 'ram_resource_association', (id) => ({
    resource_arn: `arn:aws:ec2:us-east-1:123456789012:transit-gateway/${id('transit gateway')}`,
    resource_share_arn: id('share'),
  })),
  object('account', 'ram_principal_association', (id) => ({
    principal: '444455556666',
    resource_share_arn: id('share'),
  })),
  object('log group', 'cloudwatch_log_group', { name: '/lab/flow', retention_in_days: 0 }),
  object('role', 'iam_role', { name: 'lab', assume_role_policy: TRUST, description: '' }),
  object('role with prefix', 'iam_role', { name_prefix: 'lab-', assume_role_policy: TRUST }),
  object('policy', 'iam_role_policy', (id) => ({ role: id('role'), name: 'all', policy: TRUST })),
  object('flow log', 'flow_log', (id) => ({
    vpc_id: id('vpc'),
    traffic_type: 'ALL',
    iam_role_arn: 'arn:aws:iam::123456789012:role/lab',
    log_destination: 'arn:aws:logs:us-east-1:123456789012:log-group:/lab/flow',
  })),
  object('key', 'key_pair', { key_name: 'lab', public_key: `${PUBLIC_KEY}\n` }),
  object('role of nodes', 'iam_role', { name: 'nodes', assume_role_policy: NODES_TRUST }),
  object('policy of AWS', 'iam_role_policy_attachment', {
    role: 'nodes',
    policy_arn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
  }),
  object('profile', 'iam_instance_profile', { name: 'nodes', role: 'nodes' }),
  object('profile without role', 'iam_instance_profile', { name_prefix: 'none-' }),
  object('placement group', 'placement_group', { name: 'near', strategy: 'cluster' }),
  object('placement group in parts', 'placement_group', { name: 'parts', strategy: 'partition' }),
  object('card', 'network_interface', (id) => ({ subnet_id: id('subnet') })),
  object('card with addresses', 'network_interface', (id) => ({
    subnet_id: id('subnet'),
    private_ips: ['10.0.0.40', '10.0.0.41'],
    security_groups: [id('group')],
  })),
  object('instance', 'instance', (id) => ({
    ami: IMAGE,
    instance_type: 't3.micro',
    subnet_id: id('subnet'),
    user_data: '#!/bin/sh\n',
  })),
  object('instance with everything', 'instance', (id) => ({
    ami: IMAGE,
    instance_type: 'm7i.large',
    subnet_id: id('subnet'),
    private_ip: '10.0.0.30',
    vpc_security_group_ids: [id('group')],
    key_name: 'lab',
    iam_instance_profile: 'nodes',
    placement_group: 'near',
    user_data_base64: 'IyEvYmluL3NoCg==',
    metadata_options: [{ http_tokens: 'required', http_put_response_hop_limit: 1 }],
    root_block_device: [{ volume_size: 16, encrypted: true }],
    ebs_block_device: [{ device_name: '/dev/sdg', volume_size: 5 }],
  })),
  object('instance with a card', 'instance', (id) => ({
    ami: IMAGE,
    instance_type: 't3.micro',
    network_interface: [{ network_interface_id: id('card'), device_index: 0 }],
  })),
  object('spot instance', 'instance', (id) => ({
    ami: IMAGE,
    instance_type: 't3.micro',
    subnet_id: id('subnet'),
    instance_market_options: [{ market_type: 'spot' }],
  })),
  object('address of an instance', 'eip', (id) => ({ domain: 'vpc', instance: id('instance') })),
  object('volume', 'ebs_volume', { availability_zone: 'us-east-1a', size: 10 }),
  object('encrypted volume', 'ebs_volume', {
    availability_zone: 'us-east-1a',
    size: 10,
    type: 'gp3',
    encrypted: true,
  }),
  object('attached volume', 'volume_attachment', (id) => ({
    device_name: '/dev/sdf',
    volume_id: id('volume'),
    instance_id: id('instance'),
  })),
  object('template', 'launch_template', (id) => ({
    name: 'lab',
    image_id: IMAGE,
    instance_type: 'm7i.large',
    vpc_security_group_ids: [id('group')],
    metadata_options: [{ http_tokens: 'required' }],
    block_device_mappings: [
      { device_name: '/dev/sda1', ebs: [{ volume_size: 16, volume_type: 'gp3', encrypted: 'true' }] },
    ],
  })),
  object('instance of a template', 'instance', (id) => ({
    subnet_id: id('subnet'),
    launch_template: [{ id: id('template') }],
  })),
  object('empty template', 'launch_template', { name_prefix: 'lab-' }),
  object('group of instances', 'autoscaling_group', (id) => ({
    name: 'lab',
    min_size: 0,
    max_size: 2,
    desired_capacity: 1,
    vpc_zone_identifier: [id('subnet')],
    launch_template: [{ id: id('template'), version: '$Latest' }],
    tag: [{ key: 'a', value: 'b', propagate_at_launch: true }],
  })),
  object('mixed group', 'autoscaling_group', (id) => ({
    name_prefix: 'mixed-',
    min_size: 0,
    max_size: 2,
    vpc_zone_identifier: [id('subnet')],
    mixed_instances_policy: [
      {
        instances_distribution: [{ on_demand_percentage_above_base_capacity: 0 }],
        launch_template: [
          {
            launch_template_specification: [{ launch_template_id: id('template') }],
            override: [{ instance_type: 'm7i.large' }, { instance_type: 'm6i.large' }],
          },
        ],
      },
    ],
  })),
  object('end of a group', 'autoscaling_schedule', {
    scheduled_action_name: 'end',
    autoscaling_group_name: 'lab',
    min_size: 0,
    max_size: 0,
    desired_capacity: 0,
    start_time: '2099-01-01T00:00:00Z',
  }),
  object('group of schedules', 'scheduler_schedule_group', { name: 'leases' }),
  object('end of instances', 'scheduler_schedule', {
    name: 'end',
    group_name: 'leases',
    schedule_expression: 'at(2099-01-01T00:00:00)',
    flexible_time_window: [{ mode: 'OFF' }],
    target: [
      {
        arn: 'arn:aws:scheduler:::aws-sdk:ec2:terminateInstances',
        role_arn: 'arn:aws:iam::123456789012:role/nodes',
        input: '{ "InstanceIds": [] }',
      },
    ],
  }),
  object('bucket', 's3_bucket', { bucket: 'kakehashi-lab' }),
  object('block of public access', 's3_bucket_public_access_block', {
    bucket: 'kakehashi-lab',
    block_public_acls: true,
  }),
  object('encryption', 's3_bucket_server_side_encryption_configuration', {
    bucket: 'kakehashi-lab',
    rule: [
      { apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms' }], bucket_key_enabled: true },
    ],
  }),
  object('versioning', 's3_bucket_versioning', {
    bucket: 'kakehashi-lab',
    versioning_configuration: [{ status: 'Enabled' }],
  }),
  object('ownership', 's3_bucket_ownership_controls', {
    bucket: 'kakehashi-lab',
    rule: [{ object_ownership: 'BucketOwnerEnforced' }],
  }),
  object('policy of a bucket', 's3_bucket_policy', { bucket: 'kakehashi-lab', policy: BUCKET_POLICY }),
  object('file', 's3_object', { bucket: 'kakehashi-lab', key: 'a/b', content: 'hello' }),
  object('encoded file', 's3_object', {
    bucket: 'kakehashi-lab',
    key: 'c',
    content_base64: 'aGVsbG8=',
    content_type: 'text/plain',
    tags: { a: 'b' },
  }),
  object('secret', 'secretsmanager_secret', { name: 'lab', recovery_window_in_days: 0 }),
  object('secret with prefix', 'secretsmanager_secret', { name_prefix: 'lab-', description: '' }),
  object('value', 'secretsmanager_secret_version', (id) => ({
    secret_id: id('secret'),
    secret_string: 'value',
  })),
  object('write-only value', 'secretsmanager_secret_version', (id) => ({
    secret_id: id('secret with prefix'),
    secret_string_wo: 'value',
    secret_string_wo_version: 1,
  })),
];

let cloud: SimulatedCloud;
let answers: Readonly<Record<string, RecordedState>>;
beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  const { client } = await cloud.caller({ region: 'us-east-1' });
  answers = await runScenario(
    client,
    typesOf(AWS_FILES),
    OBJECTS.map((object) => ({ ...object, asksKept: false })),
  );
}, 60_000);
afterAll(() => cloud.stop());

it('has every simulated type', () => {
  expect([...new Set(OBJECTS.map(({ type }) => type))].sort()).toEqual([...MANAGED_TYPES].sort());
});

it.each(OBJECTS.map(({ label }) => label))('the second plan of a %s is empty', (label) => {
  expect(answers[label]).toMatchObject({ applied: expect.anything(), planned: [] });
});
