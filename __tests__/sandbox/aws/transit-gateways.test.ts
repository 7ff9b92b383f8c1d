import type { ObjectValue } from '../../../sandbox/protocol/values';
import { type Caller, SimulatedCloud } from '../simulated-cloud';

const GATEWAY = 'aws_ec2_transit_gateway';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const OFF = { default_route_table_association: 'disable', default_route_table_propagation: 'disable' };

let cloud: SimulatedCloud;
let aws: Caller;
let site: ObjectValue;
beforeEach(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
  site = await aws.create('aws_customer_gateway', {
    ip_address: '198.51.100.1',
    bgp_asn: '65000',
    type: 'ipsec.1',
  });
});
afterEach(() => cloud.stop());

function connected(gateway: ObjectValue, more: ObjectValue = {}): Promise<ObjectValue> {
  return aws.create('aws_vpn_connection', {
    customer_gateway_id: site.id ?? null,
    transit_gateway_id: gateway.id ?? null,
    type: 'ipsec.1',
    ...more,
  });
}

async function refusal(action: Promise<unknown>): Promise<string> {
  const message = await action.then(
    () => 'accepted',
    (failure: Error) => failure.message,
  );
  return message.replace(/^.*, api error /, '').replace(/\b((?:tgw-)?[a-z]+)-[0-9a-f]{17}\b/g, '$1-…');
}

it('refuses to delete the default table of a gateway, and a gateway with a VPN', async () => {
  const gateway = await aws.create(GATEWAY, {});
  const table = String(gateway.association_default_route_table_id);
  expect(table).toBe(gateway.propagation_default_route_table_id);
  expect(await refusal(aws.delete(TABLE, { id: table }))).toBe(
    'IncorrectState: tgw-rtb-… is set as default association route table for tgw-…',
  );
  const connection = await connected(gateway);
  expect(await refusal(aws.delete(GATEWAY, gateway))).toBe(
    'IncorrectState: tgw-… has non-deleted VPN Attachments: tgw-attach-….',
  );
  await aws.delete('aws_vpn_connection', connection);
  await aws.delete(GATEWAY, gateway);
  expect(await aws.read(TABLE, { id: table })).toBeNull();
});

it('refuses another ASN while a VPN speaks BGP, and takes it afterwards', async () => {
  const gateway = await aws.create(GATEWAY, OFF);
  const changed = { amazon_side_asn: 64530, ...OFF };
  const speaking = await connected(gateway);
  await connected(gateway, { static_routes_only: true });
  expect(await refusal(aws.update(GATEWAY, gateway, changed))).toBe(
    'IncorrectState: tgw-… has attachments with BGP: tgw-attach-….',
  );
  await aws.delete('aws_vpn_connection', speaking);
  expect(await aws.update(GATEWAY, gateway, changed)).toMatchObject({
    id: gateway.id,
    amazon_side_asn: 64530,
  });
  expect(await refusal(aws.update(GATEWAY, gateway, { ...OFF, amazon_side_asn: 7018 }))).toBe(
    'InvalidParameterValue: Value (7018) for parameter AmazonSideAsn is invalid. It must be a private ASN.',
  );
});

it.each([64512, 65534, 4200000000, 4294967294])('takes the ASN %i', async (amazon_side_asn) => {
  expect(await aws.create(GATEWAY, { amazon_side_asn })).toMatchObject({ amazon_side_asn });
});

it.each([64511, 65535, 4199999999, 4294967295])('refuses the ASN %i', async (amazon_side_asn) => {
  expect(await refusal(aws.create(GATEWAY, { amazon_side_asn }))).toBe(
    `InvalidParameterValue: Value (${amazon_side_asn}) for parameter AmazonSideAsn is invalid. It must be a private ASN.`,
  );
});

it('has five gateways in a region, and twenty tables in a gateway', async () => {
  const numbers = [1, 2, 3, 4, 5].map(String);
  const [first] = await Promise.all(
    numbers.map((description) => aws.create(GATEWAY, { description, ...OFF })),
  );
  expect(await refusal(aws.create(GATEWAY, { description: '6' }))).toBe(
    'TransitGatewayLimitExceeded: The maximum number of transit gateways has been reached (5).',
  );
  const elsewhere = await cloud.caller({ region: 'us-west-2' });
  expect(await elsewhere.create(GATEWAY, {})).toMatchObject({ amazon_side_asn: 64512 });
  const table = { transit_gateway_id: first?.id ?? null };
  for (let count = 0; count < 20; count++) await aws.create(TABLE, table);
  expect(await refusal(aws.create(TABLE, table))).toBe(
    'TransitGatewayRouteTableLimitExceeded: The maximum number of route tables of tgw-… has been reached (20).',
  );
});
