import {
  type OptionKind,
  optionKey,
  TUNNEL_OPTION_KINDS,
  type TunnelOptions,
} from '../../../model/clouds/aws/tunnel-options';
import { PORT_PROFILES } from '../../../model/net/port-profiles';
import { CRYPTO_PROFILES } from '../../../model/tunnel/crypto-profiles';
import { COMMON_KEYS } from '../../adopted/keys';
import { AWS_REGION, AWS_ZONE, CIDR, ENTRY_NAME, INSIDE_CIDR, PORTS, SOURCE } from '../../shape/formats';
import {
  choice,
  FLAG,
  type Key,
  type KindsShape,
  list,
  type MapShape,
  map,
  type Refusal,
  type Shape,
  TEXT,
  text,
  whole,
} from '../../shape/shape';
import { TAGS } from './tags';

/** CloudWatch's values for how long a log group keeps its events, in days; 0 keeps them for ever. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const RULE = map({
  profile: {
    shape: choice(...PORT_PROFILES),
    description: 'A named set of rules, instead of everything else',
  },
  protocol: { shape: choice('tcp', 'udp', 'icmp', 'all'), description: 'Protocol' },
  ports: {
    shape: {
      kind: 'kinds',
      expected: "a port or a range of ports like '22' or '8000-8010'",
      text: text(PORTS),
      whole: whole(0, 65535),
    },
    description: "Port '22' or range '8000-8010', for tcp and udp",
  },
  icmp_type: { shape: whole(-1, 255), description: 'ICMP type (RFC 792); -1 is any', default: -1 },
  icmp_code: { shape: whole(-1, 255), description: 'ICMP code; -1 is any', default: -1 },
  from: {
    shape: {
      kind: 'kinds',
      expected: 'a source or a list of sources',
      text: text(SOURCE),
      list: list(text(SOURCE), { min: 1, max: 60 }),
    },
    description: 'site, self, a CIDR, another entry (aws/other)',
  },
  description: { shape: TEXT, description: 'What the rule is for' },
  allow_public: { shape: TEXT, description: 'Why everybody may come in; needed for 0.0.0.0/0' },
});

const INGRESS: KindsShape = {
  kind: 'kinds',
  expected: 'a port profile or a list of rules',
  text: choice(...PORT_PROFILES),
  list: list(RULE, { max: 100 }),
};

const IPV6: Refusal = { code: 'not-built', message: 'IPv6 is not built yet' };
const TRANSIT: Refusal = { code: 'not-built', message: 'needs a transit gateway, which is not built yet' };
const USE_LOGS: Refusal = {
  code: 'refused-key',
  message: 'the logs of both tunnels are set in one place',
  mend: 'use vpn.logs: { format: json, retention_days: 90 }',
};

const OPTION_REFUSALS: Readonly<Record<string, Refusal>> = {
  log_options: USE_LOGS,
  inside_ipv6_cidr: IPV6,
};

function optionShape(option: OptionKind): Shape {
  switch (option.kind) {
    case 'choice':
      return choice(...option.values);
    case 'choices':
    case 'numbers':
      return list(choice(...option.values), { min: 1, max: option.values.length, distinct: true });
    case 'whole':
      return whole(option.min, option.max);
    case 'flag':
      return FLAG;
    case 'inside-cidr':
      return text(INSIDE_CIDR);
  }
}

const OPTION_NAMES = Object.keys(TUNNEL_OPTION_KINDS) as (keyof TunnelOptions)[];

/** `phase1_dh_group_numbers` → `phase1DhGroupNumbers`. */
export const OPTION_OF_KEY: ReadonlyMap<string, keyof TunnelOptions> = new Map(
  OPTION_NAMES.map((name) => [optionKey(name), name]),
);

const OPTION_KEYS: Readonly<Record<string, Key>> = Object.fromEntries(
  OPTION_NAMES.map((name) => [
    optionKey(name),
    {
      shape: optionShape(TUNNEL_OPTION_KINDS[name]),
      description: `aws_vpn_connection.tunnelN_${optionKey(name)}`,
    },
  ]),
);

const { inside_cidr: _, ...BOTH_TUNNELS } = OPTION_KEYS;

const LOGS: KindsShape = {
  kind: 'kinds',
  expected: 'none or a map of keys',
  text: choice('none'),
  map: map({
    format: { shape: choice('json', 'text'), description: 'Form of the log lines', default: 'json' },
    retention_days: {
      shape: choice(...RETENTION_DAYS),
      description: 'How long logs are kept; 0: for ever',
      default: 90,
    },
    bgp: { shape: FLAG, description: 'BGP logs too; needs AWS provider 6.25', default: false },
  }),
};

