import { AWS_FILES } from '../../sandbox/aws/files';
import { type ObjectValue, UNKNOWN, type Value } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import { proposal } from '../../tools/fidelity/samples';
import type { ProviderClient } from '../../tools/provider-client';
import { SimulatedCloud } from './simulated-cloud';

// Each expectation is what the real provider 5.100.0 answered to the same question over the plugin protocol.

let cloud: SimulatedCloud;
let client: ProviderClient;
beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  client = cloud.client();
  await client.configure({ region: 'us-east-1' });
});
afterAll(() => cloud.stop());

function block(type: string) {
  return AWS_FILES.schema.resource_schemas[type]?.block ?? {};
}

async function planned(type: string, given: ObjectValue, before?: ObjectValue) {
  const config = completed(block(type), given);
  if (before === undefined) return client.plan(type, null, config, config);
  const prior = completed(block(type), before);
  return client.plan(type, prior, proposal(block(type), prior, config), config);
}

async function diagnostics(type: string, given: ObjectValue): Promise<readonly string[]> {
  const found = await client.validate(type, completed(block(type), given));
  return found.map(({ severity, summary, detail, attribute }) =>
    [severity, attribute, summary, detail].join('|'),
  );
}

const NETWORK = { cidr_block: '10.0.0.0/16' };

it.each<readonly [configured: Value, tags: Value, all: Value]>([
  [null, null, UNKNOWN],
  [{}, null, UNKNOWN],
  [{ Name: null }, null, UNKNOWN],
  [{ Name: 'a' }, { Name: 'a' }, { Name: 'a' }],
  [{ Name: '' }, { Name: '' }, UNKNOWN],
  [{ Name: UNKNOWN, x: 'y' }, UNKNOWN, UNKNOWN],
])('plans the tags %j of a new object', async (tags, expected, all) => {
  const plan = await planned('aws_vpc', { ...NETWORK, tags });
  expect([plan.planned?.tags, plan.planned?.tags_all]).toEqual([expected, all]);
});

it.each<readonly [had: Value, hadAll: Value, configured: Value, tags: Value, all: Value]>([
  [{ Name: 'a' }, { Name: 'a' }, null, {}, {}],
  [{ Name: 'a' }, { Name: 'a' }, {}, {}, {}],
  [{}, {}, null, {}, {}],
  [null, {}, null, null, {}],
  [null, { team: 'core' }, null, null, { team: 'core' }],
  [null, null, null, null, UNKNOWN],
])('plans tags %j (in all %j) becoming %j', async (had, hadAll, tags, expected, all) => {
  const before = { ...NETWORK, id: 'vpc-1', tags: had, tags_all: hadAll };
  const plan = await planned('aws_vpc', { ...NETWORK, tags }, before);
  expect([plan.planned?.tags, plan.planned?.tags_all]).toEqual([expected, all]);
});

it('leaves ignored tags out of tags_all', async () => {
  const ignoring = cloud.client();
  await ignoring.configure({
    region: 'us-east-1',
    default_tags: [{ tags: { team: 'core' } }],
    ignore_tags: [{ keys: ['x'], key_prefixes: null }],
  });
  const config = completed(block('aws_vpc'), { ...NETWORK, tags: { Name: 'a', x: 'y' } });
  const plan = await ignoring.plan('aws_vpc', null, config, config);
  expect(plan.planned?.tags_all).toEqual({ Name: 'a', team: 'core' });
});

it('sees no change where a removed tunnel option had the value that AWS takes', async () => {
  const ends = { customer_gateway_id: 'cgw-1', vpn_gateway_id: 'vgw-1', type: 'ipsec.1' };
  const before = {
    ...ends,
    id: 'vpn-1',
    tunnel1_phase1_lifetime_seconds: 28800,
    tunnel2_startup_action: 'start',
  };
  const plan = await planned('aws_vpn_connection', ends, before);
  expect(plan.planned).toMatchObject({
    tunnel1_phase1_lifetime_seconds: 28800,
    tunnel2_startup_action: null,
  });
});

it('sees no change where only timeouts differ', async () => {
  const had = { id: 'igw-1', vpc_id: 'vpc-1', timeouts: null, tags: null, tags_all: {} };
  const given = { vpc_id: 'vpc-1', timeouts: { create: '5m', delete: null, update: null } };
  expect((await planned('aws_internet_gateway', given, had)).planned?.timeouts).toBeNull();
  const moved = await planned('aws_internet_gateway', { ...given, vpc_id: 'vpc-2' }, had);
  expect(moved.planned?.timeouts).toEqual(given.timeouts);
});

it('sees no change between null and empty', async () => {
  const had = { ...NETWORK, id: 'subnet-1', vpc_id: 'vpc-1' };
  const plan = await planned('aws_subnet', { ...NETWORK, vpc_id: 'vpc-1', outpost_arn: '' }, had);
  expect(plan.planned?.outpost_arn).toBeNull();
});

