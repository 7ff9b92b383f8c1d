import { readFileSync } from 'node:fs';
import { AWS_FILES } from '../../sandbox/aws/files';
import { AWS_PROVIDER_VERSION, DATA_TYPES, MANAGED_TYPES } from '../../sandbox/aws/types';
import { encodeValue, isKnown, type ObjectValue, UNKNOWN } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import { GrpcClient } from '../../terraform/plugin/client';
import { Status } from '../../terraform/plugin/status';
import { SimulatedCloud } from './simulated-cloud';

let cloud: SimulatedCloud;

beforeAll(async () => {
  cloud = await SimulatedCloud.start();
});
afterAll(() => cloud.stop());

function config(type: string, given: ObjectValue): ObjectValue {
  return completed(AWS_FILES.schema.resource_schemas[type]?.block ?? {}, given);
}

describe('the schema files', () => {
  it('hold what is simulated, and say of which provider', () => {
    for (const name of ['schema', 'behaviour'] as const) {
      const content = readFileSync(AWS_FILES.file(name), 'utf8');
      expect(JSON.parse(content)).toMatchObject({
        provider: 'registry.terraform.io/hashicorp/aws',
        version: AWS_PROVIDER_VERSION,
      });
    }
    expect(Object.keys(AWS_FILES.schema.resource_schemas).sort()).toEqual([...MANAGED_TYPES].sort());
    expect(Object.keys(AWS_FILES.schema.data_source_schemas).sort()).toEqual([...DATA_TYPES].sort());
  });
});

describe('a provider configuration', () => {
  it.each<[ObjectValue, string]>([
    [{ region: 'ap-northeast-9' }, 'invalid AWS Region: ap-northeast-9'],
    [
      { region: 'us-east-1', forbidden_account_ids: ['123456789012'] },
      'AWS account ID not allowed: 123456789012',
    ],
  ])('is refused: %j', async (given, summary) => {
    expect(await cloud.client().configure(given)).toMatchObject([{ summary }]);
  });

  it('needs a region, from itself or from the environment of the server', async () => {
    const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
    delete process.env.AWS_REGION;
    delete process.env.AWS_DEFAULT_REGION;
    expect(await cloud.client().configure({})).toMatchObject([
      { detail: 'invalid AWS Region: no region is configured', attribute: 'region' },
    ]);
    process.env.AWS_DEFAULT_REGION = 'us-west-2';
    const caller = await cloud.caller({});
    expect((await caller.client.readData('aws_region', { name: null })).state).toMatchObject({
      name: 'us-west-2',
    });
    delete process.env.AWS_DEFAULT_REGION;
    if (AWS_REGION !== undefined) process.env.AWS_REGION = AWS_REGION;
    if (AWS_DEFAULT_REGION !== undefined) process.env.AWS_DEFAULT_REGION = AWS_DEFAULT_REGION;
  });

  it('takes the first allowed account as its own', async () => {
    const caller = await cloud.caller({ region: 'us-east-1', allowed_account_ids: ['111122223333'] });
    expect((await caller.client.readData('aws_caller_identity', {})).state).toMatchObject({
      account_id: '111122223333',
    });
  });

  it('belongs to its connection; without one, calls are refused', async () => {
    const type = config('aws_vpc', { cidr_block: '10.0.0.0/16' });
    expect((await cloud.client().plan('aws_vpc', null, type, type)).diagnostics).toMatchObject([
      { summary: 'The provider is not configured.' },
    ]);
  });
});

describe('tags', () => {
  it('are merged with the default tags, which show in tags_all only', async () => {
    const caller = await cloud.caller({ region: 'us-east-1', default_tags: [{ tags: { a: '1', b: '2' } }] });
    const vpc = await caller.create('aws_vpc', { cidr_block: '10.0.0.0/16', tags: { b: '3' } });
    expect(vpc).toMatchObject({ tags: { b: '3' }, tags_all: { a: '1', b: '3' } });
    const bare = await caller.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
    expect(bare).toMatchObject({ tags: null, tags_all: { a: '1', b: '2' } });
    const changed = await caller.update('aws_vpc', vpc, { cidr_block: '10.0.0.0/16', tags: { c: '4' } });
    expect(changed).toMatchObject({ id: vpc.id, tags: { c: '4' }, tags_all: { a: '1', b: '2', c: '4' } });
  });

  it('that are unknown leave tags_all unknown', async () => {
    const { client } = await cloud.caller();
    const given = config('aws_vpc', { cidr_block: '10.0.0.0/16', tags: { a: UNKNOWN } });
    expect(isKnown((await client.plan('aws_vpc', null, given, given)).planned?.tags_all ?? null)).toBe(false);
  });

  it('that the provider ignores are not seen', async () => {
    const caller = await cloud.caller({
      region: 'us-east-1',
      ignore_tags: [{ keys: ['x'], key_prefixes: ['aws:'] }],
    });
    const vpc = await caller.create('aws_vpc', {
      cidr_block: '10.0.0.0/16',
      tags: { x: '1', 'aws:y': '2', z: '3' },
    });
    expect((await caller.read('aws_vpc', vpc))?.tags_all).toEqual({ z: '3' });
  });
});

