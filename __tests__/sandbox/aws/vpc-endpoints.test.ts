import type { ObjectValue } from '../../../sandbox/protocol/values';
import { type Caller, SimulatedCloud } from '../simulated-cloud';

let cloud: SimulatedCloud;
let aws: Caller;
let made: Readonly<Record<string, ObjectValue>>;

const id = (name: string): string => String(made[name]?.id);
const S3 = 'com.amazonaws.ap-northeast-1.s3';
const LOGS = 'com.amazonaws.ap-northeast-1.logs';

beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
  const vpc = await aws.create('aws_vpc', { cidr_block: '10.0.0.0/16', enable_dns_hostnames: true });
  const vpc_id = vpc.id ?? null;
  const plain = await aws.create('aws_vpc', { cidr_block: '10.1.0.0/16' });
  const zoned = (cidr_block: string, letter: string) =>
    aws.create('aws_subnet', { vpc_id, cidr_block, availability_zone: `ap-northeast-1${letter}` });
  const subnet = await zoned('10.0.0.0/24', 'a');
  const same = await zoned('10.0.1.0/24', 'a');
  const table = await aws.create('aws_route_table', { vpc_id });
  const group = await aws.create('aws_security_group', { vpc_id, name: 'endpoints' });
  const gateway = await aws.create('aws_vpc_endpoint', {
    vpc_id,
    service_name: S3,
    route_table_ids: [table.id ?? null],
  });
  const logs = await aws.create('aws_vpc_endpoint', {
    vpc_id,
    service_name: LOGS,
    vpc_endpoint_type: 'Interface',
    private_dns_enabled: true,
    subnet_ids: [subnet.id ?? null],
    security_group_ids: [group.id ?? null],
  });
  const options = await aws.create('aws_vpc_dhcp_options', { domain_name_servers: ['10.0.2.53'] });
  const association = await aws.create('aws_vpc_dhcp_options_association', {
    vpc_id,
    dhcp_options_id: options.id ?? null,
  });
  made = { vpc, plain, subnet, same, table, group, gateway, logs, options, association };
});
afterAll(() => cloud.stop());

async function refusal(action: Promise<unknown>): Promise<string> {
  const message = await action.then(
    () => 'accepted',
    (failure: Error) => failure.message,
  );
  return message.replace(/^.*, api error /, '').replace(/\b([a-z]+)-[0-9a-f]{8,17}\b/g, '$1-…');
}

it('gives a gateway endpoint a prefix list, and an interface endpoint names and interfaces', () => {
  expect(made.gateway).toMatchObject({ vpc_endpoint_type: 'Gateway', state: 'available', dns_entry: [] });
  expect(made.gateway?.prefix_list_id).toMatch(/^pl-[0-9a-f]{8}$/);
  expect(made.logs?.dns_entry).toEqual([
    expect.objectContaining({
      dns_name: expect.stringMatching(/^vpce-.*\.logs\.ap-northeast-1\.vpce\.amazonaws\.com$/),
    }),
    expect.objectContaining({ dns_name: 'logs.ap-northeast-1.amazonaws.com' }),
  ]);
  expect(made.logs?.network_interface_ids).toEqual([expect.stringMatching(/^eni-[0-9a-f]{17}$/)]);
});

it("gives the VPC the options, and AWS's own none when they go", async () => {
  const vpc = await aws.read('aws_vpc', made.vpc ?? {});
  expect(vpc?.dhcp_options_id).toBe(made.options?.id);
  const other = await aws.create('aws_vpc_dhcp_options_association', {
    vpc_id: id('plain'),
    dhcp_options_id: id('options'),
  });
  await aws.delete('aws_vpc_dhcp_options_association', other);
  expect((await aws.read('aws_vpc', made.plain ?? {}))?.dhcp_options_id).toBe('default');
});

const interfaces = (changes: ObjectValue): ObjectValue => ({
  vpc_id: id('vpc'),
  service_name: 'com.amazonaws.ap-northeast-1.ec2',
  vpc_endpoint_type: 'Interface',
  subnet_ids: [id('subnet')],
  ...changes,
});

it.each<[string, string, () => ObjectValue, string]>([
  [
    'a service that does not exist',
    'aws_vpc_endpoint',
    () => ({ vpc_id: id('vpc'), service_name: 'com.amazonaws.us-east-1.s3' }),
    "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.s3' does not exist",
  ],
  [
    'a gateway of a service that has none',
    'aws_vpc_endpoint',
    () => ({ vpc_id: id('vpc'), service_name: LOGS }),
    "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.ap-northeast-1.logs' does not exist",
  ],
  [
    'a second gateway in a route table',
    'aws_vpc_endpoint',
    () => ({ vpc_id: id('vpc'), service_name: S3, route_table_ids: [id('table')] }),
    'RouteAlreadyExists: route table rtb-… already has a route with destination-prefix-list-id pl-…',
  ],
  [
    'two subnets of a zone',
    'aws_vpc_endpoint',
    () => interfaces({ subnet_ids: [id('subnet'), id('same')] }),
    'DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of subnet-…. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.',
  ],
  [
    'names that another endpoint has',
    'aws_vpc_endpoint',
    () => interfaces({ service_name: LOGS, private_dns_enabled: true }),
    'InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for logs.ap-northeast-1.amazonaws.com in the VPC vpc-…',
  ],
  [
    'names in a VPC without host names',
    'aws_vpc_endpoint',
    () => interfaces({ vpc_id: id('plain'), subnet_ids: [], private_dns_enabled: true }),
    'InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for vpc-…',
  ],
  [
    'options that do not exist',
    'aws_vpc_dhcp_options_association',
    () => ({ vpc_id: id('plain'), dhcp_options_id: 'dopt-0123456789abcdef0' }),
    "InvalidDhcpOptionID.NotFound: The dhcpOption ID 'dopt-…' does not exist",
  ],
])('AWS refuses %s', async (_name, type, config, message) => {
  expect(await refusal(aws.create(type, config()))).toBe(message);
});

it.each([
  [
    'a subnet',
    'aws_subnet',
    'subnet',
    "DependencyViolation: The subnet 'subnet-…' has dependencies and cannot be deleted.",
  ],
  [
    'a security group',
    'aws_security_group',
    'group',
    'DependencyViolation: resource sg-… has a dependent object',
  ],
  [
    'DHCP options',
    'aws_vpc_dhcp_options',
    'options',
    "DependencyViolation: The dhcpOptions 'dopt-…' has dependencies and cannot be deleted.",
  ],
])('AWS refuses to delete %s in use', async (_name, type, name, message) => {
  expect(await refusal(aws.delete(type, made[name] ?? {}))).toBe(message);
});
