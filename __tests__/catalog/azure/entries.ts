import { azureCatalog } from '../../fixtures/azure-catalog';
import { type Change, changed, NOT_RECORDED, replaced, type WrongCatalog } from './table';

const VNET = 'vnet_cidr: 172.21.0.0/16';
const LOCATION = 'azure_location: Japan East';
const named = (key: string, value: string): Change => [LOCATION, `${LOCATION}\n    ${key}: ${value}`];
const beside = (entry: string): Change => ['  east2:', `${entry}  east2:`];

/** Entries within others, and keys of another cloud. */
export const ENTRIES: readonly WrongCatalog[] = [
  changed(
    'a subnet within an unknown entry',
    NOT_RECORDED,
    [['within: default', 'within: defualt']],
    '12:84 bad-within azure.east2.create.within',
  ),
  changed(
    'a subnet within itself',
    NOT_RECORDED,
    [['within: default', 'within: east2']],
    '12:84 bad-within azure.east2.create.within',
  ),
  changed(
    'a subnet within a further subnet',
    NOT_RECORDED,
    [beside('  east3: { private_network_ipmask: 172.21.3.0/24, create: { within: east2 } }\n')],
    '12:69 bad-within azure.east3.create.within',
  ),
  changed(
    'a subnet within an adopted network',
    NOT_RECORDED,
    [
      ['within: default', 'within: theirs'],
      beside(
        '  theirs: { azure_resource_group_name: g, azure_vnet_name: vn, azure_subnet_name: sn, azure_security_group_name: nsg, azure_location: japaneast }\n',
      ),
    ],
    '13:84 bad-within azure.east2.create.within',
  ),
  changed(
    'a subnet within a network of AWS',
    NOT_RECORDED,
    [['within: default', 'within: aws/default']],
    '12:84 bad-value azure.east2.create.within',
  ),
  {
    name: 'a subnet within an entry that another cloud has',
    azure: NOT_RECORDED,
    text: `${replaced(azureCatalog(), [['within: default', 'within: tokyo']])}aws:\n  tokyo: { aws_region: ap-northeast-1, private_network_ipmask: 172.30.2.0/24, create: { vpc_cidr: 172.30.0.0/16, egress: none } }\n`,
    problems: ['12:84 bad-within azure.east2.create.within'],
  },
  changed(
    'a further subnet with a location',
    NOT_RECORDED,
    [['azure_zone: 2', 'azure_location: japaneast']],
    '12:51 refused-key azure.east2.azure_location',
  ),
  changed(
    'a further subnet with a resource group',
    NOT_RECORDED,
    [['azure_zone: 2', 'azure_resource_group_name: g']],
    '12:51 refused-key azure.east2.azure_resource_group_name',
  ),
  changed(
    'a further subnet with a security group',
    NOT_RECORDED,
    [['azure_zone: 2', 'azure_security_group_name: g']],
    '12:51 refused-key azure.east2.azure_security_group_name',
  ),
  changed(
    'a further subnet with a VPN',
    NOT_RECORDED,
    [['within: default', 'within: default, vpn: {}']],
    '12:93 unknown-key azure.east2.create',
  ),
  changed(
    'a further subnet without within',
    NOT_RECORDED,
    [['{ within: default }', '{}']],
    '12:3 missing-key azure.east2',
    '12:66 missing-key azure.east2.create',
    '12:66 missing-key azure.east2.create',
  ),
  changed(
    "AWS's region beside the location",
    NOT_RECORDED,
    [named('aws_region', 'ap-northeast-1')],
    '7:5 refused-key azure.default.aws_region',
  ),
  changed(
    "AWS's key of the network",
    NOT_RECORDED,
    [[VNET, 'vpc_cidr: 172.21.0.0/16']],
    '8:5 missing-key azure.default.create',
    '9:7 refused-key azure.default.create.vpc_cidr',
  ),
  ...(['public_subnet: 172.21.9.0/24', 'spot: true'] as const).map((line) =>
    changed(
      `AWS's ${line}`,
      NOT_RECORDED,
      [[VNET, `${VNET}\n      ${line}`]],
      `10:7 refused-key azure.default.create.${line.split(':')[0]}`,
    ),
  ),
  ...(['endpoints: [s3]', 'segments: {}', 'node_groups: {}', "ipv6: 'fd00::/48'"] as const).map((line) =>
    changed(
      `${line}, which is not built`,
      NOT_RECORDED,
      [[VNET, `${VNET}\n      ${line}`]],
      `10:7 not-built azure.default.create.${line.split(':')[0]}`,
    ),
  ),
];
