import { type Change, changed, NOT_RECORDED, type WrongCatalog } from './table';

const VNET = 'vnet_cidr: 172.21.0.0/16';
const GATEWAY_SUBNET = '      gateway_subnet: 172.21.255.0/27\n';
const NODES = 'private_network_ipmask: 172.21.1.0/24';
const GUEST = 'private_network_ipmask: 172.21.2.0/24';
const VPN = 'vpn: { routing: bgp }';
const OTHER_NETWORK = `  osaka: { azure_location: japanwest, private_network_ipmask: 172.22.1.0/24, create: { vnet_cidr: 172.22.0.0/16, vpn: none } }\n`;
const beside = (entry: string): Change => ['  east2:', `${entry}  east2:`];
const VNET_OVERLAP = 'VnetAddressSpaceOverlapsWithAlreadyExistingSpace';
const OUTSIDE = 'NetcfgSubnetRangeOutsideVnet';
const OVERLAP = 'NetcfgSubnetRangesOverlap';
const INVALID = 'NetcfgInvalidSubnet';

/** Blocks of addresses: of the virtual network, its subnets and the GatewaySubnet. */
export const BLOCKS: readonly WrongCatalog[] = [
  changed(
    'no block of the virtual network',
    NOT_RECORDED,
    [[`      ${VNET}\n`, '']],
    '8:5 missing-key azure.default.create',
  ),
  changed(
    'an empty list of blocks',
    NOT_RECORDED,
    [[VNET, 'vnet_cidr: []']],
    '9:18 bad-value azure.default.create.vnet_cidr',
  ),
  changed(
    'eleven blocks',
    NOT_RECORDED,
    [
      [
        VNET,
        `vnet_cidr: [172.21.0.0/16, ${Array.from({ length: 10 }, (_, index) => `10.${index + 1}.0.0/16`).join(', ')}]`,
      ],
    ],
    '9:18 bad-value azure.default.create.vnet_cidr',
  ),
  changed(
    'a block of /7',
    NOT_RECORDED,
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 10.0.0.0/7]']],
    '9:34 overlap azure.default.create.vnet_cidr[1]',
    '9:34 bad-size azure.default.create.vnet_cidr[1]',
    '9:34 public-block azure.default.create.vnet_cidr[1]',
  ),
  changed(
    'a block of /30',
    NOT_RECORDED,
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 10.9.0.0/30]']],
    '9:34 bad-size azure.default.create.vnet_cidr[1]',
  ),
  changed(
    'blocks that overlap',
    VNET_OVERLAP,
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 172.21.128.0/17]']],
    '9:34 overlap azure.default.create.vnet_cidr[1]',
  ),
  changed(
    'a block with host bits',
    'InvalidCIDRNotation',
    [[VNET, 'vnet_cidr: 172.21.0.1/16']],
    '9:18 bad-value azure.default.create.vnet_cidr',
  ),
  changed(
    'a block that is none',
    'InvalidAddressPrefixFormat',
    [[VNET, 'vnet_cidr: 172.21.0.0']],
    '9:18 bad-value azure.default.create.vnet_cidr',
  ),
  changed(
    'a block of IPv6',
    NOT_RECORDED,
    [[VNET, "vnet_cidr: 'fd00::/48'"]],
    '9:18 bad-value azure.default.create.vnet_cidr',
  ),
  changed(
    'a link-local block',
    NOT_RECORDED,
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 169.254.0.0/24]']],
    '9:34 bad-value azure.default.create.vnet_cidr[1]',
  ),
  changed(
    'a loopback block',
    NOT_RECORDED,
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 127.0.0.0/16]']],
    '9:34 bad-value azure.default.create.vnet_cidr[1]',
  ),
  changed(
    'a multicast block',
    NOT_RECORDED,
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 224.0.0.0/16]']],
    '9:34 bad-value azure.default.create.vnet_cidr[1]',
  ),
  changed(
    "a block around Azure's own address",
    NOT_RECORDED,
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 168.63.129.0/24]']],
    '9:34 bad-value azure.default.create.vnet_cidr[1]',
  ),
  changed(
    'a block around the site',
    NOT_RECORDED,
    [[VNET, 'vnet_cidr: [172.21.0.0/16, 10.0.0.0/16]']],
    '9:34 overlap azure.default.create.vnet_cidr[1]',
  ),
  changed(
    'two networks that overlap',
    NOT_RECORDED,
    [beside(OTHER_NETWORK.replace('172.22.0.0/16', '172.20.0.0/14'))],
    '12:99 overlap azure.osaka.create.vnet_cidr',
  ),
  changed(
    'a subnet for nodes outside of the network',
    OUTSIDE,
    [[NODES, 'private_network_ipmask: 172.22.1.0/24']],
    '7:29 subnet-outside azure.default.private_network_ipmask',
  ),
  changed(
    'a further subnet outside of the network',
    OUTSIDE,
    [[GUEST, 'private_network_ipmask: 172.22.2.0/24']],
    '12:36 subnet-outside azure.east2.private_network_ipmask',
  ),
  changed(
    'a subnet that is wider than the network',
    OUTSIDE,
    [[NODES, 'private_network_ipmask: 172.20.0.0/15']],
    '7:29 subnet-outside azure.default.private_network_ipmask',
    '7:29 overlap azure.default.private_network_ipmask',
    '12:36 overlap azure.east2.private_network_ipmask',
  ),
  changed(
    'a subnet for nodes of four addresses',
    INVALID,
    [[NODES, 'private_network_ipmask: 172.21.1.0/30']],
    '7:29 bad-size azure.default.private_network_ipmask',
  ),
  changed(
    'a further subnet of four addresses',
    INVALID,
    [[GUEST, 'private_network_ipmask: 172.21.2.0/30']],
    '12:36 bad-size azure.east2.private_network_ipmask',
  ),
  changed('no subnet for nodes', NOT_RECORDED, [[`    ${NODES}\n`, '']], '5:3 missing-key azure.default'),
  changed(
    'subnets for nodes that overlap',
    OVERLAP,
    [[GUEST, 'private_network_ipmask: 172.21.1.128/25']],
    '12:36 overlap azure.east2.private_network_ipmask',
  ),
  changed('no GatewaySubnet', NOT_RECORDED, [[GATEWAY_SUBNET, '']], '8:5 missing-key azure.default.create'),
  changed(
    'a GatewaySubnet without a VPN',
    NOT_RECORDED,
    [[VPN, 'vpn: none']],
    '10:7 refused-key azure.default.create.gateway_subnet',
  ),
  changed(
    'a GatewaySubnet of /30',
    INVALID,
    [['172.21.255.0/27', '172.21.255.0/30']],
    '10:23 bad-size azure.default.create.gateway_subnet',
  ),
  changed(
    'a GatewaySubnet of /23',
    NOT_RECORDED,
    [['172.21.255.0/27', '172.21.254.0/23']],
    '10:23 bad-size azure.default.create.gateway_subnet',
  ),
  changed(
    'a GatewaySubnet outside of the network',
    OUTSIDE,
    [['172.21.255.0/27', '172.22.255.0/27']],
    '10:23 subnet-outside azure.default.create.gateway_subnet',
  ),
  changed(
    "a GatewaySubnet in the nodes' subnet",
    OVERLAP,
    [['172.21.255.0/27', '172.21.1.224/27']],
    '7:29 overlap azure.default.private_network_ipmask',
  ),
  changed(
    'a GatewaySubnet in a further subnet',
    OVERLAP,
    [['172.21.255.0/27', '172.21.2.0/27']],
    '12:36 overlap azure.east2.private_network_ipmask',
  ),
];
