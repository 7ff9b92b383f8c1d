import '../../../stacks/fast-tokens';
import type { TerraformStack } from 'cdktf';
import { CustomerGateway } from '../../../constructs/aws/customer-gateway';
import { Network } from '../../../constructs/aws/network';
import { SecurityGroup } from '../../../constructs/aws/security-group';
import { SiteToSiteVpn } from '../../../constructs/aws/site-to-site-vpn';
import { VpnGateway } from '../../../constructs/aws/vpn-gateway';
import { Cidr } from '../../../model/net/cidr';
import { Peer } from '../../../model/net/peer';
import { Port } from '../../../model/net/port';
import { only, plainAddresses, synthesized } from '../../support/synthesized';

const NETWORK = { vpcId: 'vpc-1', vpcCidr: '10.1.0.0/16', privateRouteTableIds: { a: 'rtb-1' } };
const SITE = { ipAddress: '198.51.100.10', asn: 65000 };

it('defines nothing for what exists, and its own resources in it', () => {
  const synth = synthesized((stack) => {
    const network = Network.fromNetworkAttributes(stack, 'Network', NETWORK);
    new SiteToSiteVpn(stack, 'Vpn', {
      name: 'dev',
      network,
      customerGateway: CustomerGateway.fromCustomerGatewayId(stack, 'Site', 'cgw-1'),
      vpnGateway: VpnGateway.fromVpnGatewayId(stack, 'Gateway', 'vgw-1'),
    });
  });
  expect(plainAddresses(synth)).toEqual([
    'aws_vpn_connection.Vpn_Connection',
    'aws_vpn_gateway_route_propagation.Vpn_Propagation-a',
  ]);
  expect(only(synth, 'aws_vpn_connection')).toMatchObject({
    vpn_gateway_id: 'vgw-1',
    customer_gateway_id: 'cgw-1',
  });
  expect(only(synth, 'aws_vpn_gateway_route_propagation')).toMatchObject({
    route_table_id: 'rtb-1',
    vpn_gateway_id: 'vgw-1',
  });
});

it('adds rules to a security group that something else made', () => {
  const synth = synthesized((stack) => {
    const group = SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-1');
    const rule = { port: Port.tcp(22), peer: Peer.self(), description: 'SSH' };
    group.addIngressRule(rule);
    group.addEgressRule({ ...rule, peer: Peer.prefixList('pl-1') });
  });
  expect(plainAddresses(synth)).toEqual([
    'aws_vpc_security_group_egress_rule.Theirs_Out-tcp-22-to-pl-1',
    'aws_vpc_security_group_ingress_rule.Theirs_In-tcp-22-from-self',
  ]);
  expect(only(synth, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
    security_group_id: 'sg-1',
    referenced_security_group_id: 'sg-1',
  });
});

it('knows a block by its text as by its value', () => {
  synthesized((stack) => {
    const network = Network.fromNetworkAttributes(stack, 'Network', NETWORK);
    expect(network.vpcCidr).toEqual(Cidr.parse('10.1.0.0/16'));
    expect(network.subnetIds).toEqual({});
  });
});

it.each<[string, (stack: TerraformStack) => unknown, string]>([
  [
    'a VPC',
    (stack) => Network.fromNetworkAttributes(stack, 'X', { vpcId: 'sg-1' }),
    'stack/X: vpcId: must be an id like vpc-0123456789abcdef0 or a token, got "sg-1"',
  ],
  [
    'a block',
    (stack) => Network.fromNetworkAttributes(stack, 'X', { ...NETWORK, vpcCidr: '10.1.0.1/16' }),
    'stack/X: vpcCidr: must be a network address',
  ],
  [
    'a route table',
    (stack) =>
      Network.fromNetworkAttributes(stack, 'X', { vpcId: 'vpc-1', privateRouteTableIds: { a: 'x' } }),
    'stack/X: privateRouteTableIds.a: must be an id like rtb-0123456789abcdef0 or a token, got "x"',
  ],
  [
    'the key of a subnet',
    (stack) =>
      Network.fromNetworkAttributes(stack, 'X', { vpcId: 'vpc-1', subnetIds: { 'a/b': 'subnet-1' } }),
    'stack/X: subnetIds: must have keys of 1 to 64 characters',
  ],
  [
    'a security group',
    (stack) => SecurityGroup.fromSecurityGroupId(stack, 'X', 'sg_1'),
    'stack/X: securityGroupId: must be an id like sg-0123456789abcdef0 or a token, got "sg_1"',
  ],
  [
    'a VPN gateway',
    (stack) => VpnGateway.fromVpnGatewayId(stack, 'X', 'cgw-1'),
    'stack/X: vpnGatewayId: must be an id like vgw-',
  ],
  [
    'a customer gateway',
    (stack) => CustomerGateway.fromCustomerGatewayId(stack, 'X', 'vgw-1'),
    'stack/X: customerGatewayId: must be an id like cgw-',
  ],
  [
    'the peer of a rule',
    (stack) =>
      SecurityGroup.fromSecurityGroupId(stack, 'X', 'sg-1').addIngressRule({
        port: Port.all(),
        peer: Peer.prefixList('sg-1'),
        description: 'x',
      }),
    'stack/X: addIngressRule: peer sg-1: must be an id like pl-0123456789abcdef0 or a token, got "sg-1"',
  ],
])('refuses what is no %s', (_, build, message) => {
  expect(() => synthesized(build)).toThrow(message);
});

