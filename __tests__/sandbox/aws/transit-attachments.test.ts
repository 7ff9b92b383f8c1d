import type { ObjectValue } from '../../../sandbox/protocol/values';
import { type Caller, SimulatedCloud } from '../simulated-cloud';

const GATEWAY = 'aws_ec2_transit_gateway';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const ASSOCIATION = 'aws_ec2_transit_gateway_route_table_association';
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation';
const ROUTE = 'aws_ec2_transit_gateway_route';

let cloud: SimulatedCloud;
let aws: Caller;
let vpc: ObjectValue;
let subnet: ObjectValue;
let site: ObjectValue;
beforeEach(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
  vpc = await aws.create('aws_vpc', { cidr_block: '10.1.0.0/16' });
  subnet = await aws.create('aws_subnet', { vpc_id: id(vpc), cidr_block: '10.1.0.0/24' });
  site = await aws.create('aws_customer_gateway', {
    ip_address: '198.51.100.1',
    bgp_asn: '65000',
    type: 'ipsec.1',
  });
});
afterEach(() => cloud.stop());

const id = (object: ObjectValue): string => String(object.id);
const attached = (gateway: ObjectValue, more: ObjectValue = {}): ObjectValue => ({
  transit_gateway_id: id(gateway),
  vpc_id: id(vpc),
  subnet_ids: [id(subnet)],
  ...more,
});
const vpn = (more: ObjectValue): ObjectValue => ({ customer_gateway_id: id(site), type: 'ipsec.1', ...more });
const link = (attachment: string, table: string): ObjectValue => ({
  transit_gateway_attachment_id: attachment,
  transit_gateway_route_table_id: table,
});
const exists = async (type: string, table: string, attachment: string): Promise<boolean> =>
  (await aws.read(type, { id: `${table}_${attachment}` })) !== null;

const OFF = { default_route_table_association: 'disable', default_route_table_propagation: 'disable' };

it('gives new attachments the default table of the gateway, VPCs as well as VPNs', async () => {
  const gateway = await aws.create(GATEWAY, {});
  const table = String(gateway.association_default_route_table_id);
  expect(await aws.read(TABLE, { id: table })).toMatchObject({
    transit_gateway_id: id(gateway),
    default_association_route_table: true,
    default_propagation_route_table: true,
  });
  const network = await aws.create(ATTACHMENT, attached(gateway));
  expect(network).toMatchObject({
    transit_gateway_default_route_table_association: true,
    transit_gateway_default_route_table_propagation: true,
  });
  const connection = await aws.create('aws_vpn_connection', vpn({ transit_gateway_id: id(gateway) }));
  for (const attachment of [id(network), String(connection.transit_gateway_attachment_id)]) {
    expect(await exists(ASSOCIATION, table, attachment)).toBe(true);
    expect(await exists(PROPAGATION, table, attachment)).toBe(true);
  }
});

it('gives none where the gateway has no defaults, or the attachment refuses them', async () => {
  const bare = await aws.create(GATEWAY, OFF);
  expect(bare).toMatchObject({
    association_default_route_table_id: '',
    propagation_default_route_table_id: '',
  });
  expect(await aws.create(ATTACHMENT, attached(bare))).toMatchObject({
    transit_gateway_default_route_table_association: false,
    transit_gateway_default_route_table_propagation: false,
  });
  const gateway = await aws.create(GATEWAY, {});
  const refusing = { transit_gateway_default_route_table_association: false };
  expect(await aws.create(ATTACHMENT, attached(gateway, refusing))).toMatchObject({
    transit_gateway_default_route_table_association: false,
    transit_gateway_default_route_table_propagation: true,
  });
});

it('takes the default table for no twin of a new one, and lets Terraform adopt it', async () => {
  const gateway = await aws.create(GATEWAY, {});
  const table = { id: null, arn: null, tags: null, tags_all: null, transit_gateway_id: id(gateway) };
  const uses = { default_association_route_table: null, default_propagation_route_table: null };
  const config = { ...table, ...uses };
  const { planned } = await aws.client.plan(TABLE, null, config, config);
  expect((await aws.client.apply(TABLE, null, planned, config)).diagnostics).toEqual([]);
  const adopted = await aws.read(TABLE, {
    ...config,
    id: gateway.association_default_route_table_id ?? null,
  });
  expect(adopted).toMatchObject({ transit_gateway_id: id(gateway), default_association_route_table: true });
  await aws.delete(GATEWAY, gateway);
  expect(await aws.read(TABLE, adopted ?? {})).toBeNull();
});

