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
