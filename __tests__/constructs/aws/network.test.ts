import '../../../stacks/fast-tokens';
import { Network, type NetworkProps } from '../../../constructs/aws/network';
import { Cidr } from '../../../model/net/cidr';
import { addresses, only, plainAddresses, type Synthesized, synthesized } from '../../support/synthesized';

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

it('has no way out and nothing public with egress none', () => {
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