describe('gateways that VPNs share', () => {
  const twoVpns = (second: (stack: TerraformStack, first: SiteToSiteVpn) => object) =>
    synthesized((stack) => {
      const network = Network.fromNetworkAttributes(stack, 'Network', NETWORK);
      const first = new SiteToSiteVpn(stack, 'First', { name: 'first', network, customerGateway: SITE });
      const customerGateway = { ...SITE, ipAddress: '198.51.100.20' };
      new SiteToSiteVpn(stack, 'Second', {
        name: 'second',
        network,
        customerGateway,
        ...second(stack, first),
      });
    });

  it('a second site takes the gateway of the first', () => {
    const synth = twoVpns((_, { vpnGateway }) => ({ vpnGateway, privateRouteTableIds: {} }));
    expect(plainAddresses(synth).filter((address) => /_gateway\./.test(address))).toEqual([
      'aws_customer_gateway.First_CustomerGateway',
      'aws_customer_gateway.Second_CustomerGateway',
      'aws_vpn_gateway.First_Gateway',
    ]);
  });

  it.each<[string, (stack: TerraformStack, first: SiteToSiteVpn) => object, string]>([
    [
      'a second gateway in a VPC',
      () => ({}),
      'stack/Second/Gateway: network: must be unique among the networks with a VPN gateway of the stack, got "stack/Network", which stack/First/Gateway has; a VPC has one gateway; give it to the other VPN as vpnGateway',
    ],
    [
      'propagation into a table that the gateway writes already',
      (_, { vpnGateway }) => ({ vpnGateway }),
      'stack/Second: privateRouteTableIds.a: must be unique among the route tables that a VPN gateway propagates into of the stack, got "rtb-1", which stack/First has',
    ],
    [
      'a second customer gateway of one site',
      (_, { vpnGateway }) => ({ vpnGateway, customerGateway: { ...SITE, deviceName: 'first' } }),
      'stack/Second/CustomerGateway: deviceName: must be unique among the customer gateways of one address and ASN of the stack, got "first", which stack/First/CustomerGateway has',
    ],
    [
      'a second VPN of one name',
      () => ({ name: 'first' }),
      'stack/Second: name: must be unique among the VPNs of the stack, got "first", which stack/First has',
    ],
    [
      'an ASN for a gateway that has its own',
      (_, { vpnGateway }) => ({ vpnGateway, amazonSideAsn: 64600 }),
      'stack/Second: amazonSideAsn: must be absent where vpnGateway has its own, got 64600',
    ],
    [
      "the ASN of the gateway on the site's side",
      (_, { vpnGateway }) => ({ vpnGateway, customerGateway: { ...SITE, asn: 64512 } }),
      'stack/Second: amazonSideAsn: must differ from customerGateway.asn on a virtual private gateway, got 64512 for both',
    ],
  ])('refuses %s', (_, second, message) => {
    expect(() => twoVpns(second)).toThrow(message);
  });

  it('takes one name in two stacks', () => {
    const one = (stack: TerraformStack): void => {
      const network = Network.fromNetworkAttributes(stack, 'Network', NETWORK);
      new SiteToSiteVpn(stack, 'Vpn', { name: 'dev', network, customerGateway: SITE });
    };
    synthesized(one);
    expect(() => synthesized(one)).not.toThrow();
  });
});
