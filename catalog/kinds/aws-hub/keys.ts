import { SHARE_PRINCIPAL } from '../../../model/clouds/aws/transit-gateway';
import { AWS_REGION } from '../../adopted/aws';
import { ENVIRONMENT_NAME } from '../../shape/formats';
import {
  choice,
  either,
  explained,
  FLAG,
  list,
  map,
  named,
  optional,
  pattern,
  text,
  withDefault,
} from '../../shape/shapes';
import { HUB_NAME, ROUTE_TABLE_NAME } from '../aws/hub-names';
import { TAGS } from '../aws/tags';
import { AMAZON_SIDE_ASN, COMMON_VPN_KEYS, IPV6, ROUTING, USE_LOGS } from '../aws/vpn-keys';

const TRANSIT_GATEWAY_ID = pattern(
  'an id of a transit gateway like tgw-0123456789abcdef0',
  '^tgw-[0-9a-f]{8,17}$',
  'tgw-0123456789abcdef0',
);

const ROUTE_TABLE_ID = pattern(
  "an id of a transit gateway's route table like tgw-rtb-0123456789abcdef0",
  '^tgw-rtb-[0-9a-f]{8,17}$',
  'tgw-rtb-0123456789abcdef0',
);

const PRINCIPAL = pattern(
  'the id of an account, or the ARN of an organisation or of a unit of one',
  SHARE_PRINCIPAL.source,
  '123456789012',
);

export const HUB_VPN_KEYS = map(
  {
    routing: ROUTING,
    ...COMMON_VPN_KEYS,
    acceleration: withDefault(
      FLAG,
      false,
      "Whether the tunnels enter AWS's network at its nearest edge; needs UDP port 4500, and the site begins",
    ),
    inside_ip: withDefault(
      explained(choice('ipv4', 'ipv6'), {
        ipv4: 'IPv4 inside the tunnels',
        ipv6: 'IPv6 alone inside the tunnels; not built yet',
      }),
      'ipv4',
      'What the tunnels carry',
    ),
    bandwidth: withDefault(
      explained(choice('standard', 'large'), {
        standard: 'up to 1.25 Gbit/s in a tunnel',
        large: 'up to 5 Gbit/s in a tunnel; needs AWS provider 6.25',
      }),
      'standard',
      'How much a tunnel carries',
    ),
  },
  {
    enable_acceleration: {
      code: 'refused-key',
      message: 'is called acceleration',
      fix: 'write acceleration',
    },
    tunnel_bandwidth: { code: 'refused-key', message: 'is called bandwidth', fix: 'write bandwidth' },
    mode: {
      code: 'refused-key',
      message: 'a transit gateway knows routes alone',
      fix: 'remove it: tunnels of a hub are route-based',
    },
    amazon_side_asn: { code: 'refused-key', message: 'is of the transit gateway', fix: 'write it in create' },
    tunnel_inside_ip_version: IPV6,
    local_ipv6_network_cidr: IPV6,
    remote_ipv6_network_cidr: IPV6,
    tunnel_log_options: USE_LOGS,
  },
);

const VPN = either('none or a map of keys', { text: choice('none'), map: HUB_VPN_KEYS });

export const CREATE_HUB = map(
  {
    amazon_side_asn: AMAZON_SIDE_ASN,
    ecmp: optional(
      FLAG,
      'Whether tunnels whose routes are equal carry flows at once; absent: with routing: bgp',
    ),
    auto_accept: withDefault(
      FLAG,
      false,
      'Whether attachments of other accounts are accepted without being looked at',
    ),
    route_tables: optional(
      named(ROUTE_TABLE_NAME, map({})),
      "Tables of networks, by name: those of different tables do not meet; absent: one with the environment's name",
    ),
    share: withDefault(
      list(text(PRINCIPAL), { distinct: true }),
      [],
      'Accounts, organisations and units of them that may attach networks',
    ),
    tags: withDefault(TAGS, {}, 'Tags of everything that is created'),
    vpn: withDefault(VPN, {}, 'The connection to the site; none builds the transit gateway alone'),
  },
  { vpn6: IPV6 },
);

export const HUB = map({
  aws_region: optional(text(AWS_REGION), 'region; needed unless it is a hub of another environment'),
  environment: optional(text(ENVIRONMENT_NAME), 'The environment of this folder that makes the hub'),
  aws_transit_gateway_id: optional(text(TRANSIT_GATEWAY_ID), 'One that exists already'),
  aws_transit_gateway_route_table_id: optional(
    text(ROUTE_TABLE_ID),
    'Its route table for networks and the connection to the site',
  ),
  create: optional(CREATE_HUB, 'What is built'),
});

/** The section `hubs`. */
export const HUBS = named(HUB_NAME, HUB);
