import '../../../stacks/fast-tokens';
import { Network, type NetworkProps } from '../../../constructs/aws/network';
import { Cidr } from '../../../model/net/cidr';
import {
  addresses,
  only,
  plainAddresses,
  resolved,
  type Synthesized,
  synthesized,
} from '../../support/synthesized';

const cidr = Cidr.parse;
const PROPS: NetworkProps = {
  name: 'dev',
  cidr: cidr('172.30.0.0/16'),
  egress: 'nat',
  subnets: {
    default: { cidr: cidr('172.30.2.0/24'), zone: 'ap-northeast-1a', publicCidr: cidr('172.30.1.0/24') },
  },
};
const build = (props: Partial<NetworkProps> = {}): Synthesized =>
  synthesized((stack) => {
    new Network(stack, 'Network', { ...PROPS, ...props });
  });

it('builds the network of aws_vpn.tf with a closed default security group', () => {
  expect(plainAddresses(build())).toEqual([
    'aws_default_security_group.Network_ClosedDefault',
    'aws_eip.Network_Public_Address-default',
    'aws_internet_gateway.Network_Public_InternetGateway',
    'aws_main_route_table_association.Network_Main',
    'aws_nat_gateway.Network_Public_Nat-default',
    'aws_route.Network_Private-Out',
    'aws_route.Network_Public_ToInternet',
    'aws_route_table.Network_Private',
    'aws_route_table.Network_Public_Table',
    'aws_route_table_association.Network_Public_Subnet-default-Table',
    'aws_subnet.Network_Nodes-default',
    'aws_subnet.Network_Public_Subnet-default',
    'aws_vpc.Network_Vpc',
  ]);
  expect(only(build(), 'aws_default_security_group')).not.toHaveProperty('ingress');
  expect(only(build(), 'aws_eip').domain).toBe('vpc');
});

it('builds what reaches the Internet only after the way there', () => {
  const synth = build();
  const named = (type: string): string => `${type}.${Object.keys(synth.resource[type] ?? {})[0]}`;
  expect(only(synth, 'aws_eip').depends_on).toEqual([named('aws_internet_gateway')]);
  const [toInternet] = Object.entries(synth.resource.aws_route ?? {}).filter(
    ([, { gateway_id }]) => gateway_id,
  );
  expect(toInternet?.[1]).toMatchObject({
    destination_cidr_block: '0.0.0.0/0',
    gateway_id: `\${${named('aws_internet_gateway')}.id}`,
  });
  expect(only(synth, 'aws_nat_gateway').depends_on).toEqual([`aws_route.${toInternet?.[0]}`]);
});

it('has no Internet access and nothing public with egress none', () => {
  const subnets = { default: { cidr: cidr('172.30.2.0/24'), zone: 'ap-northeast-1a' } };
  expect(plainAddresses(build({ egress: 'none', subnets }))).toEqual([
    'aws_default_security_group.Network_ClosedDefault',
    'aws_main_route_table_association.Network_Main',
    'aws_route_table.Network_Private',
    'aws_subnet.Network_Nodes-default',
    'aws_vpc.Network_Vpc',
  ]);
});

it('gives each zone its own NAT gateway and table with nat-per-zone', () => {
  const synth = build({
    egress: 'nat-per-zone',
    subnets: {
      ...PROPS.subnets,
      c: { cidr: cidr('172.30.3.0/24'), zone: 'ap-northeast-1c', publicCidr: cidr('172.30.4.0/24') },
      c2: { cidr: cidr('172.30.5.0/24'), zone: 'ap-northeast-1c' },
    },
  });
  expect(
    plainAddresses(synth).filter((address) => /nat_gateway|route_table|aws_route\./.test(address)),
  ).toEqual([
    'aws_main_route_table_association.Network_Main',
    'aws_nat_gateway.Network_Public_Nat-c',
    'aws_nat_gateway.Network_Public_Nat-default',
    'aws_route.Network_Private-Out',
    'aws_route.Network_Private-c-Out',
    'aws_route.Network_Public_ToInternet',
    'aws_route_table.Network_Private',
    'aws_route_table.Network_Private-c',
    'aws_route_table.Network_Public_Table',
    'aws_route_table_association.Network_Nodes-c-Table',
    'aws_route_table_association.Network_Nodes-c2-Table',
    'aws_route_table_association.Network_Public_Subnet-c-Table',
    'aws_route_table_association.Network_Public_Subnet-default-Table',
  ]);
});

