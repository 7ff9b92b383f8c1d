import { azureCatalog } from '../../fixtures/azure-catalog';
import { problemLines } from '../folder-of';
import { type Change, numbered, replaced, withTwoGateways } from './table';

/** On the right side of each limit of the wrong catalogs: name, catalog, and the notes that it may have. */
type Right = readonly [name: string, text: string, ...notes: readonly string[]];

const vpn = (name: string, keys: string, ...notes: readonly string[]): Right => [
  name,
  azureCatalog(keys),
  ...notes,
];
const create = (name: string, line: string, ...notes: readonly string[]): Right => [
  name,
  azureCatalog('{ routing: bgp }', `      ${line}\n`),
  ...notes,
];
const changed = (name: string, changes: readonly Change[], ...notes: readonly string[]): Right => [
  name,
  replaced(azureCatalog(), changes),
  ...notes,
];
const named = (key: string, value: string): readonly Change[] => [
  ['azure_location: Japan East', `azure_location: Japan East\n    ${key}: ${value}`],
];
const nat = (rules: string, more = ''): string => `{ sku: VpnGw2AZ, ${more}nat_rules: { ${rules} } }`;
const egress = (name: string, internal: string, external: string): string =>
  `${name}: { mode: EgressSnat, internal: ${internal}, external: ${external} }`;
const IN_WEST_US: readonly Change[] = [
  ['Japan East', 'West US'],
  ['azure_zone: 2, ', ''],
];
const VNET = 'vnet_cidr: 172.21.0.0/16';
const GATEWAY_SUBNET = 'gateway_subnet: 172.21.255.0/27';
const POLICY =
  'ike_encryption: GCMAES128, ike_integrity: SHA384, dh_group: ECP256, ipsec_encryption: GCMAES128, ipsec_integrity: GCMAES128, pfs_group: ECP256';

const GATEWAY: readonly Right[] = [
  ...['VpnGw1AZ', 'VpnGw2AZ', 'VpnGw3AZ', 'VpnGw4AZ', 'VpnGw5AZ'].map((sku) =>
    vpn(`${sku} with its usual generation`, `{ sku: ${sku} }`),
  ),
  vpn('VpnGw1AZ of generation 1', '{ sku: VpnGw1AZ, generation: 1 }'),
  vpn('VpnGw3AZ of generation 1', '{ sku: VpnGw3AZ, generation: 1 }'),
  vpn('VpnGw2AZ of generation 2', '{ sku: VpnGw2AZ, generation: 2 }'),
  vpn('VpnGw5AZ of generation 2', '{ sku: VpnGw5AZ, generation: 2 }'),
  vpn('all zones of a region', "{ zones: ['3', '1', '2'] }"),
  ['no zones in a region without', replaced(azureCatalog('{ zones: [] }'), IN_WEST_US)],
  ['no word of zones in a region without', replaced(azureCatalog(), IN_WEST_US)],
  vpn('one instance with BGP', '{ routing: bgp, active_active: false }'),
  vpn('two instances with static routes', '{ active_active: true }'),
  ['two instances for two gateways', withTwoGateways('{ routing: bgp }')],
  [
    'one instance for two gateways, without APIPA addresses',
    withTwoGateways('{ routing: bgp, active_active: false, bgp_peering: gateway-subnet }'),
  ],
];

const ROUTING: readonly Right[] = [
  ...['1', '8073', '8076', '64495', '64512', '65516', '65521', '65534', '65552', '4294967294'].map((asn) =>
    vpn(`ASN ${asn}, beside those that are reserved`, `{ routing: bgp, azure_asn: ${asn} }`),
  ),
  vpn('traffic selectors with one instance', '{ mode: policy-based, active_active: false }'),
  ['a site with a private ASN', replaced(azureCatalog(), [['asn: 65000', 'asn: 64512']])],
  [
    'a site with an ASN that Azure refuses of BGP alone',
    replaced(azureCatalog('{}'), [['asn: 65000', 'asn: 65515']]),
  ],
  vpn('Azure as the initiator with static routes', '{ connection_mode: InitiatorOnly }'),
  [
    'Azure as the responder to a gateway behind NAT',
    replaced(azureCatalog('{ connection_mode: ResponderOnly }'), [
      ['asn: 65000', 'asn: 65000, gateway: { behind_nat: true }'],
    ]),
  ],
  vpn('the least weight', '{ routing_weight: 0 }'),
  vpn('the greatest weight', '{ routing_weight: 32000 }'),
];

