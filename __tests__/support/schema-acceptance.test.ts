import { refusals } from './schema-acceptance';

type Json = Readonly<Record<string, unknown>>;

const resource = (type: string, value: Json): readonly string[] =>
  refusals({ resource: { [type]: { it: value } } });

const VPC = { cidr_block: '10.0.0.0/16' };
const GROUP = { name: 'nodes', location: 'japaneast' };
const MOUNT = { path: 'secret', type: 'kv' };
const SUBNET = {
  name: 'a',
  resource_group_name: 'b',
  virtual_network_name: 'c',
  address_prefixes: ['10.0.0.0/24'],
};
const GATEWAY = { name: 'a', location: 'japaneast', resource_group_name: 'b', type: 'Vpn', sku: 'VpnGw1AZ' };
const CONFIGURATION = { name: 'instance-1', public_ip_address_id: 'x', subnet_id: 'y' };
const FLOW_LOG = {
  name: 'a',
  network_watcher_name: 'b',
  resource_group_name: 'c',
  target_resource_id: 'd',
  storage_account_id: 'e',
  enabled: true,
};

it('takes what is right: attributes, blocks by themselves and in lists, expressions, arguments of Terraform', () => {
  expect(
    refusals({
      terraform: { required_providers: { aws: { source: 'aws', version: '>= 5.100.0, < 7.0.0' } } },
      provider: { aws: [{ region: 'us-west-2', default_tags: [{ tags: { owner: 'team' } }] }] },
      data: { aws_availability_zones: { zones: { state: 'available' } } },
      resource: {
        aws_vpc: { it: { ...VPC, tags: { Name: 'x' }, enable_dns_support: '${var.dns}', lifecycle: {} } },
        aws_subnet: { it: { vpc_id: '${aws_vpc.it.id}', depends_on: ['aws_vpc.it'] } },
        azurerm_subnet: { it: SUBNET },
        azurerm_virtual_network_gateway: { it: { ...GATEWAY, ip_configuration: [CONFIGURATION] } },
        azurerm_network_watcher_flow_log: {
          it: { ...FLOW_LOG, retention_policy: { enabled: true, days: 90 } },
        },
        vault_mount: { it: { ...MOUNT, options: { version: '2' }, allowed_managed_keys: ['a'] } },
      },
      output: { zone: { value: '${data.aws_availability_zones.zones.names[0]}' } },
    }),
  ).toEqual([]);
});

it.each([
  ['aws_vpc', { ...VPC, cidr_blocks: 'x' }, 'aws_vpc.it.cidr_blocks: unknown'],
  ['azurerm_subnet', { ...SUBNET, tags: {} }, 'azurerm_subnet.it.tags: unknown'],
  ['vault_mount', { ...MOUNT, adopt: true }, 'vault_mount.it.adopt: unknown'],
  [
    'azurerm_virtual_network_gateway',
    { ...GATEWAY, ip_configuration: { ...CONFIGURATION, zone: '1' } },
    'azurerm_virtual_network_gateway.it.ip_configuration.zone: unknown',
  ],
])('refuses an attribute that %s does not have', (type, value, refusal) => {
  expect(resource(type, value)).toEqual([refusal]);
});

it.each([
  ['aws_vpc', { ...VPC, enable_dns_support: 'true' }, 'aws_vpc.it.enable_dns_support: not a bool'],
  ['aws_vpc', { ...VPC, tags: ['a'] }, 'aws_vpc.it.tags: not a map'],
  ['aws_vpc', { ...VPC, tags: { owner: 5 } }, 'aws_vpc.it.tags.owner: not a string'],
  [
    'azurerm_subnet',
    { ...SUBNET, address_prefixes: '10.0.0.0/24' },
    'azurerm_subnet.it.address_prefixes: not a list',
  ],
  [
    'azurerm_subnet',
    { ...SUBNET, address_prefixes: [24] },
    'azurerm_subnet.it.address_prefixes[]: not a string',
  ],
  ['azurerm_resource_group', { ...GROUP, name: 5 }, 'azurerm_resource_group.it.name: not a string'],
  [
    'vault_mount',
    { ...MOUNT, max_lease_ttl_seconds: '60' },
    'vault_mount.it.max_lease_ttl_seconds: not a number',
  ],
  ['vault_mount', { ...MOUNT, allowed_managed_keys: 'a' }, 'vault_mount.it.allowed_managed_keys: not a set'],
])('refuses a wrong type in %s', (type, value, refusal) => {
  expect(resource(type, value)).toEqual([refusal]);
});

it('refuses an object that lacks a member, has another one, or a member of a wrong type', () => {
  const route = {
    ...{
      carrier_gateway_id: '',
      core_network_arn: '',
      destination_prefix_list_id: '',
      egress_only_gateway_id: '',
    },
    ...{ gateway_id: 'igw-1', ipv6_cidr_block: '', local_gateway_id: '', nat_gateway_id: '' },
    ...{
      network_interface_id: '',
      transit_gateway_id: '',
      vpc_endpoint_id: '',
      vpc_peering_connection_id: '',
    },
  };
  const table = (value: Json) => resource('aws_route_table', { vpc_id: 'vpc-1', route: [value] });
  expect(table({ ...route, cidr_block: '0.0.0.0/0' })).toEqual([]);
  expect(table(route)).toEqual(['aws_route_table.it.route[].cidr_block: missing']);
  expect(table({ ...route, cidr_block: 5 })).toEqual(['aws_route_table.it.route[].cidr_block: not a string']);
  expect(table({ ...route, cidr_block: '', via: 'x' })).toEqual(['aws_route_table.it.route[].via: unknown']);
});

