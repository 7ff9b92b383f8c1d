import type { Resources } from '../planned-case';
import { EAST, lab, type TrafficCase, WEST } from './case';

const KEYS = [
  '-var=preshared_keys={"169.254.100.8/30":"first_key_of_a_case","169.254.100.12/30":"second_key_of_a_case"}',
];
const KEY = ['-var=preshared_keys={"169.254.100.8/30":"first_key_of_a_case"}'];

/** Another VPC beside the network's own, to which the VPN gateway is attached. */
function moveGateway({ aws_vpc, aws_vpn_gateway }: Resources): void {
  Object.assign(aws_vpc ?? {}, { Other: { cidr_block: '172.31.0.0/16' } });
  Object.assign(aws_vpn_gateway?.Vpn_Gateway ?? {}, { vpc_id: '${aws_vpc.Other.id}' });
}

/** Tunnels: both ends, crypto, keys, options. */
export const TUNNEL_CASES: readonly TrafficCase[] = [
  {
    name: 'site.public_ip',
    environment: 'lab',
    edits: [['base.yml', '198.51.100.10', '198.51.100.99']],
    changes: ['site address changed'],
    says: [
      "the site's public address changes from 198.51.100.10 to 198.51.100.99: both tunnels are down from the apply until the gateway host has loaded its new files; AWS keeps its outside addresses and keys",
      'apply the other environments of the gateway host too: bgp, named, plain, served, zones',
      'the folder gateway/198.51.100.10, with its keys, stays on disk until you remove it',
    ],
  },
  {
    name: 'site.public_ip and site.asn together',
    environment: 'lab',
    edits: [
      ['base.yml', '198.51.100.10', '198.51.100.99'],
      ['base.yml', '65000', '65001'],
    ],
    changes: ['site address changed'],
    says: [
      "the site's public address changes from 198.51.100.10 to 198.51.100.99, and its ASN changes from 65000 to 65001: both tunnels are down from the apply until the gateway host has loaded its new files; AWS keeps its outside addresses and keys",
      'apply the other environments of the gateway host too: bgp, named, plain, served, zones',
      'the folder gateway/198.51.100.10, with its keys, stays on disk until you remove it',
    ],
  },
  {
    name: 'site.asn with BGP',
    environment: 'bgp',
    edits: [['base.yml', '65000', '65001']],
    changes: ['site ASN changed, BGP'],
    says: [
      "the site's ASN changes from 65000 to 65001: both tunnels are down from the apply until the gateway host has loaded its new files; AWS keeps its outside addresses and keys",
      'apply the other environments of the gateway host too: lab, named, plain, served, zones',
    ],
  },
  {
    name: 'site.asn with static routes',
    environment: 'lab',
    edits: [['base.yml', '65000', '65001']],
    changes: ['site ASN changed, static'],
    says: [
      "the site's ASN changes from 65000 to 65001: both tunnels are down for some minutes during the apply, and come up again by themselves; AWS keeps its outside addresses and keys; static routes do not use the ASN",
      'apply the other environments of the gateway host too: bgp, named, plain, served, zones',
    ],
  },
  {
    name: 'a customer gateway that failed',
    environment: 'lab',
    taint: 'aws_customer_gateway.Vpn_CustomerGateway',
    changes: ['customer gateway replaced'],
    says: [
      'the customer gateway is REPLACED (its creation had failed): both tunnels are down for some minutes during the apply, and come up again by themselves; AWS keeps its outside addresses and keys',
    ],
  },
  {
    name: 'one inside CIDR',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { tunnels: [{ inside_cidr: 169.254.200.0/30 }, {}] }'),
    changes: ['VPN connection replaced'],
    says: [
      'the VPN connection is REPLACED (inside CIDR of tunnel 1 changes): both tunnels are down from the apply until the gateway host has loaded its new files; AWS gives it new outside addresses and keys',
    ],
  },
  {
    name: 'a VPN connection that failed',
    environment: 'lab',
    taint: 'aws_vpn_connection.Vpn_Connection',
    changes: ['VPN connection replaced'],
    says: [
      'the VPN connection is REPLACED (its creation had failed): both tunnels are down from the apply until the gateway host has loaded its new files; AWS gives it new outside addresses and keys',
    ],
  },
  {
    name: 'static routes to BGP',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { routing: bgp }'),
    changes: ['VPN connection replaced'],
    says: [
      'the VPN connection is REPLACED (routing static routes → BGP): both tunnels are down from the apply until the gateway host has loaded its new files; AWS gives it new outside addresses and keys',
    ],
  },
  {
    name: 'BGP to static routes',
    environment: 'bgp',
    edits: [['bgp.yml', '{ routing: bgp }', '{}']],
    changes: ['VPN connection replaced'],
    says: [
      'the VPN connection is REPLACED (routing BGP → static routes): both tunnels are down from the apply until the gateway host has loaded its new files; AWS gives it new outside addresses and keys',
    ],
  },
  {
    name: 'crypto modern to compatible',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { crypto: compatible }'),
    changes: ['crypto without match'],
    says: [
      'crypto modern → compatible (AES256-GCM/DH20 → AES256/DH14), both tunnels: they are down from the apply until the gateway host has loaded its new files; AWS no longer accepts what the gateway host proposes now',
    ],
  },
  {
    name: 'crypto modern to seed',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { crypto: seed }'),
    changes: ['crypto with match'],
    says: [
      "crypto modern → seed (AES256-GCM/DH20 → AWS's default proposals), both tunnels: they restart one after the other, and the other one carries the traffic; AWS goes on accepting what the gateway host proposes now",
    ],
  },
  {
    name: 'crypto of one tunnel',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { tunnels: [{}, { phase1_dh_group_numbers: [21] }] }'),
    changes: ['crypto of one tunnel without match'],
    says: [
      'crypto IKE AES256-GCM/DH20 → AES256-GCM/DH21, tunnel 169.254.100.12/30: it is down from the apply until the gateway host has loaded its new files; the other tunnel carries the traffic; AWS no longer accepts what the gateway host proposes now',
    ],
  },
  {
    name: 'crypto that adds to the old one',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { tunnel_options: { phase1_dh_group_numbers: [20, 21] } }'),
    changes: ['crypto with match'],
    says: [
      'crypto IKE AES256-GCM/DH20 → AES256-GCM/DH20+21, both tunnels: they restart one after the other, and the other one carries the traffic; AWS goes on accepting what the gateway host proposes now',
    ],
  },
  {
    name: 'an option of both tunnels',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { tunnel_options: { dpd_timeout_seconds: 60 } }'),
    changes: ['tunnel options'],
    says: [
      'DPD timeout 30 → 60, both tunnels: they restart one after the other, and the other one carries the traffic',
    ],
  },
  {
    name: 'an option of one tunnel',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { tunnels: [{ phase1_lifetime_seconds: 14400 }, {}] }'),
    changes: ['options of one tunnel'],
    says: [
      'phase 1 lifetime 28800 → 14400, tunnel 169.254.100.8/30: this tunnel restarts, and the other one carries the traffic',
    ],
  },
  {
    name: 'pre-shared keys of both tunnels',
    environment: 'lab',
    args: KEYS,
    changes: ['keys changed'],
    says: [
      'the pre-shared keys of both tunnels change: both tunnels are down from the apply until the gateway host has loaded its new files',
    ],
  },
  {
    name: 'the pre-shared key of one tunnel',
    environment: 'lab',
    args: KEY,
    changes: ['key of one tunnel changed'],
    says: [
      'the pre-shared key of tunnel 169.254.100.8/30 changes: it is down from the apply until the gateway host has loaded its new files; the other tunnel carries the traffic',
    ],
  },
  {
    name: 'storage of the pre-shared keys',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { preshared_key_storage: SecretsManager }'),
    changes: ['key storage changed'],
    says: [
      'storage of the pre-shared keys Standard → SecretsManager: both tunnels are down from the apply until the gateway host has loaded its new files; if AWS keeps the same keys, they come up again by themselves',
    ],
  },
  {
    name: 'amazon_side_asn with static routes',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { amazon_side_asn: 64600 }'),
    changes: ['VPN gateway replaced, static'],
    says: [
      "the VPN gateway is REPLACED (AWS's ASN changes from 64512 to 64600): both tunnels are down for some minutes during the apply, and come up again by themselves; AWS keeps its outside addresses and keys",
    ],
  },
  {
    name: 'amazon_side_asn with BGP',
    environment: 'bgp',
    edits: [['bgp.yml', '{ routing: bgp }', '{ routing: bgp, amazon_side_asn: 64600 }']],
    changes: ['VPN gateway replaced, BGP'],
    says: [
      "the VPN gateway is REPLACED (AWS's ASN changes from 64512 to 64600): both tunnels are down from the apply until the gateway host has loaded its new files; AWS keeps its outside addresses and keys",
    ],
  },
  {
    name: 'a VPN gateway attached to another VPC',
    environment: 'lab',
    configure: moveGateway,
    changes: ['VPC added', 'VPN gateway moved'],
    says: [
      'the VPN gateway is attached to another VPC: the site and nodes no longer reach each other',
      'VPC 172.31.0.0/16 is created',
    ],
  },
  {
    name: 'vpn: none',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: none'),
    changes: ['VPN logs destroyed', 'VPN removed'],
    says: [
      'the VPN connection is DESTROYED: the site and nodes no longer reach each other',
      'the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected',
    ],
  },
  {
    name: 'policy-based tunnels',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { mode: policy-based }'),
    changes: ['tunnel mode'],
    says: [
      'mode of the tunnels route-based → policy-based: nothing changes at AWS; both tunnels restart when the gateway host loads its new files',
    ],
  },
  {
    name: 'a VPN is added',
    environment: 'plain',
    edits: [['plain.yml', 'vpn: none', 'vpn: {}']],
    changes: ['VPN added'],
    says: [
      'a VPN connection to 198.51.100.10 is created: the tunnels come up when the gateway host has loaded its new files',
    ],
  },
  {
    name: 'one of two gateways of the site goes',
    environment: 'twin',
    edits: [['twin.yml', WEST, '']],
    changes: ['VPN logs destroyed', 'VPN removed'],
    says: [
      'the VPN connection to 198.51.100.21 is DESTROYED: the tunnels to the other gateway carry the traffic',
      'the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected',
    ],
  },
  {
    name: 'both gateways of the site get other names',
    environment: 'twin',
    edits: [
      ['twin.yml', '    east:', '    north:'],
      ['twin.yml', '    west:', '    south:'],
    ],
    changes: ['VPN added', 'VPN logs destroyed', 'VPN removed'],
    says: [
      'the VPN connection to 198.51.100.20 is DESTROYED: the site and nodes do not reach each other until a gateway host has loaded its new files',
      'the VPN connection to 198.51.100.21 is DESTROYED: the site and nodes do not reach each other until a gateway host has loaded its new files',
      'a VPN connection to 198.51.100.20 is created: the tunnels come up when the gateway host has loaded its new files',
      'a VPN connection to 198.51.100.21 is created: the tunnels come up when the gateway host has loaded its new files',
      'the log groups of the tunnels are DESTROYED, with the logs in them; no traffic is affected',
    ],
  },
  {
    name: 'one gateway of the site gets another address',
    environment: 'twin',
    edits: [['twin.yml', EAST, EAST.replace('198.51.100.20', '198.51.100.22')]],
    changes: ['site address changed'],
    says: [
      "the site's public address changes from 198.51.100.20 to 198.51.100.22: both tunnels are down from the apply until the gateway host has loaded its new files; the tunnels to the other gateway carry the traffic; AWS keeps its outside addresses and keys",
      'the folder gateway/198.51.100.20, with its keys, stays on disk until you remove it',
    ],
  },
  {
    name: 'crypto with two gateways of the site: told once',
    environment: 'twin',
    edits: [['twin.yml', '{ routing: bgp }', '{ routing: bgp, crypto: compatible }']],
    changes: ['crypto without match'],
    says: [
      'crypto modern → compatible (AES256-GCM/DH20 → AES256/DH14), both tunnels: they are down from the apply until the gateway host has loaded its new files; AWS no longer accepts what the gateway host proposes now',
    ],
  },
];
