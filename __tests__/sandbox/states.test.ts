import { type Caller, SimulatedCloud } from './simulated-cloud';

// Each expectation is what the real provider 5.100.0 keeps in a state; its cloud was the simulator moto.

let cloud: SimulatedCloud;
let aws: Caller;
beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller({ region: 'us-east-1' });
});
afterAll(() => cloud.stop());

const TRUST = { assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' };

it('has the empty value, not null, for arguments that are not set', async () => {
  const vpc = await aws.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
  expect(vpc).toMatchObject({ ipv6_ipam_pool_id: '', ipv6_netmask_length: 0, ipv4_ipam_pool_id: null });
  const subnet = await aws.create('aws_subnet', { vpc_id: vpc.id ?? null, cidr_block: '10.0.1.0/24' });
  expect(subnet).toMatchObject({ outpost_arn: '', map_customer_owned_ip_on_launch: false });
});

it('has no tags after an apply, and empty ones after a refresh', async () => {
  const gateway = await aws.create('aws_vpn_gateway', {});
  expect(gateway.tags).toBeNull();
  expect((await aws.read('aws_vpn_gateway', gateway))?.tags).toEqual({});
});

it('finds the prefix in a generated name', async () => {
  const role = await aws.create('aws_iam_role', TRUST);
  expect(role).toMatchObject({ name_prefix: 'terraform-', description: '' });
  const named = await aws.create('aws_iam_role', { ...TRUST, name: 'reader' });
  expect(named.name_prefix).toBe('');
});

it('shows the policies of a role inside it', async () => {
  const role = await aws.create('aws_iam_role', { ...TRUST, name: 'writer' });
  expect(role.inline_policy).toEqual([]);
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  await aws.create('aws_iam_role_policy', { role: 'writer', name: 'all', policy });
  expect((await aws.read('aws_iam_role', role))?.inline_policy).toEqual([{ name: 'all', policy }]);
});

it('shows the main route table as the default one', async () => {
  const vpc = await aws.create('aws_vpc', { cidr_block: '10.1.0.0/16' });
  const table = await aws.create('aws_route_table', { vpc_id: vpc.id ?? null });
  const ends = { vpc_id: vpc.id ?? null, route_table_id: table.id ?? null };
  const association = await aws.create('aws_main_route_table_association', ends);
  expect(await aws.read('aws_vpc', vpc)).toMatchObject({
    main_route_table_id: table.id,
    default_route_table_id: table.id,
  });
  await aws.delete('aws_main_route_table_association', association);
  expect((await aws.read('aws_vpc', vpc))?.default_route_table_id).toBe(vpc.default_route_table_id);
});
