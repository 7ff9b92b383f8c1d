import { type Caller, SimulatedCloud } from './simulated-cloud';

let cloud: SimulatedCloud;
let aws: Caller;
beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
});
afterAll(() => cloud.stop());

function tags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']));
}

const NETWORK = { cidr_block: '10.0.0.0/16' };

it('takes 50 tags, refuses 51', async () => {
  const vpc = await aws.create('aws_vpc', { ...NETWORK, tags: tags(50) });
  expect(Object.keys(vpc.tags_all ?? {})).toHaveLength(50);
  await expect(aws.create('aws_vpc', { ...NETWORK, tags: tags(51) })).rejects.toThrow('TagLimitExceeded');
  await expect(aws.update('aws_vpc', vpc, { ...NETWORK, tags: tags(51) })).rejects.toThrow(
    'TagLimitExceeded',
  );
});

it.each([
  ['aws:name', 'x', "Tag keys starting with 'aws:' are reserved for internal use"],
  ['k'.repeat(129), 'x', 'Tag key exceeds the maximum length of 128 characters'],
  ['key', 'v'.repeat(257), 'Tag value exceeds the maximum length of 256 characters'],
])('refuses the tag %.10s', async (key, value, words) => {
  const request = aws.create('aws_vpc', { ...NETWORK, tags: { [key]: value } });
  await expect(request).rejects.toThrow(`InvalidParameterValue: ${words}`);
});

describe('parts of an object', () => {
  it('go with it, even where Terraform has forgotten them', async () => {
    const vpc = await aws.create('aws_vpc', NETWORK);
    const vpc_id = vpc.id ?? null;
    const subnet = await aws.create('aws_subnet', { vpc_id, cidr_block: '10.0.1.0/24' });
    const table = await aws.create('aws_route_table', { vpc_id });
    const ends = { route_table_id: table.id ?? null, subnet_id: subnet.id ?? null };
    const association = await aws.create('aws_route_table_association', ends);
    const group = await aws.create('aws_security_group', { vpc_id, name: 'parts' });
    const rule = await aws.create('aws_vpc_security_group_egress_rule', {
      security_group_id: group.id ?? null,
      ip_protocol: '-1',
      cidr_ipv4: '0.0.0.0/0',
    });
    await aws.delete('aws_subnet', subnet);
    expect(await aws.read('aws_route_table_association', association)).toBeNull();
    await aws.delete('aws_route_table', table);
    await aws.delete('aws_security_group', group);
    expect(await aws.read('aws_vpc_security_group_egress_rule', rule)).toBeNull();
    await aws.delete('aws_vpc', vpc);
  });
});

describe('rules of security groups', () => {
  it('name groups of the same VPC only, and ports that there are', async () => {
    const group = async (cidr_block: string) => {
      const vpc = await aws.create('aws_vpc', { cidr_block });
      return aws.create('aws_security_group', { vpc_id: vpc.id ?? null, name: 'nodes' });
    };
    const [one, other] = [await group('10.1.0.0/16'), await group('10.2.0.0/16')];
    const rule = { security_group_id: one.id ?? null, ip_protocol: 'tcp', from_port: 1, to_port: 2 };
    const type = 'aws_vpc_security_group_ingress_rule';
    await expect(
      aws.create(type, { ...rule, referenced_security_group_id: other.id ?? null }),
    ).rejects.toThrow(
      'InvalidGroup.NotFound: You have specified two resources that belong to different networks.',
    );
    await expect(
      aws.create('aws_security_group_rule', {
        security_group_id: one.id ?? null,
        type: 'ingress',
        protocol: 'tcp',
        from_port: 1,
        to_port: 65536,
        cidr_blocks: ['10.0.0.0/8'],
      }),
    ).rejects.toThrow(/65536/);
  });
});
