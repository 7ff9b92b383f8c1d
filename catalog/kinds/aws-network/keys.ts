import { MOST_FORWARDED_DOMAINS, MOST_RESOLVERS } from '../../../model/clouds/aws/dns-forwarding';
import { ENDPOINTS } from '../../../model/clouds/aws/endpoints';
import { AWS_REGION, AWS_ZONE } from '../../adopted/aws';
import { COMMON_KEYS } from '../../adopted/keys';
import { INGRESS } from '../../ingress/keys';
import { CIDR, DOMAIN_NAME, ENTRY_NAME, IPV4 } from '../../shape/formats';
import type { Refusal } from '../../shape/shape';
import {
  choice,
  either,
  explained,
  FLAG,
  list,
  map,
  named,
  optional,
  required,
  text,
  withDefault,
} from '../../shape/shapes';
import { HUB_NAME, ROUTE_TABLE_NAME } from '../aws/hub-names';
import { TAGS } from '../aws/tags';
import { AMAZON_SIDE_ASN, COMMON_VPN_KEYS, IPV6, ROUTING, USE_LOGS } from '../aws/vpn-keys';
import { EXISTING_NAMES } from './existing-names';
import { FORWARDED_DOMAIN_NAME } from './forwarded-domain';

const TRANSIT: Refusal = {
  code: 'refused-key',
  message: 'is of a transit gateway',
  fix: 'write it in vpn of a hub, and here gateway: transit',
};

const ATTACHMENT_SUBNETS = either('auto, or a block for each zone', {
  text: choice('auto'),
  map: named(AWS_ZONE, text(CIDR)),
});

/** The keys of `vpn` beside which nothing else stands with `gateway: transit`. */
export const TRANSIT_KEYS = ['gateway', 'hub', 'route_table', 'attachment_subnets'] as const;

export const VPN_KEYS = map(
  {
    gateway: withDefault(
      explained(choice('virtual-private', 'transit'), {
        'virtual-private': 'a virtual private gateway of the VPC',
        transit: 'the transit gateway of a hub, which has the VPN for all its networks',
      }),
      'virtual-private',
      "AWS's end",
    ),
    hub: optional(text(HUB_NAME), 'With gateway: transit: the hub, a key of hubs'),
    route_table: optional(
      text(ROUTE_TABLE_NAME),
      "The hub's route table that the network is in; absent: the environment's name, or the only one",
    ),
    attachment_subnets: optional(
      ATTACHMENT_SUBNETS,
      "Where the transit gateway's interfaces are: auto, in a subnet of nodes of each zone; or by zone, blocks of subnets of their own, of /28 or larger",
    ),
    routing: ROUTING,
    mode: withDefault(
      explained(choice('route-based', 'policy-based'), {
        'route-based': 'by routes into a tunnel interface; both tunnels are up',
        'policy-based': 'by pairs of networks; one tunnel at a time',
      }),
      'route-based',
      'How the gateway chooses the traffic for a tunnel',
    ),
    ...COMMON_VPN_KEYS,
    amazon_side_asn: AMAZON_SIDE_ASN,
  },
  {
    acceleration: TRANSIT,
    enable_acceleration: TRANSIT,
    bandwidth: TRANSIT,
    tunnel_bandwidth: TRANSIT,
    ecmp: TRANSIT,
    tunnel_inside_ip_version: IPV6,
    local_ipv6_network_cidr: IPV6,
    remote_ipv6_network_cidr: IPV6,
    tunnel_log_options: USE_LOGS,
  },
);

/** Amazon VPC user guide, "DHCP option sets". */
const MOST_NAME_SERVERS = 4;

const DNS = map({
  servers: optional(
    list(text(IPV4), { min: 1, max: MOST_NAME_SERVERS, distinct: true }),
    "Name servers of the nodes; absent: AWS's own resolver",
  ),
  search: optional(text(DOMAIN_NAME), 'Domain in which nodes look up short names'),
  forward: optional(
    named(FORWARDED_DOMAIN_NAME, list(text(IPV4), { min: 1, max: MOST_RESOLVERS, distinct: true }), {
      max: MOST_FORWARDED_DOMAINS,
    }),
    "Domains about which AWS's resolver asks others, by domain: addresses of the site's resolvers, port 53",
  ),
});

const VPN = either('none or a map of keys', { text: choice('none'), map: VPN_KEYS });

