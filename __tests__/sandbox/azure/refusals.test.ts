import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import {
  Azure,
  address,
  connection,
  gateway,
  gatewaySubnet,
  idOf,
  ipConfiguration,
  localGateway,
  makeNetwork,
  natGateway,
  nodes,
  policy,
  routeTable,
  rule,
  securityGroup,
  vnet,
} from './azure-network';

let folder: string;
let azure: Azure;
beforeEach(async () => {
  process.env.KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS = '0';
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-azure-'));
  azure = await Azure.start(folder);
  await makeNetwork(azure);
});
afterEach(async () => {
  await azure.stop();
  rmSync(folder, { recursive: true, force: true });
  delete process.env.KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS;
});

type Made = readonly (readonly [type: string, given: ObjectValue])[];

const PAIR = { active_active: true, ip_configuration: [ipConfiguration('one'), ipConfiguration('two')] };
const BGP = { enable_bgp: true, bgp_settings: [{ asn: 65000 }] };
const APIPA = {
  ...PAIR,
  enable_bgp: true,
  bgp_settings: [
    {
      asn: 65000,
      peering_addresses: [
        { ip_configuration_name: 'one', apipa_addresses: ['169.254.21.2'] },
        { ip_configuration_name: 'two', apipa_addresses: ['169.254.21.3'] },
      ],
    },
  ],
};
const PEER = { bgp_settings: [{ asn: 65010, bgp_peering_address: '169.254.21.1' }] };
const SUBNET = idOf('virtualNetworks', 'net', 'subnets', 'nodes');
const GATEWAY_SUBNET = idOf('virtualNetworks', 'net', 'subnets', 'GatewaySubnet');
const NSG = idOf('networkSecurityGroups', 'nsg');
const TABLE = idOf('routeTables', 'routes');
const NAT = idOf('natGateways', 'nat');