it.each([
  [
    'aws_vpn_gateway_attachment',
    { vpc_id: 'vpc-1' },
    'aws_vpn_gateway_attachment.it.vpn_gateway_id: missing',
  ],
  ['azurerm_resource_group', { name: 'nodes' }, 'azurerm_resource_group.it.location: missing'],
  ['azurerm_resource_group', { ...GROUP, name: null }, 'azurerm_resource_group.it.name: missing'],
  ['vault_mount', { path: 'secret' }, 'vault_mount.it.type: missing'],
  [
    'azurerm_network_watcher_flow_log',
    { ...FLOW_LOG, retention_policy: [{ enabled: true }] },
    'azurerm_network_watcher_flow_log.it.retention_policy.days: missing',
  ],
])('refuses %s without what it needs', (type, value, refusal) => {
  expect(resource(type, value)).toEqual([refusal]);
});

it.each([
  ['aws_vpc', { ...VPC, arn: 'arn:aws:ec2' }, 'aws_vpc.it.arn: computed'],
  [
    'azurerm_nat_gateway',
    { ...GROUP, resource_group_name: 'b', resource_guid: 'x' },
    'azurerm_nat_gateway.it.resource_guid: computed',
  ],
  ['vault_mount', { ...MOUNT, accessor: 'kv_1' }, 'vault_mount.it.accessor: computed'],
])('refuses what %s computes itself', (type, value, refusal) => {
  expect(resource(type, value)).toEqual([refusal]);
});

it.each([
  [
    'azurerm_virtual_network_gateway',
    GATEWAY,
    'azurerm_virtual_network_gateway.it.ip_configuration: 0 blocks',
  ],
  [
    'azurerm_virtual_network_gateway',
    { ...GATEWAY, ip_configuration: [CONFIGURATION, CONFIGURATION, CONFIGURATION, CONFIGURATION] },
    'azurerm_virtual_network_gateway.it.ip_configuration: 4 blocks',
  ],
  [
    'azurerm_network_watcher_flow_log',
    { ...FLOW_LOG, retention_policy: [] },
    'azurerm_network_watcher_flow_log.it.retention_policy: 0 blocks',
  ],
  [
    'aws_vpn_connection',
    { customer_gateway_id: 'x', type: 'ipsec.1', tunnel1_log_options: [{}, {}] },
    'aws_vpn_connection.it.tunnel1_log_options: 2 blocks',
  ],
  [
    'aws_vpc_endpoint',
    { vpc_id: 'x', service_name: 'y', timeouts: [{}, {}] },
    'aws_vpc_endpoint.it.timeouts: 2 blocks',
  ],
  [
    'aws_vpc_endpoint',
    { vpc_id: 'x', service_name: 'y', timeouts: '5m' },
    'aws_vpc_endpoint.it.timeouts: no block',
  ],
])('counts the blocks of %s', (type, value, refusal) => {
  expect(resource(type, value)).toEqual([refusal]);
});

it('refuses types and providers without a schema', () => {
  expect(resource('aws_vpcs', {})).toEqual(['aws_vpcs: no schema']);
  expect(resource('terraform_data', { input: { a: 1 } })).toEqual([]);
  expect(resource('terraform_data', { inputs: 1 })).toEqual(['terraform_data.it.inputs: unknown']);
  expect(resource('google_project', {})).toEqual(['google_project: no schema']);
  expect(refusals({ data: { vault_mount: { it: {} } } })).toEqual(['data.vault_mount: no schema']);
  expect(refusals({ provider: { google: [{}] } })).toEqual(['provider.google: no schema']);
  expect(refusals({ terraform: { required_providers: { google: { source: 'hashicorp/google' } } } })).toEqual(
    ['required_providers.google: no schema'],
  );
});

it.each([
  [{ aws: [{ zone: 'a' }] }, 'provider.aws.zone: unknown'],
  [{ aws: [{ allowed_account_ids: '123456789012' }] }, 'provider.aws.allowed_account_ids: not a set'],
  [{ azurerm: [{ features: [{}, { zone: 'x' }] }] }, 'provider.azurerm.features.zone: unknown'],
  [{ vault: [{ namespace: 'x', address: 5 }] }, 'provider.vault.address: not a string'],
])('looks at the configuration of a provider: %j', (provider, refusal) => {
  expect(refusals({ provider })).toEqual([refusal]);
});

it.each([
  [{ aws: { source: 'aws', version: '>= 6.25.0' } }, 'required_providers.aws: >= 6.25.0, not 5.100.0'],
  [
    { vault: { source: 'openbao/vault', version: '>= 5.6.0' } },
    'required_providers.vault: source openbao/vault',
  ],
  [
    { azurerm: { source: 'hashicorp/azurerm', version: '~> 5.0' } },
    'required_providers.azurerm: ~> 5.0, not 4.55.0',
  ],
])('refuses a provider of which it has no schema: %j', (required_providers, refusal) => {
  expect(refusals({ terraform: { required_providers } })).toEqual([refusal]);
});

it.each([
  ['${aws_vpc.it.ids}', '${aws_vpc.it.ids}: unknown'],
  ['${aws_vpc.other.id}', '${aws_vpc.other.id}: not configured'],
  ['a-${cidrsubnet(data.aws_vpc.it.cidr_block, 4, 1)}', '${data.aws_vpc.it.cidr_block}: not configured'],
])('refuses the reference in %s', (value, refusal) => {
  expect(refusals({ resource: { aws_vpc: { it: VPC } }, output: { it: { value } } })).toEqual([refusal]);
  expect(refusals({ output: { it: { value: value.replace('${', () => '$${') } } })).toEqual([]);
});