/** `create` of an entry that is a VPC of its own. */
const CREATE_NETWORK = map(
  {
    vpc_cidr: required(text(CIDR), 'Block of the VPC, /16 to /28'),
    public_subnet: optional(text(CIDR), 'Block of the public subnet, which NAT needs'),
    egress: withDefault(
      explained(choice('nat', 'nat-per-zone', 'none'), {
        nat: 'through one NAT gateway; needs public_subnet',
        'nat-per-zone': 'through a NAT gateway in each zone; needs a public_subnet for each',
        none: 'not at all: only the site and the VPC',
      }),
      'nat',
      'How nodes reach the Internet',
    ),
    ingress: withDefault(INGRESS, 'vc-node', 'Who may reach the nodes: a port profile or rules'),
    endpoints: withDefault(
      list(
        explained(choice(...ENDPOINTS), {
          s3: 'S3 by routes, without charge',
          ssm: 'Systems Manager: sessions and commands',
          ecr: 'container images of ECR, whose layers are in S3',
          logs: 'CloudWatch Logs',
          autoscaling: 'EC2 Auto Scaling',
          secretsmanager: 'Secrets Manager',
          ec2: 'the EC2 API',
        }),
        { distinct: true },
      ),
      [],
      'Services of AWS that nodes reach without the Internet',
    ),
    dns: optional(DNS, 'Name resolution of the nodes, by DHCP'),
    flow_logs: withDefault(FLAG, false, "Logs of the VPC's traffic in CloudWatch"),
    tags: withDefault(TAGS, {}, 'Tags of everything that is created'),
    spot: withDefault(FLAG, false, 'Publish the entry under aws_spot too'),
    vpn: withDefault(VPN, {}, 'The connection to the site; none builds the network alone'),
    existing_names: optional(
      EXISTING_NAMES,
      'Names that what was imported keeps, because another name replaces it',
    ),
  },
  {
    vpc_ipv6_cidr: IPV6,
    ipv6: IPV6,
    node_groups: { code: 'not-built', message: 'node groups are not built yet' },
  },
);

/** `create` of a further subnet in the VPC of another entry. */
const CREATE_WITHIN = map({
  within: required(text(ENTRY_NAME), 'The aws entry whose VPC it is in'),
  public_subnet: optional(text(CIDR), 'With nat-per-zone: public subnet of a zone of its own'),
  spot: withDefault(FLAG, false, 'Publish the entry under aws_spot too'),
});

const KNOWN_LATER: Refusal = {
  code: 'refused-key',
  message: 'comes out of the build and must not be given beside create',
  fix: 'remove it, or remove create to adopt what exists',
};

const REFUSED: Readonly<Record<string, Refusal>> = {
  aws_vpc_subnet_id: KNOWN_LATER,
  aws_vpc_security_group_id: KNOWN_LATER,
  aws_vcp_subnet_id: KNOWN_LATER,
  aws_vcp_security_group_id: KNOWN_LATER,
};

const ZONE = optional(text(AWS_ZONE), 'zone of the subnet; absent: the first available');
const FORMERLY = optional(
  text(ENTRY_NAME),
  'The name that the entry had before: what exists goes on under the new one',
);
const BLOCK = required(text(CIDR), "block of the nodes' subnet");

/** An aws entry that is a VPC of its own. */
export const NETWORK_ENTRY = map(
  {
    aws_region: required(text(AWS_REGION), 'region'),
    aws_availability_zone: ZONE,
    ...COMMON_KEYS,
    private_network_ipmask: BLOCK,
    formerly: FORMERLY,
    create: required(CREATE_NETWORK, 'What is built'),
  },
  REFUSED,
);

/** An aws entry that is one more subnet of another entry's VPC. */
export const WITHIN_ENTRY = map(
  {
    aws_region: optional(text(AWS_REGION), 'region'),
    aws_availability_zone: ZONE,
    ...COMMON_KEYS,
    private_network_ipmask: BLOCK,
    formerly: FORMERLY,
    create: required(CREATE_WITHIN, 'What is built'),
  },
  REFUSED,
);

/** Keys of an entry that are read here; the others are published as they are. */
export const READ_KEYS: ReadonlySet<keyof (typeof NETWORK_ENTRY)['keys'] & string> = new Set([
  'aws_region',
  'aws_availability_zone',
  'private_network_ipmask',
  'formerly',
  'create',
]);
