import { type Change, changed, NOT_RECORDED, type WrongCatalog } from './table';

const LOCATION = 'azure_location: Japan East';
const named = (key: string, value: string): Change => [LOCATION, `${LOCATION}\n    ${key}: ${value}`];
const OTHER_NETWORK = `  osaka: { azure_location: japanwest, private_network_ipmask: 172.22.1.0/24, create: { vnet_cidr: 172.22.0.0/16, vpn: none } }\n`;
const beside = (entry: string): Change => ['  east2:', `${entry}  east2:`];

/** Names, the resource group, the location and the zones of nodes. */
export const NAMES: readonly WrongCatalog[] = [
  changed(
    'a network of 65 characters',
    NOT_RECORDED,
    [named('azure_vnet_name', 'v'.repeat(65))],
    '7:22 bad-value azure.default.azure_vnet_name',
  ),
  changed(
    'a network of one character',
    NOT_RECORDED,
    [named('azure_vnet_name', 'v')],
    '7:22 bad-value azure.default.azure_vnet_name',
  ),
  changed(
    'a subnet of 81 characters',
    NOT_RECORDED,
    [named('azure_subnet_name', 's'.repeat(81))],
    '7:24 bad-value azure.default.azure_subnet_name',
  ),
  changed(
    'a name that ends with a hyphen',
    NOT_RECORDED,
    [named('azure_subnet_name', 'nodes-')],
    '7:24 bad-value azure.default.azure_subnet_name',
  ),
  changed(
    'a name that begins with an underscore',
    NOT_RECORDED,
    [named('azure_subnet_name', '_nodes')],
    '7:24 bad-value azure.default.azure_subnet_name',
  ),
  changed(
    'a security group with a blank',
    NOT_RECORDED,
    [named('azure_security_group_name', 'my nodes')],
    '7:32 bad-value azure.default.azure_security_group_name',
  ),
  changed(
    'a name with another script',
    NOT_RECORDED,
    [named('azure_vnet_name', '東京')],
    '7:22 bad-value azure.default.azure_vnet_name',
  ),
  changed(
    'a resource group of 91 characters',
    NOT_RECORDED,
    [named('azure_resource_group_name', 'g'.repeat(91))],
    '7:32 bad-value azure.default.azure_resource_group_name',
  ),
  changed(
    'a resource group that ends with a period',
    NOT_RECORDED,
    [named('azure_resource_group_name', 'lab.')],
    '7:32 bad-value azure.default.azure_resource_group_name',
  ),
  changed(
    'a resource group with a slash',
    NOT_RECORDED,
    [named('azure_resource_group_name', 'a/b')],
    '7:32 bad-value azure.default.azure_resource_group_name',
  ),
  ...[
    'GatewaySubnet',
    'azurebastionsubnet',
    'AzureFirewallSubnet',
    'AzureFirewallManagementSubnet',
    'RouteServerSubnet',
  ].map((name) =>
    changed(
      `nodes in ${name}`,
      NOT_RECORDED,
      [named('azure_subnet_name', name)],
      '7:24 bad-name azure.default.azure_subnet_name',
    ),
  ),
  changed(
    'one name of two subnets',
    NOT_RECORDED,
    [named('azure_subnet_name', 'nodes'), ['azure_zone: 2', 'azure_subnet_name: NODES']],
    '13:70 name-clash azure.east2.azure_subnet_name',
  ),
  changed(
    'a name that another subnet gets by itself',
    NOT_RECORDED,
    [named('azure_subnet_name', 'dev-east2')],
    '13:3 name-clash azure.east2',
  ),
  changed(
    'an entry of 33 characters',
    NOT_RECORDED,
    [
      ['  default:', `  ${'d'.repeat(33)}:`],
      ['within: default', `within: ${'d'.repeat(33)}`],
    ],
    '5:3 bad-name azure',
    '12:84 bad-value azure.east2.create.within',
  ),
  changed('an entry with a period', NOT_RECORDED, [['  east2:', '  east.2:']], '12:3 bad-name azure'),
  changed(
    'a resource group that is there and has no name',
    NOT_RECORDED,
    [['create:\n', 'create:\n      resource_group: existing\n']],
    '5:3 missing-key azure.default',
  ),
  changed(
    'a resource group that is neither made nor there',
    NOT_RECORDED,
    [['create:\n', 'create:\n      resource_group: theirs\n']],
    '9:23 bad-value azure.default.create.resource_group',
  ),
  changed(
    'one resource group that two networks make',
    NOT_RECORDED,
    [
      named('azure_resource_group_name', 'lab'),
      beside(OTHER_NETWORK.replace('osaka: { ', 'osaka: { azure_resource_group_name: LAB, ')),
    ],
    '13:39 made-twice azure.osaka.azure_resource_group_name',
  ),
  changed('no location', NOT_RECORDED, [[`    ${LOCATION}\n`, '']], '5:3 missing-key azure.default'),
  changed(
    'a location that is a city',
    'LocationNotAvailableForResourceGroup',
    [['Japan East', 'Tokyo']],
    '6:21 unknown-region azure.default.azure_location',
  ),
  changed(
    'a location that is misspelt',
    'LocationNotAvailableForResourceGroup',
    [['Japan East', 'japaneats']],
    '6:21 unknown-region azure.default.azure_location',
  ),
  changed(
    "AWS's region",
    'LocationNotAvailableForResourceGroup',
    [['Japan East', 'ap-northeast-1']],
    '6:21 bad-value azure.default.azure_location',
  ),
  changed(
    'a location with two blanks',
    NOT_RECORDED,
    [['Japan East', 'Japan  East']],
    '6:21 bad-value azure.default.azure_location',
  ),
  changed(
    'a fourth zone of nodes',
    NOT_RECORDED,
    [['azure_zone: 2', 'azure_zone: 4']],
    '12:63 bad-value azure.east2.azure_zone',
  ),
  changed(
    "AWS's zone of nodes",
    NOT_RECORDED,
    [['azure_zone: 2', 'azure_zone: ap-northeast-1a']],
    '12:63 bad-value azure.east2.azure_zone',
  ),
  changed(
    'a zone of nodes in a region without',
    'LocationNotSupportAvailabilityZones',
    [['Japan East', 'North Central US']],
    '12:63 zone-of-another-region azure.east2.azure_zone',
  ),
];
