import { azureCatalog } from '../../fixtures/azure-catalog';
import { NOT_RECORDED, type WrongCatalog, withTwoGateways, withVpn } from './table';

const RETIRED = 'NonAzSkusNotAllowedForVPNGateway';
const OTHER_KIND = 'InvalidGatewaySkuSpecifiedForGatewayDeploymentType';
const GENERATION = 'VirtualNetworkGatewaySkuCannotBeCreatedForSpecifiedVmGeneration';

const inWestUs = (text: string): string => text.replace('Japan East', 'West US');

/** The gateway: its size, its generation, its zones and its instances. */
export const GATEWAY: readonly WrongCatalog[] = [
  withVpn(
    'VpnGw1, which is retired',
    RETIRED,
    '{ sku: VpnGw1 }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'VpnGw2, which is retired',
    RETIRED,
    '{ sku: VpnGw2 }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'VpnGw5, which is retired',
    RETIRED,
    '{ sku: VpnGw5 }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'Standard, which is retired',
    OTHER_KIND,
    '{ sku: Standard }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'HighPerformance, which is retired',
    OTHER_KIND,
    '{ sku: HighPerformance }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'Basic',
    'BasicSkuVirtualNetworkGatewayDoesNotSupportBgp',
    '{ sku: Basic, routing: bgp }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'a size of ExpressRoute',
    OTHER_KIND,
    '{ sku: ErGw1AZ }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'an unknown size',
    NOT_RECORDED,
    '{ sku: VpnGw6AZ }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'a size in small letters',
    NOT_RECORDED,
    '{ sku: vpngw1az }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'a size that is a number',
    NOT_RECORDED,
    '{ sku: 1 }',
    '11:19 bad-value azure.default.create.vpn.sku',
  ),
  withVpn(
    'VpnGw1AZ of generation 2',
    GENERATION,
    '{ generation: 2 }',
    '11:26 bad-value azure.default.create.vpn.generation',
  ),
  withVpn(
    'VpnGw4AZ of generation 1',
    GENERATION,
    '{ sku: VpnGw4AZ, generation: 1 }',
    '11:41 bad-value azure.default.create.vpn.generation',
  ),
  withVpn(
    'VpnGw5AZ of generation 1',
    GENERATION,
    '{ sku: VpnGw5AZ, generation: 1 }',
    '11:41 bad-value azure.default.create.vpn.generation',
  ),
  withVpn(
    'a third generation',
    NOT_RECORDED,
    '{ generation: 3 }',
    '11:26 bad-value azure.default.create.vpn.generation',
  ),
  withVpn(
    'no zones where there are some',
    'VmssVpnGatewayPublicIpsMustHaveZonesConfigured',
    '{ zones: [] }',
    '11:21 bad-value azure.default.create.vpn.zones',
  ),
  withVpn(
    'one zone of three',
    NOT_RECORDED,
    "{ zones: ['1'] }",
    '11:21 bad-value azure.default.create.vpn.zones',
  ),
  withVpn(
    'two zones of three',
    NOT_RECORDED,
    "{ zones: ['1', '2'] }",
    '11:21 bad-value azure.default.create.vpn.zones',
  ),
  withVpn(
    'a fourth zone',
    'InvalidAvailabilityZone',
    "{ zones: ['1', '2', '4'] }",
    '11:32 bad-value azure.default.create.vpn.zones[2]',
  ),
  withVpn(
    'a zone twice',
    NOT_RECORDED,
    "{ zones: ['1', '2', '2'] }",
    '11:32 duplicate-value azure.default.create.vpn.zones[2]',
  ),
  withVpn(
    'zones as numbers',
    NOT_RECORDED,
    '{ zones: [1, 2, 3] }',
    '11:22 bad-value azure.default.create.vpn.zones[0]',
    '11:25 bad-value azure.default.create.vpn.zones[1]',
    '11:28 bad-value azure.default.create.vpn.zones[2]',
  ),
  {
    name: 'zones in a region without',
    azure: 'LocationNotSupportAvailabilityZones',
    text: inWestUs(azureCatalog("{ zones: ['1', '2', '3'] }")),
    problems: [
      '11:21 bad-value azure.default.create.vpn.zones',
      '12:63 zone-of-another-region azure.east2.azure_zone',
    ],
  },
  withVpn(
    'two instances with traffic selectors',
    NOT_RECORDED,
    '{ mode: policy-based, active_active: true }',
    '11:49 bad-value azure.default.create.vpn.active_active',
  ),
  withVpn(
    'yes in place of true',
    NOT_RECORDED,
    '{ active_active: yes }',
    '11:29 wrong-type azure.default.create.vpn.active_active',
  ),
  {
    name: 'one instance with APIPA addresses for two gateways of the site',
    azure: 'ActiveStandbyGatewayCannotHaveMultipleCustomBgpIpAddresses',
    text: withTwoGateways('{ routing: bgp, active_active: false }'),
    problems: ['11:43 bad-value azure.default.create.vpn.active_active'],
  },
];
