import { azureCatalog } from '../../fixtures/azure-catalog';
import { NOT_RECORDED, type WrongCatalog, withTwoGateways, withVpn } from './table';

const ASN = 'VirtualNetworkGatewayAsnIsReserved';

/** Routing, and the numbers of both ends. */
export const ROUTING: readonly WrongCatalog[] = [
  withVpn(
    'a routing protocol that is none',
    NOT_RECORDED,
    '{ routing: ospf }',
    '11:23 bad-value azure.default.create.vpn.routing',
  ),
  withVpn(
    'traffic selectors with BGP',
    NOT_RECORDED,
    '{ routing: bgp, mode: policy-based, active_active: false }',
    '11:34 policy-with-bgp azure.default.create.vpn.mode',
  ),
  withVpn(
    'a mode that is none',
    NOT_RECORDED,
    '{ mode: policy }',
    '11:20 bad-value azure.default.create.vpn.mode',
  ),
  withVpn(
    'BGP peering with static routes',
    NOT_RECORDED,
    '{ bgp_peering: apipa }',
    '11:14 refused-key azure.default.create.vpn.bgp_peering',
  ),
  withVpn(
    'a BGP peering that is none',
    NOT_RECORDED,
    '{ routing: bgp, bgp_peering: loopback }',
    '11:41 bad-value azure.default.create.vpn.bgp_peering',
  ),
  {
    name: 'two gateways of the site with static routes',
    azure: NOT_RECORDED,
    text: withTwoGateways('{}'),
    problems: ['11:12 gateways-need-bgp azure.default.create.vpn'],
  },
  ...['8074', '8075', '12076', '23456', '64496', '64511', '65517', '65520', '65535', '65551'].map((asn) =>
    withVpn(
      `ASN ${asn}, which is reserved`,
      ASN,
      `{ routing: bgp, azure_asn: ${asn} }`,
      '11:39 bad-value azure.default.create.vpn.azure_asn',
    ),
  ),
  withVpn(
    'ASN 0',
    ASN,
    '{ routing: bgp, azure_asn: 0 }',
    '11:39 bad-value azure.default.create.vpn.azure_asn',
  ),
  withVpn(
    'an ASN of 33 bits',
    NOT_RECORDED,
    '{ routing: bgp, azure_asn: 4294967296 }',
    '11:39 bad-value azure.default.create.vpn.azure_asn',
  ),
  withVpn(
    'both ends with one ASN',
    'ConnectionEndsHaveTheSameAsn',
    '{ routing: bgp, azure_asn: 65000 }',
    '11:39 same-asn azure.default.create.vpn.azure_asn',
  ),
  ...['65515', '8075', '64500'].map((asn) => ({
    name: `a site with ASN ${asn}`,
    azure: 'LocalNetworkGatewayAsnIsReserved',
    text: azureCatalog('{ routing: bgp, azure_asn: 65010 }').replace('asn: 65000', `asn: ${asn}`),
    problems: ['11:14 bad-value azure.default.create.vpn.routing'],
  })),
  {
    name: 'a VPN without a site',
    azure: NOT_RECORDED,
    text: azureCatalog().replace(/^site: .*\n/m, ''),
    problems: ['1:1 missing-key'],
  },
  withVpn(
    'a connection mode that is none',
    NOT_RECORDED,
    '{ connection_mode: Initiator }',
    '11:31 bad-value azure.default.create.vpn.connection_mode',
  ),
  {
    name: 'Azure as the initiator to a gateway behind NAT',
    azure: NOT_RECORDED,
    text: azureCatalog('{ connection_mode: InitiatorOnly }').replace(
      'asn: 65000',
      'asn: 65000, gateway: { behind_nat: true }',
    ),
    problems: ['11:31 bad-value azure.default.create.vpn.connection_mode'],
  },
  withVpn(
    'a weight below 0',
    NOT_RECORDED,
    '{ routing_weight: -1 }',
    '11:30 bad-value azure.default.create.vpn.routing_weight',
  ),
  withVpn(
    'a weight above 32000',
    NOT_RECORDED,
    '{ routing_weight: 32001 }',
    '11:30 bad-value azure.default.create.vpn.routing_weight',
  ),
  withVpn(
    "AWS's ASN",
    NOT_RECORDED,
    '{ amazon_side_asn: 64512 }',
    '11:14 refused-key azure.default.create.vpn.amazon_side_asn',
  ),
  withVpn(
    "AWS's options of tunnels",
    NOT_RECORDED,
    '{ tunnel_options: { ike_versions: [ikev2] } }',
    '11:14 refused-key azure.default.create.vpn.tunnel_options',
  ),
  withVpn(
    "AWS's tunnels",
    NOT_RECORDED,
    '{ tunnels: [{}, {}] }',
    '11:14 refused-key azure.default.create.vpn.tunnels',
  ),
  withVpn(
    "AWS's kind of gateway",
    NOT_RECORDED,
    '{ gateway: virtual-private }',
    '11:14 refused-key azure.default.create.vpn.gateway',
  ),
  withVpn(
    "AWS's logs of tunnels",
    NOT_RECORDED,
    '{ logs: { format: json } }',
    '11:14 refused-key azure.default.create.vpn.logs',
  ),
  withVpn(
    'a pre-shared key',
    NOT_RECORDED,
    '{ shared_key: abcdefghijklmnop }',
    '11:14 secret azure.default.create.vpn.shared_key',
  ),
  withVpn('a word that is not none', NOT_RECORDED, 'no', '11:12 wrong-type azure.default.create.vpn'),
];
