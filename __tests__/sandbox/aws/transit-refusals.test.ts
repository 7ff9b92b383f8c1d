import type { ObjectValue } from '../../../sandbox/protocol/values';
import { type Caller, SimulatedCloud } from '../simulated-cloud';

let cloud: SimulatedCloud;
let aws: Caller;
let made: Readonly<Record<string, ObjectValue>>;

const GATEWAY = 'aws_ec2_transit_gateway';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const ASSOCIATION = 'aws_ec2_transit_gateway_route_table_association';
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation';
const ROUTE = 'aws_ec2_transit_gateway_route';
const NOWHERE = '0123456789abcdef0';
const OFF = { default_route_table_association: 'disable', default_route_table_propagation: 'disable' };

const id = (name: string): string => String(made[name]?.id);

/** Makes one object after the other; each configuration may name those before it. */
async function make(
  objects: readonly (readonly [name: string, type: string, config: () => ObjectValue])[],
): Promise<void> {
  for (const [name, type, config] of objects) made = { ...made, [name]: await aws.create(type, config()) };
}

beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
  made = {};
  const subnet = (vpc: string, cidr_block: string, zone: string) => (): ObjectValue => ({
    vpc_id: id(vpc),
    cidr_block,
    availability_zone: `ap-northeast-1${zone}`,
  });
  const link = () => ({
    transit_gateway_attachment_id: id('attachment'),
    transit_gateway_route_table_id: id('table'),
  });
  await make([
    ['vpc', 'aws_vpc', () => ({ cidr_block: '10.1.0.0/16' })],
    ['subnet', 'aws_subnet', subnet('vpc', '10.1.0.0/24', 'a')],
    ['same zone', 'aws_subnet', subnet('vpc', '10.1.1.0/24', 'a')],
    ['free', 'aws_vpc', () => ({ cidr_block: '10.2.0.0/16' })],
    ['free subnet', 'aws_subnet', subnet('free', '10.2.0.0/24', 'a')],
    ['free same zone', 'aws_subnet', subnet('free', '10.2.1.0/24', 'a')],
    ['free route table', 'aws_route_table', () => ({ vpc_id: id('free') })],
    ['hub', GATEWAY, () => ({ description: 'hub', ...OFF })],
    ['other hub', GATEWAY, () => ({ description: 'other' })],
    ['table', TABLE, () => ({ transit_gateway_id: id('hub') })],
    ['empty table', TABLE, () => ({ transit_gateway_id: id('hub') })],
    ['other table', TABLE, () => ({ transit_gateway_id: id('other hub') })],
    [
      'attachment',
      ATTACHMENT,
      () => ({ transit_gateway_id: id('hub'), vpc_id: id('vpc'), subnet_ids: [id('subnet')] }),
    ],
    ['association', ASSOCIATION, link],
    ['propagation', PROPAGATION, link],
    ['route', ROUTE, () => ({ destination_cidr_block: '10.1.0.0/16', ...link() })],
    [
      'site',
      'aws_customer_gateway',
      () => ({ ip_address: '198.51.100.1', bgp_asn: '65000', type: 'ipsec.1' }),
    ],
    ['vpn', 'aws_vpn_connection', () => vpn({ transit_gateway_id: id('hub') })],
    ['share', 'aws_ram_resource_share', () => ({ name: 'hub' })],
    ['shared', 'aws_ram_resource_association', () => shared(String(made.hub?.arn))],
  ]);
});
afterAll(() => cloud.stop());

const vpn = (changes: ObjectValue): ObjectValue => ({
  customer_gateway_id: id('site'),
  type: 'ipsec.1',
  tunnel1_inside_cidr: '169.254.101.0/30',
  ...changes,
});
const shared = (resource_arn: string): ObjectValue => ({ resource_arn, resource_share_arn: id('share') });
const attached = (changes: ObjectValue): ObjectValue => ({
  transit_gateway_id: id('hub'),
  vpc_id: id('free'),
  subnet_ids: [id('free subnet')],
  ...changes,
});
const linked = (attachment: string, table: string): ObjectValue => ({
  transit_gateway_attachment_id: attachment,
  transit_gateway_route_table_id: table,
});