it('moves no address when a subnet comes or goes', () => {
  const more = { ...PROPS.subnets, extra: { cidr: cidr('172.30.9.0/24'), zone: 'ap-northeast-1c' } };
  const before = addresses(build());
  expect(addresses(build({ subnets: more })).filter((address) => !address.includes('extra'))).toEqual(before);
});

it('keeps the NAT of a zone where it is when a subnet with an earlier name comes', () => {
  const late = { cidr: cidr('172.30.3.0/24'), zone: 'ap-northeast-1c', publicCidr: cidr('172.30.4.0/24') };
  const early = { cidr: cidr('172.30.9.0/24'), zone: 'ap-northeast-1c' };
  const own = PROPS.subnets;
  const before = addresses(build({ egress: 'nat-per-zone', subnets: { ...own, late } }));
  const after = addresses(build({ egress: 'nat-per-zone', subnets: { ...own, early, late } }));
  expect(after.filter((address) => !address.includes('early'))).toEqual(before);
  expect(after).toHaveLength(before.length + 2);
});

it('looks a zone up only where one is left open, and then keeps it', () => {
  expect(build().data).toBeUndefined();
  const open = build({ subnets: { default: { cidr: cidr('172.30.2.0/24') } }, egress: 'none' });
  expect(Object.keys(open.data ?? {})).toEqual(['aws_availability_zones']);
  expect(only(open, 'aws_subnet').lifecycle).toEqual({ ignore_changes: ['availability_zone'] });
});

it('writes flow logs with a role that may write nothing else', () => {
  const synth = build({ flowLogs: { retentionDays: 30 } });
  expect(only(synth, 'aws_flow_log')).toMatchObject({
    traffic_type: 'ALL',
    log_destination_type: 'cloud-watch-logs',
  });
  expect(only(synth, 'aws_cloudwatch_log_group')).toMatchObject({
    name: '/kakehashi/dev/flow',
    retention_in_days: 30,
  });
  const policy = String(only(synth, 'aws_iam_role_policy').policy);
  expect(policy).toContain('logs:PutLogEvents');
  expect(policy).not.toContain('"Resource":"*"');
});

it.each<[string, Partial<NetworkProps>, string]>([
  [
    'a name with a dot',
    { name: 'a.b' },
    'Network: name: must be 1 to 50 characters of A-Z a-z 0-9 _ -, got "a.b"',
  ],
  [
    'a VPC that is too wide',
    { cidr: cidr('172.0.0.0/15') },
    'cidr: must be a block from /16 to /28, got 172.0.0.0/15',
  ],
  ['no subnet', { subnets: {} }, 'subnets: must hold at least one, got none'],
  [
    'a subnet outside',
    { egress: 'none', subnets: { a: { cidr: cidr('10.0.0.0/24') } } },
    'subnets.a.cidr: must lie in the VPC (172.30.0.0/16), got 10.0.0.0/24',
  ],
  [
    'a subnet that is too small',
    { egress: 'none', subnets: { a: { cidr: cidr('172.30.0.0/29') } } },
    'subnets.a.cidr: must be a block from /16 to /28, got 172.30.0.0/29',
  ],
  [
    'overlapping subnets',
    { egress: 'none', subnets: { a: { cidr: cidr('172.30.0.0/23') }, b: { cidr: cidr('172.30.1.0/24') } } },
    'subnets.b.cidr: 172.30.1.0/24 overlaps subnets.a.cidr (172.30.0.0/23)',
  ],
  [
    'NAT without a public subnet',
    { subnets: { a: { cidr: cidr('172.30.0.0/24') } } },
    'egress: "nat" needs a public subnet (publicCidr), got none',
  ],
  [
    'a new zone without its public subnet',
    {
      egress: 'nat-per-zone',
      subnets: { ...PROPS.subnets, c: { cidr: cidr('172.30.3.0/24'), zone: 'ap-northeast-1c' } },
    },
    'subnets.c.publicCidr: "nat-per-zone" needs one for a subnet of each zone, got none in ap-northeast-1c',
  ],
])('refuses %s', (_, props, message) => {
  expect(() => build(props)).toThrow(message);
});