it('has one default alone where the other is switched off', async () => {
  const gateway = await aws.create(GATEWAY, { default_route_table_propagation: 'disable' });
  expect(gateway.association_default_route_table_id).toMatch(/^tgw-rtb-[0-9a-f]{17}$/);
  expect(gateway.propagation_default_route_table_id).toBe('');
});

it('begins and ends the use of the default table in place', async () => {
  const gateway = await aws.create(GATEWAY, {});
  const before = await aws.create(ATTACHMENT, attached(gateway));
  const table = String(gateway.association_default_route_table_id);
  const without = { transit_gateway_default_route_table_association: false };
  const left = await aws.update(ATTACHMENT, before, attached(gateway, without));
  expect(left).toMatchObject({ transit_gateway_default_route_table_association: false });
  expect(await exists(ASSOCIATION, table, id(before))).toBe(false);
  const within = { transit_gateway_default_route_table_association: true };
  await aws.update(ATTACHMENT, left, attached(gateway, within));
  expect(await exists(ASSOCIATION, table, id(before))).toBe(true);
});

it('leaves the associations of a default that is switched off, and the table is an ordinary one then', async () => {
  const gateway = await aws.create(GATEWAY, {});
  const network = await aws.create(ATTACHMENT, attached(gateway));
  const table = String(gateway.association_default_route_table_id);
  const changed = await aws.update(GATEWAY, gateway, OFF);
  expect(changed.association_default_route_table_id).toBe('');
  expect(await exists(ASSOCIATION, table, id(network))).toBe(true);
  await aws.delete(ASSOCIATION, { id: `${table}_${id(network)}` });
  await aws.delete(TABLE, { id: table });
  expect(await exists(PROPAGATION, table, id(network))).toBe(false);
});

it('replaces an existing association where that is asked for', async () => {
  const gateway = await aws.create(GATEWAY, {});
  const network = await aws.create(ATTACHMENT, attached(gateway));
  const table = await aws.create(TABLE, { transit_gateway_id: id(gateway) });
  const made = await aws.create(ASSOCIATION, {
    ...link(id(network), id(table)),
    replace_existing_association: true,
  });
  expect(made).toMatchObject({
    id: `${id(table)}_${id(network)}`,
    resource_id: id(vpc),
    resource_type: 'vpc',
  });
  const before = String(gateway.association_default_route_table_id);
  expect(await exists(ASSOCIATION, before, id(network))).toBe(false);
});

it('makes a black hole of a static route whose VPN is deleted, and forgets its association', async () => {
  const gateway = await aws.create(GATEWAY, OFF);
  const table = await aws.create(TABLE, { transit_gateway_id: id(gateway) });
  const connection = await aws.create('aws_vpn_connection', vpn({ transit_gateway_id: id(gateway) }));
  const attachment = String(connection.transit_gateway_attachment_id);
  const association = await aws.create(ASSOCIATION, link(attachment, id(table)));
  expect(association).toMatchObject({ resource_id: id(connection), resource_type: 'vpn' });
  const route = await aws.create(ROUTE, {
    destination_cidr_block: '10.0.2.0/24',
    ...link(attachment, id(table)),
  });
  await aws.delete('aws_vpn_connection', connection);
  expect(await aws.read(ROUTE, route)).toMatchObject({ blackhole: true, transit_gateway_attachment_id: '' });
  expect(await exists(ASSOCIATION, id(table), attachment)).toBe(false);
});