/** Wrong configurations: what exists beside the network, the refused request, and Azure's code. */
const WRONG: readonly (readonly [
  code: string,
  what: string,
  made: Made,
  type: string,
  given: ObjectValue,
])[] = [
  [
    'ResourceGroupNotFound',
    'a network in no group',
    [],
    'virtual_network',
    { ...vnet, resource_group_name: 'other' },
  ],
  [
    'LocationNotAvailableForResourceGroup',
    'a group nowhere',
    [],
    'resource_group',
    { name: 'x', location: 'Tokyo' },
  ],
  [
    'LocationNotAvailableForResourceType',
    'a network nowhere',
    [],
    'virtual_network',
    { ...vnet, name: 'x', location: 'tokyo' },
  ],
  [
    'InvalidCIDRNotation',
    'host bits in a space',
    [],
    'virtual_network',
    { ...vnet, name: 'x', address_space: ['10.2.0.1/16'] },
  ],
  [
    'InvalidAddressPrefixFormat',
    'a space that is none',
    [],
    'virtual_network',
    { ...vnet, name: 'x', address_space: ['10.2.0.0'] },
  ],
  [
    'VnetAddressSpaceOverlapsWithAlreadyExistingSpace',
    'spaces that overlap',
    [],
    'virtual_network',
    { ...vnet, name: 'x', address_space: ['10.2.0.0/16', '10.2.1.0/24'] },
  ],
  [
    'ParentResourceNotFound',
    'a subnet of no network',
    [],
    'subnet',
    { ...nodes, virtual_network_name: 'other' },
  ],
  [
    'NetcfgSubnetRangeOutsideVnet',
    'a subnet outside',
    [],
    'subnet',
    { ...nodes, name: 'x', address_prefixes: ['10.2.0.0/24'] },
  ],
  [
    'NetcfgSubnetRangesOverlap',
    'subnets that overlap',
    [],
    'subnet',
    { ...nodes, name: 'x', address_prefixes: ['10.1.1.128/25'] },
  ],
  [
    'NetcfgInvalidSubnet',
    'a subnet of four addresses',
    [],
    'subnet',
    { ...nodes, name: 'x', address_prefixes: ['10.1.9.0/30'] },
  ],
  ['ParentResourceNotFound', 'a rule of no group', [], 'network_security_rule', rule],
  [
    'SecurityRuleConflict',
    'two rules of one priority',
    [
      ['network_security_group', securityGroup],
      ['network_security_rule', rule],
    ],
    'network_security_rule',
    { ...rule, name: 'other' },
  ],
  [
    'SecurityRuleInvalidPortRange',
    'a port that is none',
    [['network_security_group', securityGroup]],
    'network_security_rule',
    { ...rule, destination_port_range: '70000' },
  ],
  [
    'SecurityRuleInvalidAddressPrefix',
    'a rule without source',
    [['network_security_group', securityGroup]],
    'network_security_rule',
    { ...rule, source_address_prefix: null },
  ],
  [
    'InvalidResourceReference',
    'an association with no group',
    [],
    'subnet_network_security_group_association',
    { subnet_id: SUBNET, network_security_group_id: NSG },
  ],
  [
    'NetworkSecurityGroupCannotBeAttachedToGatewaySubnet',
    'a group on the GatewaySubnet',
    [['network_security_group', securityGroup]],
    'subnet_network_security_group_association',
    { subnet_id: GATEWAY_SUBNET, network_security_group_id: NSG },
  ],
  [
    'NatGatewayCannotBeAttachedToGatewaySubnet',
    'a NAT gateway on the GatewaySubnet',
    [['nat_gateway', natGateway]],
    'subnet_nat_gateway_association',
    { subnet_id: GATEWAY_SUBNET, nat_gateway_id: NAT },
  ],
  [
    'GatewaySubnetRouteTableMustEnableBgpRoutePropagation',
    'routes without propagation on the GatewaySubnet',
    [['route_table', { ...routeTable, bgp_route_propagation_enabled: false }]],
    'subnet_route_table_association',
    { subnet_id: GATEWAY_SUBNET, route_table_id: TABLE },
  ],
  [
    'RouteConflict',
    'two routes to one network',
    [
      ['route_table', routeTable],
      [
        'route',
        {
          resource_group_name: 'lab',
          route_table_name: 'routes',
          name: 'a',
          address_prefix: '10.9.0.0/16',
          next_hop_type: 'None',
        },
      ],
    ],
    'route',
    {
      resource_group_name: 'lab',
      route_table_name: 'routes',
      name: 'b',
      address_prefix: '10.9.0.0/16',
      next_hop_type: 'Internet',
    },
  ],
  [
    'LocationNotSupportAvailabilityZones',
    'zones where there are none',
    [],
    'public_ip',
    address('x', { location: 'westus' }),
  ],
  [
    'StandardSkuPublicIPAddressesCannotHaveDynamicAllocation',
    'a dynamic Standard address',
    [],
    'public_ip',
    address('x', { allocation_method: 'Dynamic' }),
  ],
  [
    'NatGatewaySkuAndPublicIpAddressSkuMismatch',
    'a Basic address at a NAT gateway',
    [
      ['nat_gateway', natGateway],
      ['public_ip', address('basic', { sku: 'Basic', zones: null })],
    ],
    'nat_gateway_public_ip_association',
    { nat_gateway_id: NAT, public_ip_address_id: idOf('publicIPAddresses', 'basic') },
  ],
  [
    'PublicIPAddressInUse',
    'an address that a gateway has',
    [
      ['nat_gateway', natGateway],
      ['virtual_network_gateway', gateway()],
    ],
    'nat_gateway_public_ip_association',
    { nat_gateway_id: NAT, public_ip_address_id: idOf('publicIPAddresses', 'one') },
  ],
  [
    'VirtualNetworkGatewaySkuCannotBeCreatedForSpecifiedVmGeneration',
    'VpnGw1AZ of generation 2',
    [],
    'virtual_network_gateway',
    gateway({ generation: 'Generation2' }),
  ],
  [
    'VirtualNetworkGatewaySkuCannotBeCreatedForSpecifiedVmGeneration',
    'VpnGw4AZ of generation 1',
    [],
    'virtual_network_gateway',
    gateway({ sku: 'VpnGw4AZ', generation: 'Generation1' }),
  ],
  [
    'VmssVpnGatewayPublicIpsMustHaveZonesConfigured',
    'an AZ SKU at an address without zones',
    [['public_ip', address('flat', { zones: null })]],
    'virtual_network_gateway',
    gateway({ ip_configuration: [ipConfiguration('flat')] }),
  ],
  [
    'RegionalVmssVpnGatewayPublicIpsMustNotHaveZonesConfigured',
    'a SKU without zones at a zonal address',
    [],
    'virtual_network_gateway',
    gateway({ sku: 'VpnGw1' }),
  ],
  [
    'NonAzSkusNotAllowedForVPNGateway',
    'a SKU that is retired',
    [['public_ip', address('flat', { zones: null })]],
    'virtual_network_gateway',
    gateway({ sku: 'VpnGw1', ip_configuration: [ipConfiguration('flat')] }),
  ],
  [
    'InvalidGatewaySkuSpecifiedForGatewayDeploymentType',
    'a SKU of ExpressRoute',
    [],
    'virtual_network_gateway',
    gateway({ sku: 'HighPerformance' }),
  ],
  [
    'PublicIpWithBasicSkuNotAllowedOnVPNGateways',
    'a Basic address at a gateway',
    [['public_ip', address('basic', { sku: 'Basic', zones: null })]],
    'virtual_network_gateway',
    gateway({ ip_configuration: [ipConfiguration('basic')] }),
  ],
  [
    'BasicSkuVirtualNetworkGatewayDoesNotSupportBgp',
    'BGP on Basic',
    [],
    'virtual_network_gateway',
    gateway({ sku: 'Basic', enable_bgp: true }),
  ],
  [
    'ActiveActiveGatewayPublicIPAddressesDiffersInSkuOrZones',
    'instances in different zones',
    [['public_ip', address('zone', { zones: ['1'] })]],
    'virtual_network_gateway',
    gateway({ active_active: true, ip_configuration: [ipConfiguration('one'), ipConfiguration('zone')] }),
  ],
  [
    'ActiveActiveGatewayMustHaveAtLeastTwoIpConfigurations',
    'two instances with one address',
    [],
    'virtual_network_gateway',
    gateway({ active_active: true }),
  ],
  [
    'ActiveStandbyGatewayMustHaveOneIpConfiguration',
    'one instance with two addresses',
    [],
    'virtual_network_gateway',
    gateway({ ...PAIR, active_active: false }),
  ],
  [
    'InvalidResourceReference',
    'a gateway with no address',
    [],
    'virtual_network_gateway',
    gateway({ ip_configuration: [ipConfiguration('none')] }),
  ],
  [
    'VirtualNetworkAlreadyHasVirtualNetworkGatewayOfType',
    'a second gateway of a network',
    [['virtual_network_gateway', gateway()]],
    'virtual_network_gateway',
    gateway({ name: 'other', ip_configuration: [ipConfiguration('two')] }),
  ],
  [
    'VirtualNetworkGatewayAsnIsReserved',
    'a reserved ASN of the gateway',
    [],
    'virtual_network_gateway',
    gateway({ enable_bgp: true, bgp_settings: [{ asn: 8075 }] }),
  ],
  [
    'DuplicateCustomBgpIpAddress',
    'one APIPA address twice',
    [],
    'virtual_network_gateway',
    gateway({
      ...PAIR,
      enable_bgp: true,
      bgp_settings: [
        {
          asn: 65000,
          peering_addresses: ['one', 'two'].map((name) => ({
            ip_configuration_name: name,
            apipa_addresses: ['169.254.21.2'],
          })),
        },
      ],
    }),
  ],
  [
    'LocalNetworkGatewayCannotHaveEmptyAddressPrefixAndBgpSettings',
    'a site without networks and BGP',
    [],
    'local_network_gateway',
    localGateway({ address_space: [] }),
  ],
  [
    'LocalNetworkGatewayAsnIsReserved',
    'the ASN of Azure at the site',
    [],
    'local_network_gateway',
    localGateway({ bgp_settings: [{ asn: 65515, bgp_peering_address: '10.0.2.1' }] }),
  ],
  [
    'InvalidResourceReference',
    'a connection of no gateway',
    [['local_network_gateway', localGateway()]],
    'virtual_network_gateway_connection',
    connection(),
  ],
  [
    'VirtualNetworkGatewayBgpNotEnabled',
    'BGP without BGP at the gateway',
    [
      ['virtual_network_gateway', gateway()],
      ['local_network_gateway', localGateway(PEER)],
    ],
    'virtual_network_gateway_connection',
    connection({ enable_bgp: true }),
  ],
  [
    'LocalNetworkGatewayBgpSettingsMissing',
    'BGP without BGP at the site',
    [
      ['virtual_network_gateway', gateway(BGP)],
      ['local_network_gateway', localGateway()],
    ],
    'virtual_network_gateway_connection',
    connection({ enable_bgp: true }),
  ],
  [
    'ConnectionEndsHaveTheSameAsn',
    'one ASN at both ends',
    [
      ['virtual_network_gateway', gateway({ ...BGP, bgp_settings: [{ asn: 65010 }] })],
      ['local_network_gateway', localGateway(PEER)],
    ],
    'virtual_network_gateway_connection',
    connection({ enable_bgp: true }),
  ],
  [
    'CustomBgpIpAddressMissingForActiveActiveGateway',
    'a BGP address of one of two instances',
    [
      ['virtual_network_gateway', gateway(APIPA)],
      ['local_network_gateway', localGateway(PEER)],
    ],
    'virtual_network_gateway_connection',
    connection({ enable_bgp: true, custom_bgp_addresses: [{ primary: '169.254.21.2' }] }),
  ],
  [
    'CustomBgpIpAddressNotFoundOnGateway',
    'a BGP address that the gateway has not',
    [
      ['virtual_network_gateway', gateway(APIPA)],
      ['local_network_gateway', localGateway(PEER)],
    ],
    'virtual_network_gateway_connection',
    connection({
      enable_bgp: true,
      custom_bgp_addresses: [{ primary: '169.254.21.2', secondary: '169.254.21.9' }],
    }),
  ],
  [
    'IpsecPolicyIntegrityMustMatchGcmEncryption',
    'GCM with another integrity',
    [
      ['virtual_network_gateway', gateway()],
      ['local_network_gateway', localGateway()],
    ],
    'virtual_network_gateway_connection',
    connection({ ipsec_policy: [{ ...policy, ipsec_integrity: 'SHA256' }] }),
  ],
  [
    'IpsecPolicySaDataSizeOutOfRange',
    'a policy of 1 KB',
    [
      ['virtual_network_gateway', gateway()],
      ['local_network_gateway', localGateway()],
    ],
    'virtual_network_gateway_connection',
    connection({ ipsec_policy: [{ ...policy, sa_datasize: 1 }] }),
  ],
  [
    'UsePolicyBasedTrafficSelectorsRequiresIpsecPolicies',
    'selectors without a policy',
    [
      ['virtual_network_gateway', gateway()],
      ['local_network_gateway', localGateway()],
    ],
    'virtual_network_gateway_connection',
    connection({ use_policy_based_traffic_selectors: true }),
  ],
  [
    'ConnectionBetweenGatewaysAlreadyExists',
    'a second connection to one site',
    [
      ['virtual_network_gateway', gateway()],
      ['local_network_gateway', localGateway()],
      ['virtual_network_gateway_connection', connection()],
    ],
    'virtual_network_gateway_connection',
    connection({ name: 'other' }),
  ],
  [
    'NatRulesNotSupportedForGatewaySku',
    'NAT on VpnGw1AZ',
    [['virtual_network_gateway', gateway()]],
    'virtual_network_gateway_nat_rule',
    {
      resource_group_name: 'lab',
      name: 'r',
      virtual_network_gateway_id: idOf('virtualNetworkGateways', 'gw'),
      internal_mapping: [{ address_space: '10.1.1.0/24' }],
      external_mapping: [{ address_space: '10.8.1.0/24' }],
    },
  ],
  [
    'StaticNatRuleMappingsMustHaveEqualSize',
    'a static mapping of two sizes',
    [['virtual_network_gateway', gateway({ sku: 'VpnGw2AZ' })]],
    'virtual_network_gateway_nat_rule',
    {
      resource_group_name: 'lab',
      name: 'r',
      virtual_network_gateway_id: idOf('virtualNetworkGateways', 'gw'),
      internal_mapping: [{ address_space: '10.1.1.0/24' }],
      external_mapping: [{ address_space: '10.8.1.0/25' }],
    },
  ],
];

