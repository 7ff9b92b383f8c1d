import type { Path } from '../../ground/path';
import type { ResourceName } from '../origins';

const CRYPTO = /^(phase[12]_(encryption|integrity|dh)|ike_versions)/;

/** Where a resource of a VPN comes from; undefined for a resource of another kind. @param vpn - the path of the section `vpn` */
export function vpnOrigins(
  vpn: Path,
  { type, name, attribute = '' }: ResourceName,
): readonly Path[] | undefined {
  switch (type) {
    case 'aws_vpn_connection':
      return [...connectionOrigins(vpn, attribute), vpn];
    case 'aws_customer_gateway':
      return [
        ...(attribute === 'bgp_asn' ? [['site', 'asn']] : []),
        ['site', 'public_ip'],
        ['site', 'gateways'],
        ['site'],
      ];
    case 'aws_vpn_connection_route':
    case 'aws_ec2_transit_gateway_route':
      return [['site', 'subnets'], ['site']];
    case 'aws_vpn_gateway':
    case 'aws_ec2_transit_gateway':
      return [[...vpn, 'amazon_side_asn'], vpn].filter(
        (_, index) => index > 0 || attribute === 'amazon_side_asn',
      );
    case 'aws_cloudwatch_log_group':
      return name.startsWith('Vpn') ? [[...vpn, 'logs'], vpn] : undefined;
    default:
      return type.startsWith('aws_ec2_transit_gateway') || type.startsWith('aws_vpn_') ? [vpn] : undefined;
  }
}

function connectionOrigins(vpn: Path, attribute: string): readonly Path[] {
  if (attribute === 'static_routes_only') return [[...vpn, 'routing']];
  const [, number, option] = /^tunnel([12])_(\w+)/.exec(attribute) ?? [];
  if (number === undefined || option === undefined) return attribute === '' ? [] : [[...vpn, attribute]];
  const own: readonly Path[] = [
    [...vpn, 'tunnels', Number(number) - 1, option],
    [...vpn, 'tunnel_options', option],
  ];
  if (option === 'log_options') return [...own, [...vpn, 'logs']];
  if (option === 'preshared_key') return [...own, [...vpn, 'preshared_key_storage']];
  return CRYPTO.test(option) ? [...own, [...vpn, 'crypto']] : own;
}
