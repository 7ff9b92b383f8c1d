import { type Caller, SimulatedCloud } from '../simulated-cloud';

let cloud: SimulatedCloud;
let aws: Caller;
beforeEach(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller({ region: 'us-east-1' });
});
afterEach(() => cloud.stop());

const text = (value: unknown) => String(value);

async function network() {
  const vpc = await aws.create('aws_vpc', { cidr_block: '10.0.0.0/16', tags: { team: 'lab' } });
  const table = await aws.create('aws_route_table', { vpc_id: text(vpc.id) });
  const ends = { vpc_id: text(vpc.id), route_table_id: text(table.id) };
  return { vpc, table, ends };
}

it('cannot be deleted, also when Terraform has forgotten the association', async () => {
  const { vpc, table, ends } = await network();
  const first = await aws.create('aws_main_route_table_association', ends);
  expect(first.original_route_table_id).toBe(vpc.default_route_table_id);
  await expect(aws.delete('aws_route_table', table)).rejects.toThrow('DependencyViolation');
  const again = await aws.create('aws_main_route_table_association', ends);
  expect(again.original_route_table_id).toBe(table.id);
  await aws.delete('aws_main_route_table_association', again);
  expect((await aws.read('aws_vpc', vpc))?.main_route_table_id).toBe(table.id);
  await expect(aws.delete('aws_route_table', table)).rejects.toThrow('DependencyViolation');
  await aws.delete('aws_main_route_table_association', first);
  expect((await aws.read('aws_vpc', vpc))?.main_route_table_id).toBe(vpc.default_route_table_id);
  await aws.delete('aws_route_table', table);
});

it('tagged resources are found by tag and type, also for a while after they were deleted', async () => {
  const { vpc, table } = await network();
  const arns = async (config: object) => {
    const { state } = await aws.client.readData('aws_resourcegroupstaggingapi_resources', config as never);
    const list = state?.resource_tag_mapping_list as readonly { resource_arn: string }[];
    return list.map(({ resource_arn }) => resource_arn);
  };
  const filter = { tag_filter: [{ key: 'team', values: ['lab'] }] };
  expect(await arns(filter)).toEqual([vpc.arn]);
  expect(await arns({ resource_type_filters: ['ec2:subnet'] })).toEqual([]);
  expect(await arns({ resource_type_filters: ['ec2'], ...filter })).toEqual([vpc.arn]);
  await aws.delete('aws_route_table', table);
  await aws.delete('aws_vpc', vpc);
  expect(await aws.read('aws_vpc', vpc)).toBeNull();
  expect(await arns(filter)).toEqual([vpc.arn]);
});

it.each([
  'aws_main_route_table_association',
  'aws_vpn_connection_route',
  'aws_vpn_gateway_attachment',
  'aws_vpn_gateway_route_propagation',
])('%s cannot be imported', async (type) => {
  const { diagnostics } = await aws.client.import(type, 'x');
  expect(diagnostics.map(({ summary }) => summary)).toEqual([`resource ${type} doesn't support import`]);
});