it.each(WRONG)('%s: %s', async (code, _what, made, type, given) => {
  for (const [madeType, madeGiven] of made) await azure.make(madeType, madeGiven);
  const { refused, state } = await azure.create(type, given);
  expect(refused).toMatch(
    new RegExp(`: performing CreateOrUpdate: unexpected status 4\\d\\d \\([^)]+\\) with error: ${code}: `),
  );
  expect(state).toBeNull();
});

it('has a table of at least 30 wrong configurations with different codes', () => {
  expect(new Set(WRONG.map(([code]) => code)).size).toBeGreaterThanOrEqual(40);
});

it('says which codes are inferred', async () => {
  const known = await azure.create('virtual_network_gateway', gateway({ generation: 'Generation2' }));
  const inferred = await azure.create('virtual_network_gateway', gateway({ active_active: true }));
  expect(known.refused).not.toContain('inferred');
  expect(inferred.refused).toContain('The error code is inferred: no public source names it.');
});

it('refuses in the words of the provider', async () => {
  const { refused } = await azure.create('virtual_network_gateway', gateway({ generation: 'Generation2' }));
  expect(refused).toBe(
    `creating Virtual Network Gateway (Subscription: "11111111-2222-4333-8444-555555555555"\nResource Group Name: "lab"\nVirtual Network Gateway Name: "gw"): performing CreateOrUpdate: unexpected status 400 (400 Bad Request) with error: VirtualNetworkGatewaySkuCannotBeCreatedForSpecifiedVmGeneration: The Virtual Network Gateway Sku VpnGw1AZ cannot be used when VirtualNetworkVpnGatewayGeneration is set to Generation2.`,
  );
});

