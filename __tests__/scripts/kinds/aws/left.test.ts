import { AWS_LEFT } from '../../../../scripts/kinds/aws/left/types';
import type { LeftKnown, LeftQuestion } from '../../../../scripts/kinds/left';

const NOTHING: LeftKnown = { objects: () => [], answer: () => undefined };

function idsOf(
  type: string,
  planned: Readonly<Record<string, unknown>>,
  answer: LeftKnown['answer'] = () => undefined,
) {
  const row = AWS_LEFT[type];
  if (row?.how !== 'import') throw new Error(`${type} is not imported`);
  return row.ids({ address: `${type}.X`, type, planned }, { ...NOTHING, answer });
}

test.each([
  ['aws_route', { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' }, 'rtb-1_0.0.0.0/0'],
  ['aws_route', { route_table_id: 'rtb-1', destination_prefix_list_id: 'pl-1' }, 'rtb-1_pl-1'],
  ['aws_route_table_association', { subnet_id: 'subnet-1', route_table_id: 'rtb-1' }, 'subnet-1/rtb-1'],
  ['aws_iam_role_policy', { role: 'dev-a', name: 'end' }, 'dev-a:end'],
  ['aws_scheduler_schedule', { group_name: 'dev-a', name: 'n1' }, 'dev-a/n1'],
  [
    'aws_autoscaling_schedule',
    { autoscaling_group_name: 'g', scheduled_action_name: 'lease-end' },
    'g/lease-end',
  ],
  [
    'aws_volume_attachment',
    { device_name: '/dev/sdf', volume_id: 'vol-1', instance_id: 'i-1' },
    '/dev/sdf:vol-1:i-1',
  ],
])('the id of %s follows from %j', (type, planned, id) => {
  expect(idsOf(type, planned)).toEqual([id]);
  const [first = ''] = Object.keys(planned);
  // A parent that is not known yet.
  expect(idsOf(type, { ...planned, [first]: undefined })).toEqual([]);
});

describe('what AWS names is found by its tags', () => {
  const tags = { Name: 'dev-a', 'kakehashi:entry': 'dev/aws/a', other: 'x' };
  const arn = (id: string) => `arn:aws:ec2:ap-northeast-1:123456789012:${id}`;
  const listed = [
    { resource_arn: arn('vpc/vpc-1'), tags },
    { resource_arn: arn('subnet/subnet-1'), tags },
    { resource_arn: arn('vpc/vpc-2'), tags: { ...tags, Name: 'dev-b' } },
    { resource_arn: arn('vpc-flow-log/fl-1'), tags },
  ];
  const tagging = ({ data }: LeftQuestion) =>
    'aws_resourcegroupstaggingapi_resources' in data ? listed : ['vpc-1', 'vpc-3'];

  test('by the tagging service and by the service itself, each once', () => {
    expect(idsOf('aws_vpc', { tags_all: tags }, tagging)).toEqual(['vpc-1', 'vpc-3']);
    expect(idsOf('aws_flow_log', { tags_all: tags }, tagging)).toEqual(['fl-1']);
  });

  test.each([[{}], [{ Name: 'dev-a' }], [{ 'kakehashi:entry': 'dev/aws/a' }]])(
    'never by these alone: %j',
    (some) => {
      expect(idsOf('aws_vpc', { tags_all: some }, tagging)).toEqual([]);
    },
  );
});

test('a rule is found by what it allows', () => {
  const rule = {
    security_group_rule_id: 'sgr-1',
    is_egress: false,
    ip_protocol: 'tcp',
    from_port: 22,
    to_port: 22,
    cidr_ipv4: '10.0.0.0/8',
  };
  const planned = {
    security_group_id: 'sg-1',
    ip_protocol: 'tcp',
    from_port: 22,
    to_port: 22,
    cidr_ipv4: '10.0.0.0/8',
  };
  const type = 'aws_vpc_security_group_ingress_rule';
  expect(idsOf(type, planned, () => [rule])).toEqual(['sgr-1']);
  expect(idsOf(type, { ...planned, to_port: 23 }, () => [rule])).toEqual([]);
  expect(idsOf(type, planned, () => [{ ...rule, is_egress: true }])).toEqual([]);
  const all = { security_group_id: 'sg-1', ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' };
  const told = {
    ...rule,
    ip_protocol: '-1',
    from_port: -1,
    to_port: -1,
    cidr_ipv4: '0.0.0.0/0',
    is_egress: true,
  };
  expect(idsOf('aws_vpc_security_group_egress_rule', all, () => [told])).toEqual(['sgr-1']);
});

describe('what can not be imported is written as the provider would', () => {
  const written = (type: string, planned: Readonly<Record<string, unknown>>, known: Partial<LeftKnown>) => {
    const row = AWS_LEFT[type];
    if (row?.how !== 'state') throw new Error(`${type} is not written`);
    return row.attributes({ address: `${type}.X`, type, planned }, { ...NOTHING, ...known });
  };

  test('the main association keeps the original table of the VPC', () => {
    const planned = { vpc_id: 'vpc-1', route_table_id: 'rtb-2' };
    const objects = () => [{ id: 'vpc-1', default_route_table_id: 'rtb-1' }];
    const type = 'aws_main_route_table_association';
    expect(written(type, planned, { objects, answer: () => ['rtbassoc-1'] })).toEqual({
      id: 'rtbassoc-1',
      vpc_id: 'vpc-1',
      route_table_id: 'rtb-2',
      original_route_table_id: 'rtb-1',
    });
    // Another table is the main one: it is still to be made.
    expect(written(type, planned, { objects, answer: () => [] })).toBeUndefined();
  });

  test('a route of a connection, where the connection has it', () => {
    const planned = { vpn_connection_id: 'vpn-1', destination_cidr_block: '10.0.0.0/24' };
    const having = (routes: readonly unknown[]) => ({ objects: () => [{ id: 'vpn-1', routes }] });
    const type = 'aws_vpn_connection_route';
    expect(written(type, planned, having([{ destination_cidr_block: '10.0.0.0/24' }]))).toEqual({
      id: '10.0.0.0/24:vpn-1',
      ...planned,
    });
    expect(written(type, planned, having([]))).toBeUndefined();
  });

  test('a propagation, where the table has it', () => {
    const planned = { vpn_gateway_id: 'vgw-1', route_table_id: 'rtb-1' };
    const having = (gateways: readonly string[]) => ({
      objects: () => [{ id: 'rtb-1', propagating_vgws: gateways }],
    });
    const type = 'aws_vpn_gateway_route_propagation';
    expect(written(type, planned, having(['vgw-1']))).toEqual({ id: 'vgw-1_rtb-1', ...planned });
    expect(written(type, planned, having(['vgw-2']))).toBeUndefined();
  });
});