const TUNNELS: readonly Right[] = [
  vpn('the shortest SA lifetime', '{ ipsec: { sa_lifetime: 300s } }'),
  vpn('the longest SA lifetime', '{ ipsec: { sa_lifetime: 47h59m59s } }'),
  vpn('the least data of an SA', '{ ipsec: { sa_datasize_kb: 1024 } }'),
  vpn('the most data of an SA', '{ ipsec: { sa_datasize_kb: 2147483647 } }'),
  vpn('the slowest detection of a dead peer', '{ ipsec: { dpd: 1h } }'),
  vpn('a whole policy', `{ ipsec_policy: { ${POLICY} } }`),
  vpn('a whole policy beside compatible', `{ crypto: compatible, ipsec_policy: { ${POLICY} } }`),
  vpn('translation on VpnGw2AZ', nat(egress('out', '172.21.1.0/24', '10.9.1.0/24'))),
  vpn(
    'neighbouring outsides, and one inside at either end',
    nat(
      `${egress('a', '172.21.1.0/24', '10.9.0.0/24')}, b: { mode: IngressSnat, internal: 172.21.1.0/24, external: 10.9.1.0/24 }`,
    ),
  ),
  vpn(
    'translation with BGP in the GatewaySubnet',
    nat(
      'in: { mode: IngressSnat, internal: 10.0.2.0/24, external: 10.9.2.0/24 }',
      'routing: bgp, bgp_peering: gateway-subnet, ',
    ),
  ),
];

const BLOCKS: readonly Right[] = [
  changed('the widest block', [[VNET, 'vnet_cidr: [172.21.0.0/16, 11.0.0.0/8]']], 'public-block'),
  changed('the narrowest block', [[VNET, 'vnet_cidr: [172.21.0.0/16, 172.22.0.0/29]']]),
  changed('ten blocks', [[VNET, `vnet_cidr: [172.21.0.0/16, ${numbered(9, (one) => `10.${one}.0.0/16`)}]`]]),
  changed(
    "a block beside Azure's own address",
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 168.63.129.0/28]']],
    'public-block',
  ),
  changed('the narrowest subnet for nodes', [['172.21.1.0/24', '172.21.1.0/29']]),
  changed('a subnet for nodes in the second block', [
    [VNET, 'vnet_cidr: [172.21.0.0/16, 172.22.0.0/16]'],
    ['172.21.1.0/24', '172.22.1.0/24'],
  ]),
  changed('the widest GatewaySubnet', [[GATEWAY_SUBNET, 'gateway_subnet: 172.21.255.0/24']]),
  changed(
    'the narrowest GatewaySubnet',
    [[GATEWAY_SUBNET, 'gateway_subnet: 172.21.255.0/29']],
    'few-addresses',
  ),
  changed("a GatewaySubnet beside the nodes' subnet", [[GATEWAY_SUBNET, 'gateway_subnet: 172.21.0.224/27']]),
  ['no GatewaySubnet without a VPN', azureCatalog('none')],
];

const NAMES: readonly Right[] = [
  changed('the longest network', named('azure_vnet_name', 'v'.repeat(64))),
  changed('the shortest network', named('azure_vnet_name', 'v_')),
  changed('the longest subnet', named('azure_subnet_name', 's'.repeat(80))),
  changed('the shortest subnet', named('azure_subnet_name', 's')),
  changed('a name that is almost reserved', named('azure_subnet_name', 'GatewaySubnet2')),
  changed('the longest resource group', named('azure_resource_group_name', 'g'.repeat(90))),
  changed('a resource group of another script', named('azure_resource_group_name', '東京(1)')),
  [
    'a resource group that is there',
    azureCatalog('{}', '      resource_group: existing\n', '    azure_resource_group_name: theirs\n'),
  ],
  changed('the longest entry', [['  east2:', `  ${'e'.repeat(32)}:`]]),
  ...['japaneast', 'JAPAN EAST', 'Japan East', 'eastus2', 'East US 2'].map((location) =>
    changed(`the location ${location}`, [['azure_location: Japan East', `azure_location: ${location}`]]),
  ),
  changed('a zone as a text', [['azure_zone: 2', "azure_zone: '3'"]]),
];