describe('validation', () => {
  it.each<[string, ObjectValue, string, string]>([
    ['aws_subnet', { cidr_block: '10.0.0.0/24' }, 'vpc_id', 'Missing required argument'],
    ['aws_subnet', { vpc_id: 'vpc-1', arn: 'x' }, 'arn', 'Value for unconfigurable attribute'],
    [
      'aws_subnet',
      { vpc_id: 'vpc-1', cidr_block: '10.0.0.1/24' },
      'cidr_block',
      '"10.0.0.1/24" is not a valid IPv4 CIDR block; did you mean "10.0.0.0/24"?',
    ],
    [
      'aws_vpc',
      { cidr_block: '10.0.0.1/16' },
      'cidr_block',
      'expected cidr_block to contain a valid network Value, expected 10.0.0.0/16, got 10.0.0.1/16',
    ],
    [
      'aws_vpc',
      { cidr_block: '10.0.0.0/16', instance_tenancy: 'shared' },
      'instance_tenancy',
      'expected instance_tenancy to be one of ["default" "dedicated"], got shared',
    ],
    [
      'aws_vpn_connection',
      { customer_gateway_id: 'c', type: 'ipsec.1', tunnel1_phase1_lifetime_seconds: 60 },
      'tunnel1_phase1_lifetime_seconds',
      'expected tunnel1_phase1_lifetime_seconds to be in the range (900 - 28800), got 60',
    ],
    [
      'aws_cloudwatch_log_group',
      { retention_in_days: 2 },
      'retention_in_days',
      'expected retention_in_days to be one of [0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653], got 2',
    ],
    [
      'aws_vpc_security_group_ingress_rule',
      { security_group_id: 'sg-1', ip_protocol: 'tcp' },
      '',
      'Missing Attribute Configuration',
    ],
  ])('of %s refuses %j', async (type, given, attribute, summary) => {
    expect(await cloud.client().validate(type, config(type, given))).toContainEqual(
      expect.objectContaining({ attribute, summary }),
    );
  });

  it('repeats no key but one of a wrong length, as the real provider', async () => {
    const given = config('aws_vpn_connection', {
      customer_gateway_id: 'c',
      type: 'ipsec.1',
      tunnel1_preshared_key: '0secret-secret',
    });
    const diagnostics = await cloud.client().validate('aws_vpn_connection', given);
    expect(diagnostics).toHaveLength(2);
    expect(JSON.stringify(diagnostics)).not.toContain('secret-secret');
  });

  it('accepts what is not known yet', async () => {
    const given = config('aws_subnet', {
      vpc_id: UNKNOWN,
      cidr_block: UNKNOWN,
      private_dns_hostname_type_on_launch: UNKNOWN,
    });
    expect(await cloud.client().validate('aws_subnet', given)).toEqual([]);
  });
});

describe('other calls', () => {
  it('accept a type that is not simulated in a configuration, and refuse to make one, in the name of the sandbox', async () => {
    const { client } = await cloud.caller();
    const given = completed(AWS_FILES.other('resource_schemas', 'aws_network_acl')?.block ?? {}, {
      vpc_id: 'vpc-1',
    });
    expect(await client.validate('aws_network_acl', given)).toEqual([]);
    const [refusal] = (await client.plan('aws_network_acl', null, given, given)).diagnostics;
    expect(refusal).toMatchObject({ summary: 'The sandbox does not simulate aws_network_acl' });
    expect(refusal?.detail).toContain('hashicorp/aws 5.100.0');
    for (const type of MANAGED_TYPES) expect(refusal?.detail).toContain(type);
    expect((await client.readData('aws_ami_ids', {})).diagnostics).toMatchObject([
      {
        summary: 'The sandbox does not simulate aws_ami_ids',
        detail: expect.stringContaining('aws_availability_zones'),
      },
    ]);
  });

  it('name a type that the provider does not have at all', async () => {
    expect(await cloud.client().validate('aws_nothing', {})).toMatchObject([
      { summary: 'The sandbox does not simulate aws_nothing' },
    ]);
  });

  it('answer UNIMPLEMENTED where the protocol has a call that the sandbox has not', async () => {
    const client = new GrpcClient({ network: 'tcp', address: cloud.address });
    const path = '/tfplugin6.Provider/GetResourceIdentitySchemas';
    await expect(client.unary(path, Buffer.alloc(0))).rejects.toMatchObject({ code: Status.UNIMPLEMENTED });
    client.close();
  });

  it('upgrade a saved state: what is gone is dropped, what is new is null', async () => {
    const answer = await cloud.client().call('UpgradeResourceState', {
      type_name: 'aws_vpc',
      version: 0,
      raw_state: { json: Buffer.from(JSON.stringify({ id: 'vpc-1', enable_classiclink: true })) },
    });
    expect(answer.upgraded_state).toEqual({
      msgpack: Buffer.from(encodeValue(config('aws_vpc', { id: 'vpc-1' })).msgpack),
    });
  });

  it('offer the functions of the provider', async () => {
    const client = cloud.client();
    const argument = encodeValue('arn:aws:iam::123456789012:role/path/name');
    const trimmed = await client.call('CallFunction', { name: 'trim_iam_role_path', arguments: [argument] });
    expect(trimmed.result).toEqual({
      msgpack: Buffer.from(encodeValue('arn:aws:iam::123456789012:role/name').msgpack),
    });
    const wrong = await client.call('CallFunction', { name: 'arn_parse', arguments: [encodeValue('x')] });
    expect(wrong.error).toMatchObject({ text: 'arn: invalid prefix' });
  });
});

