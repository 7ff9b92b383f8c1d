import type { ObjectValue } from '../../sandbox/protocol/values';
import { type Caller, SimulatedCloud } from './simulated-cloud';

type Made = Readonly<Record<string, ObjectValue>>;

let cloud: SimulatedCloud;
let aws: Caller;
let made: Made;

const id = (name: string): string => String(made[name]?.id);

/** A VPC with a public subnet, gateways and a connection, which the refusals below run into. */
async function network(caller: Caller): Promise<Made> {
  const vpc = await caller.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
  const other = await caller.create('aws_vpc', { cidr_block: '10.8.0.0/16' });
  const vpc_id = vpc.id ?? null;
  const subnet = await caller.create('aws_subnet', { vpc_id, cidr_block: '10.0.1.0/24' });
  const igw = await caller.create('aws_internet_gateway', { vpc_id });
  const eip = await caller.create('aws_eip', { domain: 'vpc' });
  const nat = await caller.create('aws_nat_gateway', {
    subnet_id: subnet.id ?? null,
    allocation_id: eip.id ?? null,
  });
  const table = await caller.create('aws_route_table', { vpc_id });
  const route = await caller.create('aws_route', {
    route_table_id: table.id ?? null,
    destination_cidr_block: '0.0.0.0/0',
    nat_gateway_id: nat.id ?? null,
  });
  const association = await caller.create('aws_route_table_association', {
    subnet_id: subnet.id ?? null,
    route_table_id: table.id ?? null,
  });
  const group = await caller.create('aws_security_group', { name: 'nodes', vpc_id });
  const user = await caller.create('aws_security_group', { name: 'user', vpc_id });
  const rule = await caller.create('aws_vpc_security_group_ingress_rule', {
    security_group_id: group.id ?? null,
    cidr_ipv4: '10.0.2.0/24',
    ip_protocol: 'tcp',
    from_port: 22,
    to_port: 22,
  });
  await caller.create('aws_vpc_security_group_ingress_rule', {
    security_group_id: user.id ?? null,
    referenced_security_group_id: group.id ?? null,
    ip_protocol: '-1',
  });
  const vgw = await caller.create('aws_vpn_gateway', { vpc_id });
  const cgw = await caller.create('aws_customer_gateway', {
    ip_address: '198.51.100.10',
    bgp_asn: '65000',
    type: 'ipsec.1',
  });
  const ends = { vpn_gateway_id: vgw.id ?? null, customer_gateway_id: cgw.id ?? null, type: 'ipsec.1' };
  const vpn = await caller.create('aws_vpn_connection', {
    ...ends,
    static_routes_only: true,
    tunnel1_inside_cidr: '169.254.100.0/30',
  });
  const bgp = await caller.create('aws_vpn_connection', ends);
  const vpnRoute = await caller.create('aws_vpn_connection_route', {
    vpn_connection_id: vpn.id ?? null,
    destination_cidr_block: '10.0.2.0/24',
  });
  const role = await caller.create('aws_iam_role', { name: 'flow', assume_role_policy: '{}' });
  await caller.create('aws_iam_role_policy', { role: 'flow', name: 'p', policy: '{}' });
  await caller.create('aws_cloudwatch_log_group', { name: '/aws/vendedlogs/x' });
  return {
    vpc,
    other,
    subnet,
    igw,
    eip,
    nat,
    table,
    route,
    association,
    group,
    user,
    rule,
    vgw,
    cgw,
    vpn,
    bgp,
    vpnRoute,
    role,
  };
}

beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
  made = await network(aws);
});
afterAll(() => cloud.stop());

async function refusal(action: Promise<unknown>): Promise<string> {
  const message = await action.then(
    () => 'accepted',
    (failure: Error) => failure.message,
  );
  return message
    .replace(/^.*, api error /, '')
    .replace(/\b(vpc|subnet|sg|vgw|cgw|vpn|rtb|eipalloc|nat|igw)-[0-9a-f]{17}\b/g, '$1-…');
}