it('makes a black hole of a route of a VPC whose attachment is deleted', async () => {
  const gateway = await aws.create(GATEWAY, OFF);
  const network = await aws.create(ATTACHMENT, attached(gateway));
  const table = await aws.create('aws_route_table', { vpc_id: id(vpc) });
  const route = await aws.create('aws_route', {
    route_table_id: id(table),
    destination_cidr_block: '10.0.2.0/24',
    transit_gateway_id: id(gateway),
  });
  expect(route.state).toBe('active');
  await aws.delete(ATTACHMENT, network);
  expect(await aws.read('aws_route', route)).toMatchObject({
    state: 'blackhole',
    transit_gateway_id: id(gateway),
  });
});

it('moves a connection between gateways in place, under another attachment', async () => {
  const [one, other] = [await aws.create(GATEWAY, {}), await aws.create(GATEWAY, { description: 'other' })];
  const before = await aws.create('aws_vpn_connection', vpn({ transit_gateway_id: id(one) }));
  const after = await aws.update('aws_vpn_connection', before, vpn({ transit_gateway_id: id(other) }));
  const moved = String(after.transit_gateway_attachment_id);
  expect(after.id).toBe(before.id);
  expect(moved).not.toBe(before.transit_gateway_attachment_id);
  expect(await exists(ASSOCIATION, String(other.association_default_route_table_id), moved)).toBe(true);
  await aws.delete(GATEWAY, one);
});

it('lets two connections of a transit gateway have the same inside networks', async () => {
  const gateway = await aws.create(GATEWAY, { amazon_side_asn: 4200000001, ...OFF });
  const same = vpn({
    transit_gateway_id: id(gateway),
    tunnel1_inside_cidr: '169.254.101.0/30',
    tunnel2_inside_cidr: '169.254.101.4/30',
  });
  await aws.create('aws_vpn_connection', same);
  expect(await aws.create('aws_vpn_connection', same)).toMatchObject({
    tunnel1_bgp_asn: '4200000001',
    tunnel1_vgw_inside_address: '169.254.101.1',
    tunnel2_vgw_inside_address: '169.254.101.5',
  });
});

it('gives tunnels that carry IPv6 inside networks of fd00::/8', async () => {
  const gateway = await aws.create(GATEWAY, OFF);
  const config = vpn({ transit_gateway_id: id(gateway), tunnel_inside_ip_version: 'ipv6' });
  const connection = await aws.create('aws_vpn_connection', config);
  const network = /^fd[0-9a-f]{2}:.*\/126$/;
  expect(connection.tunnel1_inside_ipv6_cidr).toMatch(network);
  expect(connection.tunnel2_inside_ipv6_cidr).toMatch(network);
  expect(connection.tunnel1_inside_ipv6_cidr).not.toBe(connection.tunnel2_inside_ipv6_cidr);
  expect(connection).toMatchObject({ local_ipv6_network_cidr: '::/0', local_ipv4_network_cidr: '' });
});

it('replaces a gateway whose default table is switched on', async () => {
  const { client } = aws;
  const bare = await aws.create(GATEWAY, OFF);
  const wanted = { ...bare, ...OFF, default_route_table_association: 'enable' };
  const { replaces } = await client.plan(GATEWAY, bare, wanted, wanted);
  expect(replaces).toEqual(['default_route_table_association']);
});

it('gives a share the permission of what is in it, and forgets its associations with it', async () => {
  const gateway = await aws.create(GATEWAY, OFF);
  const share = await aws.create('aws_ram_resource_share', { name: 'hub' });
  expect(share).toMatchObject({
    id: expect.stringMatching(
      /^arn:aws:ram:ap-northeast-1:\d{12}:resource-share\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    ),
    allow_external_principals: false,
    permission_arns: [],
  });
  expect(share.arn).toBe(share.id);
  const shared = await aws.create('aws_ram_resource_association', {
    resource_arn: gateway.arn ?? null,
    resource_share_arn: id(share),
  });
  expect(shared.id).toBe(`${id(share)},${String(gateway.arn)}`);
  expect(await aws.read('aws_ram_resource_share', share)).toMatchObject({
    permission_arns: ['arn:aws:ram::aws:permission/AWSRAMDefaultPermissionTransitGateway'],
  });
  await aws.delete('aws_ram_resource_share', share);
  expect(await aws.read('aws_ram_resource_association', shared)).toBeNull();
});