describe('imports', () => {
  it('know the composite ids of the provider', async () => {
    const caller = await cloud.caller({ region: 'sa-east-1' });
    const vpc = await caller.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
    const group = await caller.create('aws_security_group', { name: 'a', vpc_id: vpc.id ?? null });
    const rule = await caller.create('aws_security_group_rule', {
      type: 'ingress',
      security_group_id: group.id ?? null,
      protocol: 'tcp',
      from_port: 80,
      to_port: 81,
      cidr_blocks: ['10.0.0.0/8', '192.168.0.0/16'],
    });
    const imported = async (type: string, id: string) => {
      const { state } = await caller.client.import(type, id);
      return caller.read(type, state ?? {});
    };
    const written = `${String(group.id)}_ingress_tcp_80_81_192.168.0.0/16_10.0.0.0/8`;
    expect(await imported('aws_security_group_rule', written)).toEqual(rule);
    const table = await caller.create('aws_route_table', { vpc_id: vpc.id ?? null });
    const subnet = await caller.create('aws_subnet', { vpc_id: vpc.id ?? null, cidr_block: '10.0.0.0/24' });
    const ends = { subnet_id: subnet.id ?? null, route_table_id: table.id ?? null };
    const association = await caller.create('aws_route_table_association', ends);
    expect(await imported('aws_route_table_association', `${String(subnet.id)}/${String(table.id)}`)).toEqual(
      association,
    );
  });
});

describe('data sources', () => {
  it('list the zones of a region', async () => {
    const { client } = await cloud.caller({ region: 'ap-northeast-1' });
    expect((await client.readData('aws_availability_zones', {})).state).toMatchObject({
      names: ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d'],
      zone_ids: ['apne1-az1', 'apne1-az2', 'apne1-az3'],
    });
  });

  it('find by tag, and say when there is none or more than one', async () => {
    const caller = await cloud.caller({ region: 'eu-west-1' });
    const tags = { 'kakehashi:entry': 'dev/aws/default' };
    const vpc = await caller.create('aws_vpc', { cidr_block: '10.0.0.0/16', tags });
    const filter = (value: string) => ({ filter: [{ name: 'tag:kakehashi:entry', values: [value] }] });
    expect((await caller.client.readData('aws_vpc', filter('dev/aws/default'))).state).toMatchObject({
      id: vpc.id,
      tags,
    });
    expect((await caller.client.readData('aws_vpc', filter('dev/aws/other'))).diagnostics).toMatchObject([
      { summary: 'no matching EC2 VPC found' },
    ]);
    await caller.create('aws_vpc', { cidr_block: '10.1.0.0/16', tags });
    expect((await caller.client.readData('aws_vpc', { tags })).diagnostics).toMatchObject([
      {
        summary:
          'multiple EC2 VPCs matched; use additional constraints to reduce matches to a single EC2 VPC',
      },
    ]);
    expect((await caller.client.readData('aws_vpcs', filter('dev/aws/*'))).state?.ids).toHaveLength(2);
    expect(
      (await caller.client.readData('aws_vpc', { filter: [{ name: 'colour', values: ['x'] }] })).diagnostics,
    ).toMatchObject([
      { summary: "reading EC2 VPCs: api error InvalidParameterValue: The filter 'colour' is invalid" },
    ]);
  });

  it('render policy documents', async () => {
    const { client } = await cloud.caller();
    const statement = {
      sid: 'S',
      actions: ['s3:Get', 's3:Put'],
      resources: ['arn:aws:s3:::&{aws:username}'],
      condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['123456789012'] }],
      principals: [{ type: 'Service', identifiers: ['vpc-flow-logs.amazonaws.com'] }],
    };
    const { state } = await client.readData('aws_iam_policy_document', { statement: [statement] });
    expect(JSON.parse(String(state?.json))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'S',
          Effect: 'Allow',
          Action: ['s3:Put', 's3:Get'],
          Resource: `arn:aws:s3:::\${aws:username}`,
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
        },
      ],
    });
  });
});