it('exposes what it makes', () => {
  synthesized((stack) => {
    const c = { cidr: '172.30.3.0/24', zone: 'ap-northeast-1c', publicCidr: '172.30.4.0/24' };
    const network = new Network(stack, 'Network', {
      ...PROPS,
      egress: 'nat-per-zone',
      subnets: { ...PROPS.subnets, c },
      flowLogs: { retentionDays: 30 },
    });
    expect(network.vpcCidr).toEqual(PROPS.cidr);
    expect(resolved(stack, [network.vpcId, network.vpcArn])).toEqual(
      resolved(stack, [network.vpc.id, network.vpc.arn]),
    );
    expect(Object.keys(network.subnets)).toEqual(['default', 'c']);
    expect(Object.keys(network.publicSubnets)).toEqual(['default', 'c']);
    expect(Object.keys(network.natGateways)).toEqual(['default', 'c']);
    expect(Object.keys(network.natAddresses)).toEqual(['default', 'c']);
    expect(Object.keys(network.privateRouteTables)).toEqual(['Private', 'Private-c']);
    expect(resolved(stack, network.privateRouteTableIds)).toEqual(
      resolved(stack, {
        Private: network.privateRouteTables.Private?.id,
        'Private-c': network.privateRouteTables['Private-c']?.id,
      }),
    );
    expect(resolved(stack, network.subnetIds.c)).toBe(resolved(stack, network.subnets.c?.id));
    expect(network.internetGateway?.node.path).toBe('stack/Network/Public/InternetGateway');
    expect(network.publicRouteTable?.node.path).toBe('stack/Network/Public/Table');
    expect(network.defaultSecurityGroup.node.path).toBe('stack/Network/ClosedDefault');
    expect(network.flowLogs?.logGroup.node.path).toBe('stack/Network/FlowLogs/Group');
    expect(network.flowLogs?.role.node.path).toBe('stack/Network/FlowLogs/Role');
  });
});

it('has nothing public to expose without public subnets', () => {
  synthesized((stack) => {
    const subnets = { a: { cidr: '172.30.2.0/24' } };
    const network = new Network(stack, 'Network', { ...PROPS, egress: 'none', subnets });
    expect([network.internetGateway, network.publicRouteTable, network.flowLogs]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([network.publicSubnets, network.natGateways, network.natAddresses]).toEqual([{}, {}, {}]);
  });
});

it('gives flow logs other names', () => {
  const named = build({ flowLogs: { retentionDays: 30, namePrefix: 'acme', roleName: 'acme-flow-writer' } });
  expect(only(named, 'aws_cloudwatch_log_group').name).toBe('/acme/dev/flow');
  expect(only(named, 'aws_iam_role').name).toBe('acme-flow-writer');
  const whole = build({ flowLogs: { retentionDays: 30, logGroupName: '/central/flow' } });
  expect(only(whole, 'aws_cloudwatch_log_group').name).toBe('/central/flow');
  expect(only(whole, 'aws_iam_role').name).toBe('dev-flow');
});

it.each<[NetworkProps['flowLogs'] & object, string]>([
  [
    { retentionDays: 31 },
    'stack/Network/FlowLogs: retentionDays: must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90',
  ],
  [
    { retentionDays: 30, logGroupName: 'aws/x' },
    'logGroupName: must be 1 to 512 characters of A-Z a-z 0-9 . _ - / # that do not begin with aws/, got "aws/x"',
  ],
  [{ retentionDays: 30, logGroupName: 'x'.repeat(513) }, 'logGroupName: must be 1 to 512 characters'],
  [{ retentionDays: 30, namePrefix: 'a b' }, 'namePrefix: must be 1 to 512 characters'],
  [
    { retentionDays: 30, roleName: 'a/b' },
    'roleName: must be 1 to 64 characters of A-Z a-z 0-9 + = , . @ _ -, got "a/b"',
  ],
  [{ retentionDays: 30, roleName: 'x'.repeat(65) }, 'roleName: must be 1 to 64 characters'],
])('refuses flow logs that AWS would refuse %#', (flowLogs, message) => {
  expect(() => build({ flowLogs })).toThrow(message);
});

it('refuses a second log group and a second role of one name in a stack', () => {
  const two = (flowLogs: NetworkProps['flowLogs'] & object) => () =>
    synthesized((stack) => {
      new Network(stack, 'One', { ...PROPS, flowLogs: { retentionDays: 30 } });
      new Network(stack, 'Two', { ...PROPS, flowLogs });
    });
  expect(two({ retentionDays: 30 })).toThrow(
    'stack/Two/FlowLogs: logGroupName: must be unique among the log groups of the stack, got "/kakehashi/dev/flow", which stack/One/FlowLogs has',
  );
  expect(two({ retentionDays: 30, namePrefix: 'two' })).toThrow(
    'stack/Two/FlowLogs: roleName: must be unique among the roles of the stack, got "dev-flow"',
  );
  expect(two({ retentionDays: 30, namePrefix: 'two', roleName: 'two' })).not.toThrow();
});