it('refuses an object that is there already, whatever the case of its name', async () => {
  const { refused } = await azure.create('virtual_network', { ...vnet, name: 'NET' });
  expect(refused).toBe(
    `A resource with the ID "${idOf('virtualNetworks', 'NET')}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "azurerm_virtual_network" for more information.`,
  );
});

it.each([
  [
    'a subnet that is not the GatewaySubnet',
    gateway({ ip_configuration: [ipConfiguration('one', { subnet_id: SUBNET })] }),
    'expected "ip_configuration.0.subnet_id" to reference a gateway subnet with name GatewaySubnet',
  ],
  [
    'an APIPA address outside of the range',
    gateway({ bgp_settings: [{ peering_addresses: [{ apipa_addresses: ['169.254.20.1'] }] }] }),
    '169.254.20.1 is not within Azure reserved APIPA range: [169.254.21.0, 169.254.22.255]',
  ],
  ['an unknown SKU', gateway({ sku: 'VpnGw9' }), 'expected sku to be one of'],
])('refuses %s before anything is planned', async (_what, given, message) => {
  expect((await azure.create('virtual_network_gateway', given)).refused).toContain(message);
});

it.each(['169.254.21.0', '169.254.22.255'])('takes the APIPA address %s', async (custom) => {
  const bgp_settings = [{ asn: 65000, peering_addresses: [{ apipa_addresses: [custom] }] }];
  expect(
    (await azure.create('virtual_network_gateway', gateway({ enable_bgp: true, bgp_settings }))).refused,
  ).toBe('');
});

