import type { TrafficChange } from '../../../../../../scripts/kinds/aws/plan/traffic';
import type { CaseChange, Resources } from '../planned-case';

/** A planned change, the rows of the table that it must hit, and the sentences of its plan. */
export interface TrafficCase<Environment extends string = (typeof ENVIRONMENTS)[number]> extends CaseChange {
  readonly name: string;
  /** The catalog that is changed. */
  readonly environment: Environment;
  readonly changes: readonly TrafficChange[];
  readonly says: readonly string[];
}

/** NAT and static routes; BGP without NAT; a NAT gateway in each zone; neither VPN nor NAT; the same with services of AWS; domains for the site; two gateways. */
export const ENVIRONMENTS = ['lab', 'bgp', 'zones', 'plain', 'served', 'named', 'twin'] as const;

const BASE = `providers: { aws: { default_tags: { project: kakehashi } } }
site:
  controller: 10.0.2.15/24
  public_ip: 198.51.100.10
  subnets: [10.0.2.0/24]
  asn: 65000
`;

function catalog(second: number, region: string, egress: string, vpn: string): string {
  const zone = (letter: string) => `    aws_availability_zone: ${region}${letter}\n`;
  const block = (third: number) => `172.${second}.${third}.0/24`;
  const outer = egress === 'none' ? '' : `      public_subnet: ${block(1)}\n`;
  const inner = egress === 'nat-per-zone' ? `, public_subnet: ${block(4)}` : '';
  return `cci_version: '1.0'
extends: base.yml
aws:
  default:
    aws_region: ${region}
${zone('a')}    private_network_ipmask: ${block(2)}
    create:
      vpc_cidr: 172.${second}.0.0/16
${outer}      egress: ${egress}
      ingress: [{ protocol: tcp, ports: '22', from: [site], description: SSH }]
      vpn: ${vpn}
  second:
${zone('c')}    private_network_ipmask: ${block(3)}
    create: { within: default${inner} }
`;
}

/** The lock file of an environment, so that its tunnels keep their addresses. */
function lock(first: number): string {
  return `version: 1
tunnels: { aws/default: { inside_cidrs: [169.254.100.${first}/30, 169.254.100.${first + 4}/30], interfaces: [3, 4] } }
`;
}

export const EAST = '    east: { public_ip: 198.51.100.20, address: 10.0.2.2 }\n';
export const WEST = '    west: { public_ip: 198.51.100.21, address: 10.0.2.3 }\n';
const TWO_GATEWAYS = `site:\n  public_ip: null\n  gateways:\n${EAST}${WEST}`;

export const FILES: Readonly<Record<string, string>> = {
  'base.yml': BASE,
  'lab.yml': catalog(30, 'ap-northeast-1', 'nat', '{}'),
  'bgp.yml': catalog(29, 'ap-northeast-3', 'none', '{ routing: bgp }'),
  'plain.yml': catalog(26, 'us-west-2', 'none', 'none'),
  'served.yml': catalog(24, 'us-west-2', 'none', 'none').replace(
    'egress:',
    'endpoints: [s3, logs]\n      dns: { servers: [10.0.2.53] }\n      egress:',
  ),
  'named.yml': catalog(23, 'us-west-2', 'none', '{}').replace(
    'egress:',
    'dns: { forward: { corp.example.org: [10.0.2.53, 10.0.2.54], lab.example.org: [10.0.2.53] } }\n      egress:',
  ),
  'zones.yml': catalog(27, 'ap-northeast-1', 'nat-per-zone', '{}')
    .replace('egress:', 'flow_logs: true\n      egress:')
    .replace('ingress: [', "ingress: [{ protocol: tcp, ports: '20-30', from: [site], description: wide }, "),
  'twin.yml': catalog(23, 'us-west-2', 'none', '{ routing: bgp }').replace('aws:', `${TWO_GATEWAYS}aws:`),
  'lab.lock.yml': lock(8),
};

export const SECOND = FILES['lab.yml']?.slice(FILES['lab.yml'].indexOf('  second:')) ?? '';
export const SECOND_ZONE = FILES['zones.yml']?.slice(FILES['zones.yml'].indexOf('  second:')) ?? '';
export const RULE = "{ protocol: tcp, ports: '22', from: [site], description: SSH }";

export function lab(from: string, to: string): CaseChange['edits'] {
  return [['lab.yml', from, to]];
}

/** Takes a resource out of a configuration. */
export function without(type: string, name: string): (resources: Resources) => void {
  return (resources) => {
    delete resources[type]?.[name];
    if (Object.keys(resources[type] ?? {}).length === 0) delete resources[type];
    for (const resource of Object.values(resources).flatMap((named) => Object.values(named)))
      if (Array.isArray(resource.depends_on))
        resource.depends_on = resource.depends_on.filter((address) => address !== `${type}.${name}`);
  };
}