/** The refusal, without the request's number and without what differs between ids. */
async function refusal(action: Promise<unknown>): Promise<string> {
  const message = await action.then(
    () => 'accepted',
    (failure: Error) => failure.message,
  );
  return message
    .replace(/^.*, api error /, '')
    .replace(/\b((?:tgw-)?[a-z]+)-[0-9a-f]{17}\b/g, '$1-…')
    .replace(/resource-share\/[0-9a-f-]{36}/g, 'resource-share/…');
}

const NO_ATTACHMENT =
  'InvalidTransitGatewayAttachmentID.NotFound: Transit Gateway Attachment tgw-attach-… was deleted or does not exist.';
const NO_TABLE =
  'InvalidRouteTableID.NotFound: Transit Gateway Route Table tgw-rtb-… was deleted or does not exist.';
const NO_GATEWAY = 'InvalidTransitGatewayID.NotFound: Transit Gateway tgw-… was deleted or does not exist.';

it.each<[string, string, () => ObjectValue, string]>([
  ['a table of no gateway', TABLE, () => ({ transit_gateway_id: `tgw-${NOWHERE}` }), NO_GATEWAY],
  [
    'an attachment to no gateway',
    ATTACHMENT,
    () => attached({ transit_gateway_id: `tgw-${NOWHERE}` }),
    NO_GATEWAY,
  ],
  [
    'an attachment of no VPC',
    ATTACHMENT,
    () => attached({ vpc_id: `vpc-${NOWHERE}` }),
    "InvalidVpcID.NotFound: The vpc ID 'vpc-…' does not exist",
  ],
  [
    'a second attachment of a VPC',
    ATTACHMENT,
    () => attached({ vpc_id: id('vpc'), subnet_ids: [id('subnet')] }),
    'DuplicateTransitGatewayAttachment: tgw-… has non-deleted Transit Gateway Attachments with same VPC ID.: It is tgw-attach-….',
  ],
  [
    'two subnets of a zone',
    ATTACHMENT,
    () => attached({ subnet_ids: [id('free subnet'), id('free same zone')] }),
    'DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ: It is ap-northeast-1a.',
  ],
  [
    'a subnet of another VPC',
    ATTACHMENT,
    () => attached({ subnet_ids: [id('subnet')] }),
    'InvalidSubnetID.NotFound: Subnet subnet-… was deleted or does not exist.: It is in another VPC than vpc-….',
  ],
  [
    'a second association of an attachment',
    ASSOCIATION,
    () => linked(id('attachment'), id('empty table')),
    'Resource.AlreadyAssociated: Transit Gateway Attachment tgw-attach-… is already associated to a route table.',
  ],
  [
    'an association with no table',
    ASSOCIATION,
    () => linked(id('attachment'), `tgw-rtb-${NOWHERE}`),
    NO_TABLE,
  ],
  [
    'an association of no attachment',
    ASSOCIATION,
    () => linked(`tgw-attach-${NOWHERE}`, id('table')),
    NO_ATTACHMENT,
  ],
  [
    'an association with a table of another gateway',
    ASSOCIATION,
    () => linked(id('attachment'), id('other table')),
    NO_ATTACHMENT,
  ],
  [
    'a second propagation into a table',
    PROPAGATION,
    () => linked(id('attachment'), id('table')),
    'TransitGatewayRouteTablePropagation.Duplicate: Propagation tgw-attach-… already exists in Transit Gateway Route Table tgw-rtb-….',
  ],
  [
    'a propagation of no attachment',
    PROPAGATION,
    () => linked(`tgw-attach-${NOWHERE}`, id('table')),
    NO_ATTACHMENT,
  ],
  [
    'a second route to a network',
    ROUTE,
    () => ({ destination_cidr_block: '10.1.0.0/16', ...linked(id('attachment'), id('table')) }),
    'RouteAlreadyExists: Route 10.1.0.0/16 already exists in Transit Gateway Route Table tgw-rtb-….',
  ],
  [
    'a route to no attachment',
    ROUTE,
    () => ({ destination_cidr_block: '10.9.0.0/16', ...linked(`tgw-attach-${NOWHERE}`, id('table')) }),
    NO_ATTACHMENT,
  ],
  [
    'a route that leads nowhere and is no black hole',
    ROUTE,
    () => ({ destination_cidr_block: '10.9.0.0/16', transit_gateway_route_table_id: id('table') }),
    'MissingParameter: Missing required parameter in request: TransitGatewayAttachmentId.',
  ],
  [
    'a route of a VPC without attachment',
    'aws_route',
    () => ({
      route_table_id: id('free route table'),
      destination_cidr_block: '10.0.2.0/24',
      transit_gateway_id: id('hub'),
    }),
    "InvalidTransitGatewayID.NotFound: The transitGateway ID 'tgw-…' does not exist.: It has no attachment of vpc-….",
  ],
  [
    'a connection to no gateway',
    'aws_vpn_connection',
    () => vpn({ transit_gateway_id: `tgw-${NOWHERE}` }),
    NO_GATEWAY,
  ],
  [
    'two tunnels with one inside network',
    'aws_vpn_connection',
    () => vpn({ transit_gateway_id: id('hub'), tunnel2_inside_cidr: '169.254.101.0/30' }),
    'InvalidParameterValue: The tunnel inside CIDR 169.254.101.0/30 is already in use on tgw-…',
  ],
  [
    "a static route of a transit gateway's connection",
    'aws_vpn_connection_route',
    () => ({ destination_cidr_block: '10.0.2.0/24', vpn_connection_id: id('vpn') }),
    'InvalidVpnConnection.InvalidType: The specified VPN connection does not support static routes.',
  ],
  [
    'a principal of no share',
    'aws_ram_principal_association',
    () => ({
      principal: '444455556666',
      resource_share_arn: 'arn:aws:ram:ap-northeast-1:123456789012:resource-share/none',
    }),
    'UnknownResourceException: ResourceShare arn:aws:ram:ap-northeast-1:123456789012:resource-share/none could not be found.',
  ],
  [
    'a resource that does not exist in a share',
    'aws_ram_resource_association',
    () => shared('arn:aws:ec2:ap-northeast-1:123456789012:transit-gateway/none'),
    'UnknownResourceException: Resource arn:aws:ec2:ap-northeast-1:123456789012:transit-gateway/none could not be found.: The sandbox shares transit gateways only.',
  ],
])('AWS refuses %s', async (_name, type, config, message) => {
  expect(await refusal(aws.create(type, config()))).toBe(message);
});