describe('what is used cannot be deleted', () => {
  it('a subnet and an address of a gateway, and a gateway and a site of a connection', async () => {
    const made = await azure.make('virtual_network_gateway', gateway());
    const site = await azure.make('local_network_gateway', localGateway());
    const joined = await azure.make('virtual_network_gateway_connection', connection());
    const one = await azure.read('public_ip', idOf('publicIPAddresses', 'one'));
    const subnet = await azure.read('subnet', GATEWAY_SUBNET);
    const net = await azure.read('virtual_network', idOf('virtualNetworks', 'net'));
    expect(await azure.delete('public_ip', one)).toContain('error: PublicIPAddressCannotBeDeleted: ');
    expect(await azure.delete('subnet', subnet)).toContain('error: InUseSubnetCannotBeDeleted: ');
    expect(await azure.delete('virtual_network', net)).toContain('error: InUseSubnetCannotBeDeleted: ');
    expect(await azure.delete('local_network_gateway', site)).toContain(
      'LocalNetworkGatewayCannotBeDeletedWhileConnectionsExist',
    );
    expect(await azure.delete('virtual_network_gateway', made)).toContain(
      'VirtualNetworkGatewayCannotBeDeletedWhileConnectionsExist',
    );
    const moved = { ...gatewaySubnet, address_prefixes: ['10.1.254.0/27'] };
    expect((await azure.update('subnet', subnet, moved)).refused).toContain(
      'error: InUsePrefixCannotBeDeleted: ',
    );
    for (const [type, state] of [
      ['virtual_network_gateway_connection', joined],
      ['virtual_network_gateway', made],
      ['public_ip', one],
      ['subnet', subnet],
    ] as const)
      expect(await azure.delete(type, state)).toBe('');
  });

  it('a group, a route table and a NAT gateway of a subnet', async () => {
    const associations = [
      [
        'network_security_group',
        securityGroup,
        'network_security_group_id',
        NSG,
        'InUseNetworkSecurityGroupCannotBeDeleted',
      ],
      ['route_table', routeTable, 'route_table_id', TABLE, 'InUseRouteTableCannotBeDeleted'],
      ['nat_gateway', natGateway, 'nat_gateway_id', NAT, 'InUseNatGatewayCannotBeDeleted'],
    ] as const;
    for (const [type, given, attribute, id, code] of associations) {
      const target = await azure.make(type, given);
      const joined = await azure.make(`subnet_${type}_association`, { subnet_id: SUBNET, [attribute]: id });
      expect(await azure.delete(type, target)).toContain(`error: ${code}: `);
      expect(await azure.delete(`subnet_${type}_association`, joined)).toBe('');
      expect(await azure.delete(type, target)).toBe('');
    }
  });

  it('a space in which a subnet lies', async () => {
    const net = await azure.read('virtual_network', idOf('virtualNetworks', 'net'));
    const { refused } = await azure.update('virtual_network', net, {
      ...vnet,
      address_space: ['10.2.0.0/16'],
    });
    expect(refused).toContain('error: InUsePrefixCannotBeDeleted: ');
  });

  it('a resource group with content, unless the feature says so', async () => {
    const group = await azure.read(
      'resource_group',
      `/subscriptions/${'11111111-2222-4333-8444-555555555555'}/resourceGroups/lab`,
    );
    const refused = await azure.delete('resource_group', group);
    expect(refused).toContain('deleting Resource Group "lab": the Resource Group still contains Resources.');
    expect(refused).toContain(`* \`${idOf('virtualNetworks', 'net')}\``);
    await azure.stop();
    azure = await Azure.start(folder, {
      subscription_id: '11111111-2222-4333-8444-555555555555',
      features: [{ resource_group: [{ prevent_deletion_if_contains_resources: false }] }],
    });
    expect(await azure.delete('resource_group', group)).toBe('');
    expect(await azure.read('subnet', SUBNET)).toBeNull();
  });
});

it('refuses a second change of a gateway while one lasts', async () => {
  await azure.stop();
  process.env.KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS = '1';
  azure = await Azure.start(folder);
  await azure.make('virtual_network_gateway', gateway());
  for (const name of ['east', 'west']) await azure.make('local_network_gateway', localGateway({ name }));
  const answers = await Promise.all(
    ['east', 'west'].map((name) =>
      azure.create(
        'virtual_network_gateway_connection',
        connection({ name, local_network_gateway_id: idOf('localNetworkGateways', name) }),
      ),
    ),
  );
  const [accepted, refused] = answers.map((answer) => answer.refused).sort();
  expect(accepted).toBe('');
  expect(refused).toContain(
    'unexpected status 409 (409 Conflict) with error: AnotherOperationInProgress: Another operation on this or dependent resource is in progress.',
  );
});
