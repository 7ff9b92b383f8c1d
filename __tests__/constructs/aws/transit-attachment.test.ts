import '../../../stacks/fast-tokens';
import { type TerraformStack, TerraformVariable } from 'cdktf';

import { type INetwork, Network } from '../../../constructs/aws/network';

import { TransitAttachment, type TransitAttachmentProps } from '../../../constructs/aws/transit-attachment';

import { Cidr } from '../../../model/net/cidr';

import { at, only, plainAddresses, type Synthesized, synthesized } from '../../support/synthesized';

const cidr = Cidr.parse;
const text = (stack: TerraformStack, name: string): string =>
  new TerraformVariable(stack, name, { type: 'string' }).stringValue;
type In<T> = (stack: TerraformStack) => T;

describe('the attachment of a network', () => {
  const PROPS = {
    name: 'dev',
    transitGatewayId: 'tgw-1',
    subnets: ['a', 'c'],
    routeTableId: 'tgw-rtb-1',
    propagatedRouteTableIds: { own: 'tgw-rtb-1', site: 'tgw-rtb-2' },
    remoteNetworks: [cidr('10.0.2.0/24')],
  } as const satisfies Omit<TransitAttachmentProps, 'network'>;
  const theirs = (stack: TerraformStack, changes: object = {}): INetwork =>
    Network.fromNetworkAttributes(stack, 'Network', {
      vpcId: 'vpc-1',
      vpcCidr: '172.30.0.0/16',
      subnetIds: { a: 'subnet-1', c: 'subnet-2' },
      privateRouteTableIds: { Private: 'rtb-1', 'Private-c': 'rtb-2' },
      ...changes,
    });
  const build = (
    props: In<Partial<TransitAttachmentProps>> = () => ({}),
    changes: object = {},
  ): Synthesized =>
    synthesized((stack) => {
      new TransitAttachment(stack, 'Vpn', { ...PROPS, network: theirs(stack, changes), ...props(stack) });
    });

  it('is in one table, tells others its block, and sends the site its packets from every private table', () => {
    const synth = build();
    expect(plainAddresses(synth)).toEqual([
      'aws_ec2_transit_gateway_route_table_association.Vpn_Association',
      'aws_ec2_transit_gateway_route_table_propagation.Vpn_Propagation-own',
      'aws_ec2_transit_gateway_route_table_propagation.Vpn_Propagation-site',
      'aws_ec2_transit_gateway_vpc_attachment.Vpn_Attachment',
      'aws_route.Vpn_To-10_0_2_0-24-Private',
      'aws_route.Vpn_To-10_0_2_0-24-Private-c',
    ]);
    expect(only(synth, 'aws_ec2_transit_gateway_vpc_attachment')).toEqual({
      subnet_ids: ['subnet-1', 'subnet-2'],
      tags: { Name: 'dev' },
      transit_gateway_default_route_table_association: false,
      transit_gateway_default_route_table_propagation: false,
      transit_gateway_id: 'tgw-1',
      vpc_id: 'vpc-1',
    });
    const attachment = expect.stringMatching(
      /^\$\{aws_ec2_transit_gateway_vpc_attachment\.Vpn_Attachment_\w+\.id\}$/,
    );
    expect(only(synth, 'aws_ec2_transit_gateway_route_table_association')).toEqual({
      transit_gateway_attachment_id: attachment,
      transit_gateway_route_table_id: 'tgw-rtb-1',
    });
    expect(at(synth, 'aws_ec2_transit_gateway_route_table_propagation', 'Vpn_Propagation-site')).toEqual({
      transit_gateway_attachment_id: attachment,
      transit_gateway_route_table_id: 'tgw-rtb-2',
    });
    // AWS refuses a route to a gateway that the VPC is not attached to yet.
    expect(at(synth, 'aws_route', 'Vpn_To-10_0_2_0-24-Private-c')).toEqual({
      depends_on: [expect.stringMatching(/^aws_ec2_transit_gateway_vpc_attachment\.Vpn_Attachment_\w+$/)],
      destination_cidr_block: '10.0.2.0/24',
      route_table_id: 'rtb-2',
      transit_gateway_id: 'tgw-1',
    });
  });

  it('makes subnets of its own, one for each zone', () => {
    const synth = build(() => ({
      subnets: { 'ap-northeast-1a': '172.30.9.0/28', 'ap-northeast-1c': cidr('172.30.9.16/28') },
      tags: { owner: 'me' },
    }));
    expect(at(synth, 'aws_subnet', 'Vpn_Subnet-ap-northeast-1c')).toEqual({
      availability_zone: 'ap-northeast-1c',
      cidr_block: '172.30.9.16/28',
      // AWS deletes no subnet that the attachment has not left.
      lifecycle: { create_before_destroy: true },
      map_public_ip_on_launch: false,
      tags: { Name: 'dev-transit-ap-northeast-1c', owner: 'me' },
      vpc_id: 'vpc-1',
    });
    expect(only(synth, 'aws_ec2_transit_gateway_vpc_attachment').subnet_ids).toEqual([
      expect.stringMatching(/^\$\{aws_subnet\.Vpn_Subnet-ap-northeast-1a_\w+\.id\}$/),
      expect.stringMatching(/^\$\{aws_subnet\.Vpn_Subnet-ap-northeast-1c_\w+\.id\}$/),
    ]);
  });

  it('writes routes into the tables that it is given', () => {
    const synth = build(() => ({ privateRouteTableIds: { own: 'rtb-9' } }));
    expect(only(synth, 'aws_route').route_table_id).toBe('rtb-9');
    expect(at(synth, 'aws_route', 'Vpn_To-10_0_2_0-24-own')).toBeDefined();
  });

  it('attaches a network of the app', () => {
    const synth = build((stack) => ({
      network: new Network(stack, 'Own', {
        name: 'dev',
        cidr: '172.29.0.0/16',
        egress: 'none',
        subnets: { a: { cidr: '172.29.2.0/24', zone: 'ap-northeast-1a' } },
      }),
      subnets: ['a'],
    }));
    expect(only(synth, 'aws_ec2_transit_gateway_vpc_attachment')).toMatchObject({
      vpc_id: expect.stringMatching(/^\$\{aws_vpc\.Own_\w+\.id\}$/),
      subnet_ids: [expect.stringMatching(/^\$\{aws_subnet\.Own_Nodes-a_\w+\.id\}$/)],
    });
    expect(only(synth, 'aws_route').transit_gateway_id).toBe('tgw-1');
    // AWS deletes no subnet that the attachment has not left.
    expect(only(synth, 'aws_subnet').lifecycle).toEqual({ create_before_destroy: true });
  });

  it('takes ids, blocks and networks that only Terraform knows', () => {
    const synth = build(
      (stack) => ({
        transitGatewayId: text(stack, 'gateway'),
        routeTableId: text(stack, 'table'),
        propagatedRouteTableIds: { own: text(stack, 'own') },
        subnets: { a: text(stack, 'block') },
        remoteNetworks: { office: text(stack, 'office') },
      }),
      { vpcCidr: undefined },
    );
    expect(only(synth, 'aws_ec2_transit_gateway_vpc_attachment').transit_gateway_id).toBe('${var.gateway}');
    expect(only(synth, 'aws_subnet').cidr_block).toBe('${var.block}');
    expect(at(synth, 'aws_route', 'Vpn_To-office-Private')?.destination_cidr_block).toBe('${var.office}');
  });

  it.each<[string, In<Partial<TransitAttachmentProps>>, string]>([
    ['a name with a blank', () => ({ name: 'a b' }), 'name: must be 1 to 50 characters'],
    ['no subnet', () => ({ subnets: [] }), 'subnets: must name at least one, got none'],
    ['no block', () => ({ subnets: {} }), 'subnets: must name at least one, got none'],
    [
      'a subnet that is not there',
      () => ({ subnets: ['b'] }),
      'subnets: must be keys of subnets of stack/Network, got "b"',
    ],
    ['one subnet twice', () => ({ subnets: ['a', 'a'] }), 'subnets: must name each once, got a, a'],
    [
      'a block below /28',
      () => ({ subnets: { a: '172.30.9.0/29' } }),
      'subnets.a: must be a block from /16 to /28, got 172.30.9.0/29',
    ],
    [
      'a block outside of the VPC',
      () => ({ subnets: { a: '172.31.9.0/28' } }),
      'subnets.a: must lie in the VPC (172.30.0.0/16), got 172.31.9.0/28',
    ],
    [
      'two blocks that overlap',
      () => ({ subnets: { a: '172.30.9.0/27', c: '172.30.9.16/28' } }),
      'subnets.c: 172.30.9.16/28 overlaps subnets.a (172.30.9.0/27)',
    ],
    [
      "a network of the site in the VPC's block",
      () => ({ remoteNetworks: ['172.30.4.0/24'] }),
      'remoteNetworks: 172.30.4.0/24 overlaps the VPC (172.30.0.0/16)',
    ],
    [
      'a VPN gateway',
      () => ({ transitGatewayId: 'vgw-1' }),
      'transitGatewayId: must be an id like tgw-0123456789abcdef0 or a token, got "vgw-1"',
    ],
    ['a table of the VPC', () => ({ routeTableId: 'rtb-1' }), 'routeTableId: must be an id like tgw-rtb-'],
    [
      'a table of the VPC that learns its block',
      () => ({ propagatedRouteTableIds: { own: 'rtb-1' } }),
      'propagatedRouteTableIds.own: must be an id like tgw-rtb-',
    ],
    [
      'a key with a dot',
      () => ({ propagatedRouteTableIds: { 'a.b': 'tgw-rtb-1' } }),
      'propagatedRouteTableIds: must have keys of 1 to 64',
    ],
    ['a tag of AWS', () => ({ tags: { 'aws:x': 'y' } }), 'tags: must have keys of 1 to 128'],
  ])('refuses %s', (_, props, message) => {
    expect(() => build(props)).toThrow(`stack/Vpn: ${message}`);
  });

  it('refuses a second route to one network in one table', () => {
    const second = () =>
      synthesized((stack) => {
        const network = theirs(stack);
        new TransitAttachment(stack, 'Vpn', { ...PROPS, network });
        new TransitAttachment(stack, 'Other', { ...PROPS, name: 'other', network });
      });
    expect(second).toThrow(
      'stack/Other: remoteNetworks: must be unique among the destinations of route table Private of the stack, got "10.0.2.0/24", which stack/Vpn has',
    );
  });
});