it('names what the provider names where a creation is refused', async () => {
  const message = await aws.create(ASSOCIATION, linked(id('attachment'), id('table'))).catch(String);
  expect(message).toContain(
    `creating EC2 Transit Gateway Route Table Association (${id('table')}_${id('attachment')}): operation error EC2: AssociateTransitGatewayRouteTable, https response error StatusCode: 400, `,
  );
});

it('refuses a second sharing of a resource in the words of the provider', async () => {
  const message = await refusal(aws.create('aws_ram_resource_association', shared(String(made.hub?.arn))));
  expect(message).toMatch(
    /^RAM Resource Association \(arn:.*,arn:.*:transit-gateway\/tgw-…\) already exists$/,
  );
});

it.each<[string, string, string, string]>([
  [
    'a gateway with a VPC',
    GATEWAY,
    'hub',
    'IncorrectState: tgw-… has non-deleted VPC Attachments: tgw-attach-….',
  ],
  ['a table with attachments', TABLE, 'table', 'IncorrectState: tgw-rtb-… has associated attachments'],
  [
    'a VPC with an attachment',
    'aws_vpc',
    'vpc',
    "DependencyViolation: The vpc 'vpc-…' has dependencies and cannot be deleted.",
  ],
  [
    'a subnet with an attachment',
    'aws_subnet',
    'subnet',
    "DependencyViolation: The subnet 'subnet-…' has dependencies and cannot be deleted.",
  ],
])('AWS refuses to delete %s', async (_name, type, name, message) => {
  expect(await refusal(aws.delete(type, made[name] ?? {}))).toBe(message);
});
