import { AWS_FILES } from '../../sandbox/aws/files';
import type { ObjectValue } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import { type Caller, SimulatedCloud } from './simulated-cloud';

let cloud: SimulatedCloud;
let aws: Caller;
let vpc: ObjectValue;

beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
  vpc = await aws.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
});
afterAll(() => cloud.stop());

/** What Terraform gets for a creation: the state, with which it has the resource as tainted, and the error. */
async function creation(type: string, given: ObjectValue) {
  const config = completed(AWS_FILES.schema.resource_schemas[type]?.block ?? {}, given);
  const { planned } = await aws.client.plan(type, null, config, config);
  const { state, diagnostics } = await aws.client.apply(type, null, planned, config);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ summary }) => summary);
  return {
    state,
    error: errors.join().replace(/ https response error StatusCode: 400, RequestID: [\w-]+,/, ''),
  };
}

describe('a refusal of the second call leaves the object of the first', () => {
  it.each<[string, () => ObjectValue, string]>([
    [
      'aws_internet_gateway',
      () => ({ vpc_id: 'vpc-none' }),
      "creating EC2 Internet Gateway: attaching EC2 Internet Gateway (ID) to VPC (vpc-none): operation error EC2: AttachInternetGateway, api error InvalidVpcID.NotFound: The vpc ID 'vpc-none' does not exist",
    ],
    [
      'aws_vpn_gateway',
      () => ({ vpc_id: 'vpc-none' }),
      "attaching EC2 VPN Gateway (ID) to VPC (vpc-none): operation error EC2: AttachVpnGateway, api error InvalidVpcID.NotFound: The vpc ID 'vpc-none' does not exist",
    ],
    [
      'aws_route_table',
      () => ({ vpc_id: vpc.id ?? null, route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-none' }] }),
      "creating Route in Route Table (ID) with destination (0.0.0.0/0): operation error EC2: CreateRoute, api error InvalidGatewayID.NotFound: The gateway ID 'igw-none' does not exist",
    ],
    [
      'aws_security_group',
      () => ({
        name: 'a',
        vpc_id: vpc.id ?? null,
        egress: [
          {
            from_port: 1,
            to_port: 1,
            protocol: 'tcp',
            security_groups: ['sg-none'],
            description: '',
            self: false,
          },
        ],
      }),
      "updating Security Group (ID) egress rules: authorizing Security Group (egress) rules: operation error EC2: AuthorizeSecurityGroupEgress, api error InvalidGroup.NotFound: The security group 'sg-none' does not exist",
    ],
    [
      'aws_default_security_group',
      () => ({
        vpc_id: vpc.id ?? null,
        ingress: [
          {
            from_port: 1,
            to_port: 1,
            protocol: 'tcp',
            security_groups: ['sg-none'],
            description: '',
            self: false,
          },
        ],
      }),
      "updating Security Group (ID) ingress rules: authorizing Security Group (ingress) rules: operation error EC2: AuthorizeSecurityGroupIngress, api error InvalidGroup.NotFound: The security group 'sg-none' does not exist",
    ],
    [
      'aws_eip',
      () => ({ domain: 'vpc', instance: 'i-none' }),
      "associating EC2 EIP (ID): operation error EC2: AssociateAddress, api error InvalidInstanceID.NotFound: The instance ID 'i-none' does not exist",
    ],
    [
      'aws_subnet',
      () => ({ vpc_id: vpc.id ?? null, cidr_block: '10.0.9.0/24', assign_ipv6_address_on_creation: true }),
      "creating EC2 Subnet: setting EC2 Subnet (ID) AssignIpv6AddressOnCreation: operation error EC2: ModifySubnetAttribute, api error InvalidParameterValue: Invalid value 'true' for assignIpv6AddressOnCreation. The subnet has no IPv6 CIDR block.",
    ],
    [
      'aws_iam_role',
      () => ({
        name: 'r',
        assume_role_policy: '{}',
        managed_policy_arns: ['arn:aws:iam::123456789012:policy/p'],
      }),
      'creating IAM Role (ID): attaching IAM Policy (arn:aws:iam::123456789012:policy/p) to IAM Role (ID): operation error IAM: AttachRolePolicy, api error NoSuchEntity: Policy arn:aws:iam::123456789012:policy/p does not exist or is not attachable.',
    ],
  ])('%s', async (type, given, expected) => {
    const { state, error } = await creation(type, given());
    expect(error.replaceAll(new RegExp(`(?<=\\()${String(state?.id)}(?=\\))`, 'g'), 'ID')).toBe(expected);
    const left = await aws.read(type, state ?? {});
    expect(left?.id).toBe(state?.id);
    await aws.delete(type, state ?? {});
  });

  it('aws_nat_gateway, which AWS makes and then lets fail', async () => {
    const subnet = await aws.create('aws_subnet', { vpc_id: vpc.id ?? null, cidr_block: '10.0.1.0/24' });
    const eip = await aws.create('aws_eip', { domain: 'vpc' });
    const ends = { subnet_id: subnet.id ?? null, allocation_id: eip.id ?? null };
    const { state, error } = await creation('aws_nat_gateway', ends);
    expect(error).toBe(
      `waiting for EC2 NAT Gateway (${String(state?.id)}) create: unexpected state 'failed', wanted target 'available'. last error: Gateway.NotAttached: Network ${String(vpc.id)} has no Internet gateway attached`,
    );
    await aws.delete('aws_nat_gateway', state ?? {});
  });
});

it('a refusal of the only call leaves nothing', async () => {
  const { state, error } = await creation('aws_subnet', { vpc_id: 'vpc-none', cidr_block: '10.0.1.0/24' });
  expect(state).toBeNull();
  expect(error).toContain('creating EC2 Subnet: operation error EC2: CreateSubnet');
});

describe('a VPN gateway that is made with its VPC and attached once more', () => {
  it('is no error, and is detached with the attachment', async () => {
    const gateway = await aws.create('aws_vpn_gateway', { vpc_id: vpc.id ?? null });
    const attachment = await aws.create('aws_vpn_gateway_attachment', {
      vpc_id: vpc.id ?? null,
      vpn_gateway_id: gateway.id ?? null,
    });
    expect((await aws.read('aws_vpn_gateway', gateway))?.vpc_id).toBe(vpc.id);
    await aws.delete('aws_vpn_gateway_attachment', attachment);
    expect((await aws.read('aws_vpn_gateway', gateway))?.vpc_id).toBe('');
    await aws.delete('aws_vpn_gateway', gateway);
  });
});

describe('what the cloud fills in', () => {
  it('is the ASN of a customer gateway, which the next plan then takes away by a replacement', async () => {
    const given = { ip_address: '198.51.100.10', type: 'ipsec.1' };
    const gateway = await aws.create('aws_customer_gateway', given);
    expect(gateway.bgp_asn).toBe('65000');
    const config = completed(AWS_FILES.schema.resource_schemas.aws_customer_gateway?.block ?? {}, given);
    const plan = await aws.client.plan(
      'aws_customer_gateway',
      gateway,
      { ...gateway, bgp_asn: null },
      config,
    );
    expect(plan.replaces).toContain('bgp_asn');
  });

  it('is no ASN where the extended one is given', async () => {
    const gateway = await aws.create('aws_customer_gateway', {
      ip_address: '198.51.100.11',
      type: 'ipsec.1',
      bgp_asn_extended: '4200000000',
    });
    expect(gateway).toMatchObject({ bgp_asn: null, bgp_asn_extended: '4200000000' });
  });
});

describe('IPv6', () => {
  const AMAZON = /^2001:db8:[0-9a-f:]+\/56$/;

  it('is a /56 for a VPC, a /64 of it for a subnet, and goes again', async () => {
    const six = await aws.create('aws_vpc', {
      cidr_block: '10.6.0.0/16',
      assign_generated_ipv6_cidr_block: true,
    });
    expect(six.ipv6_cidr_block).toMatch(AMAZON);
    expect(six).toMatchObject({
      ipv6_association_id: expect.stringMatching(/^vpc-cidr-assoc-/),
      ipv6_cidr_block_network_border_group: 'ap-northeast-1',
    });
    const inside = String(six.ipv6_cidr_block).replace('/56', '/64');
    const subnet = await aws.create('aws_subnet', {
      vpc_id: six.id ?? null,
      cidr_block: '10.6.1.0/24',
      ipv6_cidr_block: inside,
      assign_ipv6_address_on_creation: true,
    });
    expect(subnet).toMatchObject({
      ipv6_cidr_block_association_id: expect.stringMatching(/^subnet-cidr-assoc-/),
    });
    const second = { vpc_id: six.id ?? null, cidr_block: '10.6.2.0/24' };
    await expect(aws.create('aws_subnet', { ...second, ipv6_cidr_block: inside })).rejects.toThrow(
      'InvalidSubnet.Conflict',
    );
    await expect(
      aws.create('aws_subnet', { ...second, ipv6_cidr_block: '2001:db8:ffff:ff00::/64' }),
    ).rejects.toThrow('InvalidSubnet.Range');
    await aws.delete('aws_subnet', subnet);
    await aws.delete('aws_vpc', six);
  });

  it('can be switched on later, which makes the block unknown until apply, and off', async () => {
    const plain = await aws.create('aws_vpc', { cidr_block: '10.7.0.0/16' });
    expect(plain.ipv6_cidr_block).toBe('');
    const on = await aws.update('aws_vpc', plain, {
      cidr_block: '10.7.0.0/16',
      assign_generated_ipv6_cidr_block: true,
    });
    expect(on).toMatchObject({ id: plain.id, ipv6_cidr_block: expect.stringMatching(AMAZON) });
    const off = await aws.update('aws_vpc', on, { cidr_block: '10.7.0.0/16' });
    expect(off).toMatchObject({ id: plain.id, ipv6_cidr_block: '' });
  });
});

describe('an object that an apply left without a state', () => {
  const given = { cidr_block: '10.9.0.0/16', tags: { Name: 'lab' } };
  const config = completed(AWS_FILES.schema.resource_schemas.aws_vpc?.block ?? {}, given);

  it('is named in the next plan, and both are named when the second is made', async () => {
    const killed = await cloud.caller();
    const left = String((await killed.create('aws_vpc', given)).id);
    const again = await cloud.caller();
    const plan = await again.client.plan('aws_vpc', null, config, config);
    expect(plan.diagnostics).toMatchObject([
      {
        severity: 'warning',
        summary: `${left} is there already, with the cidr_block 10.9.0.0/16 and the same tags`,
      },
    ]);
    const { state, diagnostics } = await again.client.apply('aws_vpc', null, plan.planned, config);
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        summary: `${String(state?.id)} was made beside ${left}: both have the cidr_block 10.9.0.0/16 and the same tags`,
      },
    ]);
  });

  it('is none that this run has made or read itself, nor one with other tags', async () => {
    const own = await cloud.caller({ region: 'eu-west-1' });
    const first = await own.create('aws_vpc', given);
    expect((await own.client.plan('aws_vpc', null, config, config)).diagnostics).toEqual([]);
    const other = await cloud.caller({ region: 'eu-west-1' });
    await other.read('aws_vpc', first);
    expect((await other.client.plan('aws_vpc', null, config, config)).diagnostics).toEqual([]);
    const stranger = await cloud.caller({ region: 'eu-west-1' });
    const tagged = { ...config, tags: { Name: 'other' } };
    expect((await stranger.client.plan('aws_vpc', null, tagged, tagged)).diagnostics).toEqual([]);
  });
});
