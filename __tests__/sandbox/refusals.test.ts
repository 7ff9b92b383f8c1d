import { AWS_FILES } from '../../sandbox/aws/files';
import type { ObjectValue } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import { goJsonError } from '../../sandbox/provider/refusals/go-json-error';
import { parseIpNetwork } from '../../sandbox/provider/refusals/ip-network';
import { SimulatedCloud } from './simulated-cloud';

// Arguments that people got wrong, with the words of hashicorp/aws 5.100.0 about them.

let cloud: SimulatedCloud;
beforeAll(async () => {
  cloud = await SimulatedCloud.start();
});
afterAll(() => cloud.stop());

const CONNECTION = { customer_gateway_id: 'cgw-1', vpn_gateway_id: 'vgw-1', type: 'ipsec.1' };
const RULE = {
  type: 'ingress',
  security_group_id: 'sg-1',
  from_port: 1,
  to_port: 1,
  protocol: 'tcp',
  cidr_blocks: ['10.0.0.0/8'],
};
const MEMBERS = {
  cidr_blocks: null,
  description: null,
  from_port: null,
  ipv6_cidr_blocks: null,
  prefix_list_ids: null,
  protocol: null,
  security_groups: null,
  self: null,
  to_port: null,
};
const ROUTE = {
  carrier_gateway_id: null,
  cidr_block: null,
  core_network_arn: null,
  destination_prefix_list_id: null,
  egress_only_gateway_id: null,
  gateway_id: 'igw-1',
  ipv6_cidr_block: null,
  local_gateway_id: null,
  nat_gateway_id: null,
  network_interface_id: null,
  transit_gateway_id: null,
  vpc_endpoint_id: null,
  vpc_peering_connection_id: null,
};
const LETTERS = String.raw`("^[0-9A-Za-z_ .:/()#,@\\[\\]+=&;{}!$*-]*$")`;
const LONG = 'a'.repeat(256);
const RESERVED =
  '[169.254.0.0/30 169.254.1.0/30 169.254.2.0/30 169.254.3.0/30 169.254.4.0/30 169.254.5.0/30 169.254.169.252/30]';