describe('AWS refuses to create', () => {
  const ghost = '0123456789abcdef0';
  it.each<[string, string, () => ObjectValue, string]>([
    [
      'a VPC that is too large',
      'aws_vpc',
      () => ({ cidr_block: '10.0.0.0/8' }),
      'expected "cidr_block" to contain a network Value with between 16 and 28 significant bits, got: 8',
    ],
    [
      'a VPC without network',
      'aws_vpc',
      () => ({}),
      'MissingParameter: Either CidrBlock or Ipv4IpamPoolId must be provided',
    ],
    [
      'a subnet of an unknown VPC',
      'aws_subnet',
      () => ({ vpc_id: `vpc-${ghost}`, cidr_block: '10.0.9.0/24' }),
      "InvalidVpcID.NotFound: The vpc ID 'vpc-…' does not exist",
    ],
    [
      'a subnet outside its VPC',
      'aws_subnet',
      () => ({ vpc_id: id('vpc'), cidr_block: '10.1.0.0/24' }),
      "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
    ],
    [
      'an overlapping subnet',
      'aws_subnet',
      () => ({ vpc_id: id('vpc'), cidr_block: '10.0.1.128/25' }),
      "InvalidSubnet.Conflict: The CIDR '10.0.1.128/25' conflicts with another subnet: It is subnet-… (10.0.1.0/24).",
    ],
    [
      'a subnet in a zone of another region',
      'aws_subnet',
      () => ({ vpc_id: id('vpc'), cidr_block: '10.0.9.0/24', availability_zone: 'us-east-1a' }),
      'InvalidParameterValue: Value (us-east-1a) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ap-northeast-1a, ap-northeast-1c, ap-northeast-1d.',
    ],
    [
      'a second internet gateway',
      'aws_internet_gateway',
      () => ({ vpc_id: id('vpc') }),
      'InvalidParameterValue: Network vpc-… already has an internet gateway attached',
    ],
    [
      'a NAT gateway with a taken address',
      'aws_nat_gateway',
      () => ({ subnet_id: id('subnet'), allocation_id: id('eip') }),
      'Resource.AlreadyAssociated: Elastic IP address [eipalloc-…] is already associated',
    ],
    [
      'a NAT gateway with an unknown address',
      'aws_nat_gateway',
      () => ({ subnet_id: id('subnet'), allocation_id: `eipalloc-${ghost}` }),
      "InvalidAllocationID.NotFound: The allocation ID 'eipalloc-…' does not exist",
    ],
    [
      'a NAT gateway in an unknown subnet',
      'aws_nat_gateway',
      () => ({ subnet_id: `subnet-${ghost}`, allocation_id: id('eip') }),
      "InvalidSubnetID.NotFound: The subnet ID 'subnet-…' does not exist",
    ],
    [
      'a route that is there',
      'aws_route',
      () => ({ route_table_id: id('table'), destination_cidr_block: '0.0.0.0/0', gateway_id: id('igw') }),
      'RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.',
    ],
    [
      'a route to the VPC itself',
      'aws_route',
      () => ({ route_table_id: id('table'), destination_cidr_block: '10.0.0.0/16', gateway_id: id('igw') }),
      'RouteAlreadyExists: The route identified by 10.0.0.0/16 already exists.',
    ],
    [
      'a route to a part of the VPC',
      'aws_route',
      () => ({ route_table_id: id('table'), destination_cidr_block: '10.0.7.0/24', gateway_id: id('igw') }),
      "InvalidParameterValue: The destination CIDR block 10.0.7.0/24 is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.",
    ],
    [
      'a route in an unknown table',
      'aws_route',
      () => ({
        route_table_id: `rtb-${ghost}`,
        destination_cidr_block: '10.9.0.0/16',
        gateway_id: id('igw'),
      }),
      "InvalidRouteTableID.NotFound: The routeTable ID 'rtb-…' does not exist",
    ],
    [
      'a route to an unknown NAT gateway',
      'aws_route',
      () => ({
        route_table_id: id('table'),
        destination_cidr_block: '10.9.0.0/16',
        nat_gateway_id: `nat-${ghost}`,
      }),
      "InvalidNatGatewayID.NotFound: The natGateway ID 'nat-…' does not exist",
    ],
    [
      'a route to an unknown gateway',
      'aws_route',
      () => ({
        route_table_id: id('table'),
        destination_cidr_block: '10.9.0.0/16',
        gateway_id: `vgw-${ghost}`,
      }),
      "InvalidGatewayID.NotFound: The gateway ID 'vgw-…' does not exist",
    ],
    [
      'a second association of a subnet',
      'aws_route_table_association',
      () => ({ route_table_id: id('table'), subnet_id: id('subnet') }),
      'Resource.AlreadyAssociated: the specified association for route table rtb-… conflicts with an existing association',
    ],
    [
      'a group whose name is taken',
      'aws_security_group',
      () => ({ name: 'nodes', vpc_id: id('vpc') }),
      "InvalidGroup.Duplicate: The security group 'nodes' already exists for VPC 'vpc-…'",
    ],
    [
      'a group named default',
      'aws_security_group',
      () => ({ name: 'default', vpc_id: id('vpc') }),
      'InvalidParameterValue: Cannot use reserved security group name: default',
    ],
    [
      'a group outside any VPC',
      'aws_security_group',
      () => ({ name: 'x' }),
      'VPCIdNotSpecified: No default VPC for this user',
    ],
    [
      'a rule that is there',
      'aws_vpc_security_group_ingress_rule',
      () => ({
        security_group_id: id('group'),
        cidr_ipv4: '10.0.2.0/24',
        ip_protocol: 'TCP',
        from_port: 22,
        to_port: 22,
      }),
      'InvalidPermission.Duplicate: the specified rule "peer: 10.0.2.0/24, TCP, from port: 22, to port: 22, ALLOW" already exists',
    ],
    [
      'the same rule in the older resource',
      'aws_security_group_rule',
      () => ({
        type: 'ingress',
        security_group_id: id('group'),
        cidr_blocks: ['10.0.2.0/24'],
        protocol: 'tcp',
        from_port: 22,
        to_port: 22,
      }),
      'InvalidPermission.Duplicate: the specified rule "peer: 10.0.2.0/24, TCP, from port: 22, to port: 22, ALLOW" already exists',
    ],
    [
      'a rule of an unknown group',
      'aws_vpc_security_group_egress_rule',
      () => ({ security_group_id: `sg-${ghost}`, cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' }),
      "InvalidGroup.NotFound: The security group 'sg-…' does not exist",
    ],
    [
      'a TCP rule without ports',
      'aws_vpc_security_group_ingress_rule',
      () => ({ security_group_id: id('group'), cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp' }),
      "InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    ],
    [
      'a second VPN gateway in a VPC',
      'aws_vpn_gateway',
      () => ({ vpc_id: id('vpc') }),
      "InvalidVpcState: VPC 'vpc-…' already has an attached VPN gateway ('vgw-…')",
    ],
    [
      'a VPN gateway in an unknown VPC',
      'aws_vpn_gateway',
      () => ({ vpc_id: `vpc-${ghost}` }),
      "InvalidVpcID.NotFound: The vpc ID 'vpc-…' does not exist",
    ],
    [
      'a VPN gateway with a public ASN',
      'aws_vpn_gateway',
      () => ({ amazon_side_asn: '7018' }),
      '"amazon_side_asn" ("7018") must be 7224, 9059, 10124 or 17493 or in the range 64512 to 65534 or 4200000000 to 4294967294',
    ],
    [
      'a route to a transit gateway that does not exist',
      'aws_route',
      () => ({
        route_table_id: id('table'),
        destination_cidr_block: '192.0.2.0/24',
        transit_gateway_id: 'tgw-1',
      }),
      "InvalidTransitGatewayID.NotFound: The transitGateway ID 'tgw-1' does not exist.",
    ],
    [
      'a VPC from a pool',
      'aws_vpc',
      () => ({ ipv4_ipam_pool_id: 'ipam-pool-1', ipv4_netmask_length: 24 }),
      "InvalidIpamPoolId.NotFound: The allocation from the IPAM pool 'ipam-pool-1' failed: the pool does not exist: The sandbox simulates no IPAM.",
    ],
    [
      'an attachment of an attached gateway to another VPC',
      'aws_vpn_gateway_attachment',
      () => ({ vpn_gateway_id: id('vgw'), vpc_id: id('other') }),
      "VpnGatewayAttachmentLimitExceeded: The vpnGateway 'vgw-…' is already attached to VPC 'vpc-…'",
    ],
    [
      'a customer gateway without address',
      'aws_customer_gateway',
      () => ({ bgp_asn: '65000', type: 'ipsec.1' }),
      'MissingParameter: The request must contain the parameter IpAddress or CertificateArn',
    ],
    [
      'a connection of an unknown customer gateway',
      'aws_vpn_connection',
      () => ({ vpn_gateway_id: id('vgw'), customer_gateway_id: `cgw-${ghost}`, type: 'ipsec.1' }),
      "InvalidCustomerGatewayID.NotFound: The customerGateway ID 'cgw-…' does not exist",
    ],
    [
      'a connection of an unknown VPN gateway',
      'aws_vpn_connection',
      () => ({ vpn_gateway_id: `vgw-${ghost}`, customer_gateway_id: id('cgw'), type: 'ipsec.1' }),
      "InvalidVpnGatewayID.NotFound: The vpnGateway ID 'vgw-…' does not exist",
    ],
    [
      'a taken inside network',
      'aws_vpn_connection',
      () => ({
        vpn_gateway_id: id('vgw'),
        customer_gateway_id: id('cgw'),
        type: 'ipsec.1',
        tunnel2_inside_cidr: '169.254.100.0/30',
      }),
      'InvalidParameterValue: The tunnel inside CIDR 169.254.100.0/30 is already in use on vgw-…',
    ],
    [
      'a reserved inside network',
      'aws_vpn_connection',
      () => ({
        vpn_gateway_id: id('vgw'),
        customer_gateway_id: id('cgw'),
        type: 'ipsec.1',
        tunnel2_inside_cidr: '169.254.5.0/30',
      }),
      'expected tunnel2_inside_cidr to not be any of [169.254.0.0/30 169.254.1.0/30 169.254.2.0/30 169.254.3.0/30 169.254.4.0/30 169.254.5.0/30 169.254.169.252/30], got 169.254.5.0/30',
    ],
    [
      'acceleration without a transit gateway',
      'aws_vpn_connection',
      () => ({
        vpn_gateway_id: id('vgw'),
        customer_gateway_id: id('cgw'),
        type: 'ipsec.1',
        enable_acceleration: true,
      }),
      'Missing required argument: "enable_acceleration": all of `enable_acceleration,transit_gateway_id` must be specified',
    ],
    [
      'a static route on a BGP connection',
      'aws_vpn_connection_route',
      () => ({ vpn_connection_id: id('bgp'), destination_cidr_block: '10.0.2.0/24' }),
      'InvalidVpnConnection.InvalidType: The specified VPN connection does not support static routes.',
    ],
    [
      'a static route that is there',
      'aws_vpn_connection_route',
      () => ({ vpn_connection_id: id('vpn'), destination_cidr_block: '10.0.2.0/24' }),
      'RouteAlreadyExists: The route identified by 10.0.2.0/24 already exists.',
    ],
    [
      'a static route of an unknown connection',
      'aws_vpn_connection_route',
      () => ({ vpn_connection_id: `vpn-${ghost}`, destination_cidr_block: '10.0.2.0/24' }),
      "InvalidVpnConnectionID.NotFound: The vpnConnection ID 'vpn-…' does not exist",
    ],
    [
      'a log group that is there',
      'aws_cloudwatch_log_group',
      () => ({ name: '/aws/vendedlogs/x' }),
      'ResourceAlreadyExistsException: The specified log group already exists',
    ],
    [
      'a role that is there',
      'aws_iam_role',
      () => ({ name: 'flow', assume_role_policy: '{}' }),
      'EntityAlreadyExists: Role with name flow already exists.',
    ],
    [
      'a policy of an unknown role',
      'aws_iam_role_policy',
      () => ({ role: 'none', policy: '{}' }),
      'NoSuchEntity: The role with name none cannot be found.',
    ],
  ])('%s', async (_what, type, config, expected) => {
    expect((await refusal(aws.create(type, config()))).replace('\n', ' ')).toBe(expected);
  });
});

describe('AWS refuses to delete', () => {
  it.each<[string, string, string, string]>([
    [
      'a VPC with subnets',
      'aws_vpc',
      'vpc',
      "DependencyViolation: The vpc 'vpc-…' has dependencies and cannot be deleted.",
    ],
    [
      'a subnet with a NAT gateway',
      'aws_subnet',
      'subnet',
      "DependencyViolation: The subnet 'subnet-…' has dependencies and cannot be deleted.",
    ],
    [
      'an internet gateway that addresses are mapped through',
      'aws_internet_gateway',
      'igw',
      'DependencyViolation: Network vpc-… has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.',
    ],
    [
      'a route table with an association',
      'aws_route_table',
      'table',
      "DependencyViolation: The routeTable 'rtb-…' has dependencies and cannot be deleted.",
    ],
    [
      'a group that another one names',
      'aws_security_group',
      'group',
      'DependencyViolation: resource sg-… has a dependent object',
    ],
    [
      'a VPN gateway with connections',
      'aws_vpn_gateway',
      'vgw',
      "IncorrectState: The vpnGateway 'vgw-…' is in use",
    ],
    [
      'a customer gateway with connections',
      'aws_customer_gateway',
      'cgw',
      "IncorrectState: The customer gateway 'cgw-…' is in use",
    ],
    [
      'a role with policies',
      'aws_iam_role',
      'role',
      'DeleteConflict: Cannot delete entity, must delete policies first.',
    ],
  ])('%s', async (_what, type, name, expected) => {
    expect(await refusal(aws.delete(type, made[name] ?? {}))).toBe(expected);
    expect(await aws.read(type, made[name] ?? {})).not.toBeNull();
  });

  it('an address in use', async () => {
    expect(await refusal(aws.delete('aws_eip', made.eip ?? {}))).toMatch(
      /^InvalidIPAddress.InUse: The address '198\.19\.\d+\.\d+' is in use\.$/,
    );
  });
});

describe('objects', () => {
  it('have ids and names like those of AWS', () => {
    expect(made.vpc).toMatchObject({
      id: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
      arn: `arn:aws:ec2:ap-northeast-1:123456789012:vpc/${id('vpc')}`,
      owner_id: '123456789012',
      main_route_table_id: expect.stringMatching(/^rtb-[0-9a-f]{17}$/),
      default_security_group_id: expect.stringMatching(/^sg-[0-9a-f]{17}$/),
      default_network_acl_id: expect.stringMatching(/^acl-[0-9a-f]{17}$/),
    });
    expect(made.subnet).toMatchObject({
      availability_zone: 'ap-northeast-1a',
      availability_zone_id: 'apne1-az1',
    });
    expect(id('route')).toMatch(/^r-rtb-[0-9a-f]{17}1080289494$/);
  });

  it('hand out tunnels: the first address is the cloud, the second the customer; keys are generated', () => {
    expect(made.vpn).toMatchObject({
      tunnel1_vgw_inside_address: '169.254.100.1',
      tunnel1_cgw_inside_address: '169.254.100.2',
      tunnel1_bgp_asn: '64512',
      tunnel1_bgp_holdtime: 30,
      tunnel2_inside_cidr: expect.stringMatching(/^169\.254\.\d+\.\d+\/30$/),
      static_routes_only: true,
    });
    const keys = [made.vpn, made.bgp].flatMap((vpn) => [
      vpn?.tunnel1_preshared_key,
      vpn?.tunnel2_preshared_key,
    ]);
    const addresses = [made.vpn, made.bgp].flatMap((vpn) => [vpn?.tunnel1_address, vpn?.tunnel2_address]);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z1-9._][A-Za-z0-9._]{31}$/);
    expect(new Set(keys).size).toBe(4);
    expect(new Set(addresses).size).toBe(4);
    expect(String(made.vpn?.customer_gateway_configuration)).toContain(
      `<pre_shared_key>${String(made.vpn?.tunnel1_preshared_key)}</pre_shared_key>`,
    );
  });

  it('show what other resources added to them, as AWS does', async () => {
    expect((await aws.read('aws_vpn_connection', made.vpn ?? {}))?.routes).toEqual([
      { destination_cidr_block: '10.0.2.0/24', source: 'Static', state: 'available' },
    ]);
    expect((await aws.read('aws_security_group', made.group ?? {}))?.ingress).toMatchObject([
      { cidr_blocks: ['10.0.2.0/24'], from_port: 22 },
    ]);
    expect((await aws.read('aws_route_table', made.table ?? {}))?.route).toMatchObject([
      { cidr_block: '0.0.0.0/0', nat_gateway_id: id('nat') },
    ]);
    expect((await aws.read('aws_eip', made.eip ?? {}))?.private_ip).toBe(made.nat?.private_ip);
  });

  it('are gone for good when they are deleted twice', async () => {
    const group = await aws.create('aws_security_group', { name: 'short', vpc_id: id('vpc') });
    await aws.delete('aws_security_group', group);
    expect(await aws.read('aws_security_group', group)).toBeNull();
    await aws.delete('aws_security_group', group);
  });

  it('of one region are not seen from another, and the refusal says where they are', async () => {
    const west = await cloud.caller({ region: 'us-west-2' });
    expect(await west.read('aws_vpc', made.vpc ?? {})).toBeNull();
    const message = await refusal(
      west.create('aws_subnet', { vpc_id: id('vpc'), cidr_block: '10.0.9.0/24' }),
    );
    expect(message).toBe(
      "InvalidVpcID.NotFound: The vpc ID 'vpc-…' does not exist: It is in ap-northeast-1; this provider is configured for us-west-2.",
    );
  });

  it('get new ids when they are made again', async () => {
    const config = { name: 'again', vpc_id: id('vpc') };
    const first = await aws.create('aws_security_group', config);
    await aws.delete('aws_security_group', first);
    const second = await aws.create('aws_security_group', config);
    expect(second.id).not.toBe(first.id);
    await aws.delete('aws_security_group', second);
  });
});

describe('customer gateways', () => {
  it('that are the same are one; another device name makes another', async () => {
    const same = { ip_address: '198.51.100.10', bgp_asn: '65000', type: 'ipsec.1' };
    expect((await aws.create('aws_customer_gateway', same)).id).toBe(id('cgw'));
    const other = await aws.create('aws_customer_gateway', { ...same, device_name: 'dev-aws-default' });
    expect(other.id).not.toBe(id('cgw'));
  });

  it('with the ASN of the VPN gateway cannot be connected to it', async () => {
    const twin = await aws.create('aws_customer_gateway', {
      ip_address: '198.51.100.11',
      bgp_asn: '64512',
      type: 'ipsec.1',
    });
    const connection = { vpn_gateway_id: id('vgw'), customer_gateway_id: twin.id ?? null, type: 'ipsec.1' };
    expect(await refusal(aws.create('aws_vpn_connection', connection))).toBe(
      'AsnConflict: The ASN of the specified customer gateway and virtual private gateway are the same.: cgw-… and vgw-… have 64512.',
    );
  });
});

it('allows 50 VPN connections in a region', async () => {
  const caller = await cloud.caller({ region: 'eu-west-1' });
  const vgw = await caller.create('aws_vpn_gateway', {});
  const cgw = await caller.create('aws_customer_gateway', {
    ip_address: '198.51.100.20',
    bgp_asn: '65000',
    type: 'ipsec.1',
  });
  const config = { vpn_gateway_id: vgw.id ?? null, customer_gateway_id: cgw.id ?? null, type: 'ipsec.1' };
  for (let count = 0; count < 50; count++) await caller.create('aws_vpn_connection', config);
  expect(await refusal(caller.create('aws_vpn_connection', config))).toBe(
    'VpnConnectionLimitExceeded: The maximum number of VPN connections has been reached (50).',
  );
});

it('gives the same ids, addresses and keys for the same run', async () => {
  const other = await SimulatedCloud.start();
  try {
    const again = await network(await other.caller());
    expect(again).toEqual(made);
  } finally {
    await other.stop();
  }
});