const VPN: KindsShape = {
  kind: 'kinds',
  expected: 'none or a map of keys',
  text: choice('none'),
  map: map(
    {
      gateway: {
        shape: choice('virtual-private', 'transit'),
        description: "AWS's end (transit: later)",
        default: 'virtual-private',
      },
      routing: { shape: choice('static', 'bgp'), description: 'How routes become known', default: 'static' },
      mode: {
        shape: choice('route-based', 'policy-based'),
        description: 'How traffic is chosen',
        default: 'route-based',
      },
      crypto: {
        shape: choice(...CRYPTO_PROFILES),
        description: 'Named set of cryptographic options',
        default: 'modern',
      },
      amazon_side_asn: {
        shape: whole(1, 4294967294),
        description: "AWS's autonomous system number",
        default: 64512,
      },
      preshared_key_storage: {
        shape: choice('Standard', 'SecretsManager'),
        description: 'Where AWS keeps the keys',
        default: 'Standard',
      },
      logs: {
        shape: LOGS,
        description: 'Logs of the tunnels in CloudWatch',
        default: { format: 'json', retention_days: 90, bgp: false },
      },
      tunnel_options: {
        shape: map(BOTH_TUNNELS, {
          ...OPTION_REFUSALS,
          inside_cidr: {
            code: 'refused-key',
            message: 'two tunnels cannot have one inside CIDR',
            mend: 'write it in tunnels: [{ inside_cidr: … }, {}]',
          },
        }),
        description: "The provider's arguments without tunnelN_, for both tunnels",
      },
      tunnels: {
        shape: list(map(OPTION_KEYS, OPTION_REFUSALS), { min: 2, max: 2 }),
        description: 'The same for the first and the second tunnel; inside_cidr fixes one',
      },
    },
    {
      enable_acceleration: TRANSIT,
      tunnel_bandwidth: {
        ...TRANSIT,
        message: 'needs a transit gateway, which is not built yet, and providers.aws.version from 6.25.0',
      },
      tunnel_inside_ip_version: IPV6,
      local_ipv6_network_cidr: IPV6,
      remote_ipv6_network_cidr: IPV6,
      tunnel_log_options: USE_LOGS,
    },
  ),
};

/** `create` of an entry that is a VPC of its own. */
export const CREATE_NETWORK: MapShape = map(
  {
    vpc_cidr: { shape: text(CIDR), description: 'Block of the VPC, /16 to /28', required: true },
    public_subnet: { shape: text(CIDR), description: 'Block of the public subnet, which NAT needs' },
    egress: {
      shape: choice('nat', 'nat-per-zone', 'none'),
      description: 'How nodes reach the Internet',
      default: 'nat',
    },
    ingress: {
      shape: INGRESS,
      description: 'Who may reach the nodes: a port profile or rules',
      default: 'vc-node',
    },
    flow_logs: { shape: FLAG, description: "Logs of the VPC's traffic in CloudWatch", default: false },
    tags: { shape: TAGS, description: 'Tags of everything that is created', default: {} },
    spot: { shape: FLAG, description: 'Publish the entry under aws_spot too', default: false },
    vpn: {
      shape: VPN,
      description: 'The connection to the site; none builds the network alone',
      default: {},
    },
  },
  {
    vpc_ipv6_cidr: IPV6,
    ipv6: IPV6,
    node_groups: { code: 'not-built', message: 'node groups are not built yet' },
  },
);

/** `create` of a further subnet in the VPC of another entry. */
export const CREATE_WITHIN: MapShape = map({
  within: { shape: text(ENTRY_NAME), description: 'The aws entry whose VPC it is in', required: true },
  public_subnet: { shape: text(CIDR), description: 'With nat-per-zone: public subnet of a zone of its own' },
  spot: { shape: FLAG, description: 'Publish the entry under aws_spot too', default: false },
});

const comesOut: Refusal = {
  code: 'refused-key',
  message: 'comes out of the build and must not be given beside create',
  mend: 'remove it, or remove create to adopt what exists',
};

/** An aws entry with `create`. */
export function createdShape(create: MapShape): MapShape {
  return map(
    {
      aws_region: { shape: text(AWS_REGION), description: 'region', required: create === CREATE_NETWORK },
      aws_availability_zone: {
        shape: text(AWS_ZONE),
        description: 'zone of the subnet; absent: the first available',
      },
      ...COMMON_KEYS,
      private_network_ipmask: {
        shape: text(CIDR),
        description: "block of the nodes' subnet",
        required: true,
      },
      create: { shape: create, description: 'What is built', required: true },
    },
    {
      aws_vpc_subnet_id: comesOut,
      aws_vpc_security_group_id: comesOut,
      aws_vcp_subnet_id: comesOut,
      aws_vcp_security_group_id: comesOut,
    },
  );
}