const SERVICES: readonly Right[] = [
  create('the shortest memory of a connection', 'nat: { idle_timeout_minutes: 4 }'),
  create('the longest memory of a connection', "nat: { idle_timeout_minutes: 120, zone: '3' }"),
  create(
    '900 rules',
    `ingress: [{ protocol: tcp, ports: [${numbered(30, String)}], from: [${numbered(30, (one) => `10.9.${one}.0/24`)}] }]`,
  ),
  create(
    'rules from every kind of source',
    'ingress: [{ protocol: tcp, ports: 22, from: [site, self, 10.9.0.0/16, azure/east2] }]',
  ),
  create(
    'every protocol that Azure has rules for',
    `ingress: [${['icmp', 'esp', 'ah']
      .map((one) => `{ protocol: ${one}, from: site }`)
      .join(', ')}, { protocol: all, from: self }]`,
  ),
  create(
    'a description of 140 characters',
    `ingress: [{ protocol: tcp, ports: 22, from: site, description: ${'d'.repeat(140)} }]`,
  ),
  create(
    'everybody, with a reason',
    'ingress: [{ protocol: tcp, ports: 443, from: 0.0.0.0/0, allow_public: status page }]',
  ),
  create('20 name servers', `dns: { servers: [${numbered(20, (one) => `10.0.2.${one}`)}] }`),
  create(
    'flow logs with an account',
    'flow_logs: { storage_account_id: /subscriptions/12345678-1234-9876-4563-123456789012/resourceGroups/logs/providers/Microsoft.Storage/storageAccounts/logs2 }',
  ),
  create('the shortest waits', 'timeouts: { gateway: 30m, connection: 1800s }'),
  create('the longest waits', 'timeouts: { gateway: 3h, connection: 180m }'),
  create('45 tags', `tags: { ${numbered(45, (one) => `t${one}: x`)} }`),
  create('tags at their limits', `tags: { '${'k'.repeat(128)}': '${'x'.repeat(256)}', empty: '' }`),
];

const ID = '12345678-1234-9876-4563-123456789012';
const PROVIDER: readonly Right[] = [
  ...["'~> 4.55'", "'~> 4.55.0'", "'>= 4.55, < 5.0'", "'4.63.0'", "'>= 4.60.1, < 4.70'"].map((version) =>
    provider(`azurerm ${version}`, `version: ${version}`),
  ),
  provider(
    'ids in capital letters',
    `subscription_id: ${ID.replace('4563', 'ABCD')}, tenant_id: ${ID}, client_id: ${ID}`,
  ),
  ...['cli', 'environment', 'msi', 'oidc'].map((auth) => provider(`the log-in ${auth}`, `auth: ${auth}`)),
  provider('nothing', ''),
];

function provider(name: string, keys: string): Right {
  return [name, azureCatalog().replace(/^providers: .*$/m, `providers: { azurerm: { ${keys} } }`)];
}

describe.each([
  ['the gateway', GATEWAY],
  ['routing', ROUTING],
  ['tunnels', TUNNELS],
  ['blocks', BLOCKS],
  ['names and places', NAMES],
  ['services', SERVICES],
  ['the provider', PROVIDER],
] as const)('%s: accepts', (_, rows) => {
  test.each(rows)('%s', (_name, text, ...notes) => {
    const codes = problemLines({ 'dev.yml': text }).map((line) => line.replace(/^\S+ note (\S+) .*$/, '$1'));
    expect(codes).toEqual(notes);
  });
});