const CASES: readonly (readonly [string, string, ObjectValue, string])[] = [
  [
    'a short key',
    'aws_vpn_connection',
    { ...CONNECTION, tunnel1_preshared_key: 'abc' },
    'expected length of tunnel1_preshared_key to be in the range (8 - 64), got abc',
  ],
  [
    'a key that starts with zero',
    'aws_vpn_connection',
    { ...CONNECTION, tunnel1_preshared_key: '0abcdefghijk' },
    'invalid value for tunnel1_preshared_key (cannot start with zero character)',
  ],
  [
    'a long key',
    'aws_vpn_connection',
    { ...CONNECTION, tunnel1_preshared_key: 'a'.repeat(65) },
    `expected length of tunnel1_preshared_key to be in the range (8 - 64), got ${'a'.repeat(65)}`,
  ],
  [
    'an inside network that is too large',
    'aws_vpn_connection',
    { ...CONNECTION, tunnel1_inside_cidr: '169.254.10.0/29' },
    'expected "tunnel1_inside_cidr" to contain a network Value with between 30 and 30 significant bits, got: 29',
  ],
  [
    'a reserved inside network',
    'aws_vpn_connection',
    { ...CONNECTION, tunnel1_inside_cidr: '169.254.169.252/30' },
    `expected tunnel1_inside_cidr to not be any of ${RESERVED}, got 169.254.169.252/30`,
  ],
  [
    'an inside network with host bits',
    'aws_vpn_connection',
    { ...CONNECTION, tunnel1_inside_cidr: '169.254.10.1/30' },
    'expected tunnel1_inside_cidr to contain a valid network Value, expected 169.254.10.0/30, got 169.254.10.1/30',
  ],
  [
    'a description in Japanese',
    'aws_security_group_rule',
    { ...RULE, description: '研究室' },
    `"description" doesn't comply with restrictions ${LETTERS}: "研究室"`,
  ],
  [
    'a description with an apostrophe',
    'aws_security_group_rule',
    { ...RULE, description: "customer's" },
    `"description" doesn't comply with restrictions ${LETTERS}: "customer's"`,
  ],
  [
    'a description in a nested block',
    'aws_security_group',
    {
      ingress: [
        {
          ...MEMBERS,
          from_port: 1,
          to_port: 1,
          protocol: 'tcp',
          cidr_blocks: ['10.0.0.0/8'],
          description: '研究室',
        },
      ],
    },
    `"ingress.0.description" doesn't comply with restrictions ${LETTERS}: "研究室"`,
  ],
  [
    'a long description',
    'aws_security_group',
    { description: LONG },
    `expected length of description to be in the range (0 - 255), got ${LONG}`,
  ],
  [
    'a long name',
    'aws_security_group',
    { name: LONG },
    `expected length of name to be in the range (0 - 255), got ${LONG}`,
  ],
  [
    'a name like an id',
    'aws_security_group',
    { name: 'sg-abc' },
    'invalid value for name (cannot begin with sg-)',
  ],
  [
    'a large VPC',
    'aws_vpc',
    { cidr_block: '10.0.0.0/8' },
    'expected "cidr_block" to contain a network Value with between 16 and 28 significant bits, got: 8',
  ],
  [
    'a long device name',
    'aws_customer_gateway',
    { type: 'ipsec.1', ip_address: '198.51.100.10', bgp_asn: '65000', device_name: LONG },
    `expected length of device_name to be in the range (1 - 255), got ${LONG}`,
  ],
  [
    'a route with host bits',
    'aws_route_table',
    { vpc_id: 'vpc-1', route: [{ ...ROUTE, cidr_block: '10.0.0.1/8' }] },
    '"10.0.0.1/8" is not a valid IPv4 CIDR block; did you mean "10.0.0.0/8"?',
  ],
];

it.each(CASES)('refuses %s', async (_what, type, given, message) => {
  const config = completed(AWS_FILES.schema.resource_schemas[type]?.block ?? {}, given);
  const diagnostics = await cloud.client().validate(type, config);
  expect(diagnostics.map(({ summary }) => summary)).toContain(message);
});

it('refuses an address of a private NAT gateway in the plan', async () => {
  const { client } = await cloud.caller({ region: 'us-east-1' });
  const config = completed(AWS_FILES.schema.resource_schemas.aws_nat_gateway?.block ?? {}, {
    subnet_id: 'subnet-1',
    connectivity_type: 'private',
    allocation_id: 'eipalloc-1',
  });
  const { diagnostics } = await client.plan('aws_nat_gateway', null, config, config);
  expect(diagnostics.map(({ summary }) => summary)).toEqual([
    'allocation_id is not supported with connectivity_type = "private"',
  ]);
});

it.each([
  ['10.0.0.1/8', '10.0.0.0/8', true],
  ['10.0.0.0/08', '10.0.0.0/8', false],
  ['2001:DB8::1/64', '2001:db8::/64', true],
  ['::ffff:10.0.0.0/120', '10.0.0.0/24', false],
])('reads %s as Go does', (text, canonical, hasHostBits) => {
  expect(parseIpNetwork(text)).toMatchObject({ canonical, hasHostBits });
});

it.each(['010.0.0.0/8', '10.0.0/8', '10.0.0.0/33', '10.0.0.0', 'fe80::%1/64', '::/129', ''])(
  'takes %j for no network',
  (text) => expect(parseIpNetwork(text)).toBeUndefined(),
);

it.each([
  ['{"a":1}', undefined],
  [' null ', undefined],
  ['', 'unexpected end of JSON input'],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
  ['[1 2]', "invalid character '2' after array element"],
  ['tru3', "invalid character '3' in literal true (expecting 'e')"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['"\\q"', "invalid character 'q' in string escape code"],
  ['[]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
])('says of %j what Go says', (text, message) => {
  expect(goJsonError(text)).toBe(message);
});