it('leaves blocks unknown that the cloud fills in, and keeps them afterwards', async () => {
  const ends = { customer_gateway_id: 'cgw-1', vpn_gateway_id: 'vgw-1', type: 'ipsec.1' };
  expect((await planned('aws_vpn_connection', ends)).planned?.tunnel1_log_options).toEqual(UNKNOWN);
  const options = [
    { cloudwatch_log_options: [{ log_enabled: false, log_group_arn: '', log_output_format: '' }] },
  ];
  const plan = await planned('aws_vpn_connection', ends, {
    ...ends,
    id: 'vpn-1',
    tunnel1_log_options: options,
  });
  expect(plan.planned?.tunnel1_log_options).toEqual(options);
});

it('replaces a rule whose kind of source changes, but not one whose source does', async () => {
  const rule = { security_group_id: 'sg-1', ip_protocol: '-1' };
  const type = 'aws_vpc_security_group_ingress_rule';
  const before = { ...rule, id: 'sgr-1', cidr_ipv4: '10.0.0.0/8' };
  expect((await planned(type, { ...rule, cidr_ipv4: '10.1.0.0/16' }, before)).replaces).toEqual([]);
  const other = await planned(type, { ...rule, referenced_security_group_id: 'sg-2' }, before);
  expect([...other.replaces].sort()).toEqual(['cidr_ipv4', 'referenced_security_group_id']);
});

it('gives up dedicated tenancy in place, and replaces the other way round', async () => {
  const has = (instance_tenancy: string) => ({ ...NETWORK, id: 'vpc-1', instance_tenancy });
  expect((await planned('aws_vpc', NETWORK, has('dedicated'))).replaces).toEqual([]);
  const replaced = await planned('aws_vpc', { ...NETWORK, instance_tenancy: 'dedicated' }, has('default'));
  expect(replaced.replaces).toEqual(['instance_tenancy']);
});

it('writes policies in the normal form, and sees no change in the same policy', async () => {
  const policy = '{ "Statement": [{"Effect":"Allow","Action":["sts:AssumeRole"]}], "Version": "2012-10-17" }';
  const normal = '{"Statement":[{"Action":["sts:AssumeRole"],"Effect":"Allow"}],"Version":"2012-10-17"}';
  const created = await planned('aws_iam_role', { assume_role_policy: policy });
  expect(created.planned?.assume_role_policy).toBe(normal);
  const before = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}';
  const updated = await planned(
    'aws_iam_role',
    { assume_role_policy: policy },
    { id: 'r', assume_role_policy: before },
  );
  expect(updated.planned?.assume_role_policy).toBe(before);
});

it('writes protocols of inline rules as AWS does', async () => {
  const ingress = [
    { protocol: 'TCP', from_port: 1, to_port: 2 },
    { protocol: 'all', from_port: 0, to_port: 0 },
  ];
  const plan = await planned('aws_security_group', { name: 'a', vpc_id: 'vpc-1', ingress });
  expect(plan.planned?.ingress).toMatchObject([{ protocol: 'tcp' }, { protocol: '-1' }]);
});

it.each<readonly [type: string, given: ObjectValue, expected: readonly string[]]>([
  [
    'aws_security_group',
    { name: 'a', name_prefix: 'b' },
    [
      'error|name|Conflicting configuration arguments|"name": conflicts with name_prefix',
      'error|name_prefix|Conflicting configuration arguments|"name_prefix": conflicts with name',
    ],
  ],
  ['aws_security_group', { name: 'a', name_prefix: UNKNOWN }, []],
  [
    'aws_route_table_association',
    { route_table_id: 'rtb-1' },
    ['gateway_id', 'subnet_id'].map(
      (name) =>
        `error|${name}|Invalid combination of arguments|"${name}": one of \`gateway_id,subnet_id\` must be specified`,
    ),
  ],
  ['aws_eip', { vpc: true }, ['warning|vpc|Argument is deprecated|vpc is deprecated. Use domain instead.']],
  [
    'aws_security_group',
    { ingress: [{ protocol: 'tcp', from_port: 1, to_port: null }] },
    [
      'error|ingress|Missing required argument|The argument "ingress.0.to_port" is required, but no definition was found.',
    ],
  ],
  [
    'aws_vpc_security_group_egress_rule',
    { security_group_id: 'sg-1', ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0', cidr_ipv6: '::/0' },
    [
      'error|cidr_ipv4|Invalid Attribute Combination|Exactly one of these attributes must be configured: [cidr_ipv4,cidr_ipv6,prefix_list_id,referenced_security_group_id]',
    ],
  ],
])('complains about combinations in %s %j', async (type, given, expected) => {
  expect(await diagnostics(type, given)).toEqual(expected);
});
