import type { CaseChange } from '../planned-case';

/** A hub with BGP; one with static routes; a network on the first; one with a VPN of its own, and one without. */
export const HUB_ENVIRONMENTS = ['hub', 'flat', 'spoke', 'own', 'off'] as const;

const BASE = `site:
  controller: 10.0.2.15/24
  public_ip: 198.51.100.10
  subnets: [10.0.2.0/24]
  asn: 65000
`;

const hub = (create: string): string => `cci_version: '1.0'
extends: base.yml
hubs: { main: { aws_region: ap-northeast-1, create: ${create} } }
`;

const network = (second: number, vpn: string): string => `cci_version: '1.0'
extends: base.yml
hubs: { main: { environment: hub } }
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.${second}.2.0/24
    create:
      vpc_cidr: 172.${second}.0.0/16
      egress: none
      ingress: [{ protocol: tcp, ports: '22', from: [10.0.2.128/25], description: SSH }]
      vpn: ${vpn}
`;

/** The `vpn` of the network that is on the hub. */
export const ON_HUB =
  '{ gateway: transit, hub: main, route_table: one, attachment_subnets: { ap-northeast-1a: 172.30.9.0/28 } }';

export const HUB_FILES: Readonly<Record<string, string>> = {
  'base.yml': BASE,
  'hub.yml': hub("{ route_tables: { one: {}, two: {} }, share: ['123456789012'], vpn: { routing: bgp } }"),
  'flat.yml': hub('{}'),
  'spoke.yml': network(30, ON_HUB),
  'own.yml': network(29, '{ routing: bgp }'),
  'off.yml': network(28, 'none'),
};

export const FURTHER_SITE: CaseChange['edits'] = [
  ['base.yml', '[10.0.2.0/24]', '[10.0.2.0/24, 10.0.8.0/24]'],
];
