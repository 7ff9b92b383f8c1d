import { lab, type TrafficCase } from './case';

/** The whole network, several changes at once, and changes that no packet notices. */
export const WHOLE_CASES: readonly TrafficCase[] = [
  {
    name: 'another block of the VPC',
    environment: 'lab',
    edits: lab('172.30.', '172.28.'),
    changes: ['VPC replaced'],
    says: [
      'the VPC is REPLACED (CIDR block 172.30.0.0/16 → 172.28.0.0/16), with all its subnets',
      'delete all its nodes first, because AWS refuses to delete a VPC that is in use; new nodes get other addresses',
      'the site reaches no node from the apply until the gateway host has loaded its new files; the tunnels and their keys stay',
      'the public address of its nodes stays address 1',
    ],
  },
  {
    name: 'another block of a VPC without NAT',
    environment: 'bgp',
    edits: [['bgp.yml', '172.29.', '172.28.']],
    changes: ['VPC replaced'],
    says: [
      'the VPC is REPLACED (CIDR block 172.29.0.0/16 → 172.28.0.0/16), with all its subnets',
      'delete all its nodes first, because AWS refuses to delete a VPC that is in use; new nodes get other addresses',
      'the site reaches no node from the apply until the gateway host has loaded its new files; the tunnels and their keys stay',
    ],
  },
  {
    name: 'flow logs on',
    environment: 'lab',
    edits: lab('egress: nat', 'flow_logs: true\n      egress: nat'),
    changes: ['flow logs added'],
    says: ['flow logs are added; no traffic is affected'],
  },
  {
    name: 'logs of the tunnels off',
    environment: 'lab',
    edits: lab('vpn: {}', 'vpn: { logs: none }'),
    changes: ['VPN logs destroyed'],
    says: ['the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected'],
  },
  {
    name: 'one default tag',
    environment: 'lab',
    edits: [['base.yml', 'project: kakehashi', 'project: another']],
    changes: ['tags'],
    says: ['tags of 17 resources change; no traffic is affected'],
  },
  {
    name: 'tags of a network',
    environment: 'lab',
    edits: lab('egress: nat', 'tags: { owner: lab }\n      egress: nat'),
    changes: ['tags'],
    says: ['tags of 17 resources change; no traffic is affected'],
  },
  {
    name: 'spot',
    environment: 'lab',
    edits: lab('egress: nat', 'spot: true\n      egress: nat'),
    changes: ['entries only'],
    says: ['the catalog entries change; no traffic is affected'],
  },
  {
    name: 'no VPN and no Internet access any more',
    environment: 'lab',
    edits: [
      ['lab.yml', 'egress: nat', 'egress: none'],
      ['lab.yml', '      public_subnet: 172.30.1.0/24\n', ''],
      ['lab.yml', 'vpn: {}', 'vpn: none'],
    ],
    changes: ['VPN logs destroyed', 'VPN removed', 'nodes lose Internet access', 'public subnet destroyed'],
    says: [
      'the VPN connection is DESTROYED: the site and nodes no longer reach each other',
      'the NAT gateway (public address address 1) is DESTROYED: nodes lose Internet access',
      'public subnet 172.30.1.0/24 is DESTROYED; no nodes are in it',
      'the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected',
    ],
  },
  {
    name: "crypto and the site's address together",
    environment: 'lab',
    edits: [
      ['lab.yml', 'vpn: {}', 'vpn: { crypto: compatible }'],
      ['base.yml', '198.51.100.10', '198.51.100.99'],
    ],
    changes: ['crypto without match', 'site address changed'],
    says: [
      "the site's public address changes from 198.51.100.10 to 198.51.100.99: both tunnels are down from the apply until the gateway host has loaded its new files; AWS keeps its outside addresses and keys",
      'apply the other environments of the gateway host too: bgp, named, plain, served, zones',
      'the folder gateway/198.51.100.10, with its keys, stays on disk until you remove it',
      'crypto modern → compatible (AES256-GCM/DH20 → AES256/DH14), both tunnels: they are down from the apply until the gateway host has loaded its new files; AWS no longer accepts what the gateway host proposes now',
    ],
  },
  {
    name: 'flow logs off',
    environment: 'zones',
    edits: [['zones.yml', 'flow_logs: true', 'flow_logs: false']],
    changes: ['flow logs destroyed'],
    says: ['flow logs are DESTROYED, with the log group and what is in it; no traffic is affected'],
  },
  {
    name: 'flow logs that failed',
    environment: 'zones',
    taint: 'aws_flow_log.Network_FlowLogs_Log',
    changes: ['flow logs destroyed'],
    says: ['flow logs are REPLACED; no traffic is affected'],
  },
  {
    name: 'another block of a VPC without VPN',
    environment: 'plain',
    edits: [['plain.yml', '172.26.', '172.25.']],
    changes: ['VPC replaced'],
    says: [
      'the VPC is REPLACED (CIDR block 172.26.0.0/16 → 172.25.0.0/16), with all its subnets',
      'delete all its nodes first, because AWS refuses to delete a VPC that is in use; new nodes get other addresses',
    ],
  },
  {
    name: 'a network without VPN is destroyed',
    environment: 'plain',
    args: ['-destroy'],
    changes: ['VPC destroyed'],
    says: [
      'VPC 172.26.0.0/16 is DESTROYED, with all that is in it',
      'delete all its nodes first, because AWS refuses to delete a VPC that is in use',
    ],
  },
  {
    name: 'the network is destroyed',
    environment: 'lab',
    args: ['-destroy'],
    changes: ['VPC destroyed'],
    says: [
      'VPC 172.30.0.0/16 is DESTROYED, with all that is in it: the site and its nodes no longer reach each other',
      'delete all its nodes first, because AWS refuses to delete a VPC that is in use',
    ],
  },
  {
    name: 'endpoints and name servers are added',
    environment: 'plain',
    edits: [
      [
        'plain.yml',
        'egress: none',
        'endpoints: [s3, ecr]\n      dns: { search: example.org }\n      egress: none',
      ],
    ],
    changes: ['DHCP options added', 'endpoints added'],
    says: [
      'ecr.api, ecr.dkr and s3: nodes reach these services inside the VPC; open connections to S3 break once',
      'name servers and domain of the nodes are set by DHCP; nodes take that with their next lease, within minutes or when they start',
    ],
  },
  {
    name: 'endpoints and name servers are taken out',
    environment: 'served',
    edits: [['served.yml', 'endpoints: [s3, logs]\n      dns: { servers: [10.0.2.53] }\n      ', '']],
    changes: ['DHCP options destroyed', 'endpoints removed'],
    says: [
      'logs and s3: endpoints are DESTROYED; nodes reach these services by the Internet, or no longer where they have none',
      'DHCP options are DESTROYED: nodes get no name server; nodes take that with their next lease, within minutes or when they start',
    ],
  },
  {
    name: 'another name server',
    environment: 'served',
    edits: [['served.yml', '10.0.2.53', '10.0.2.54']],
    changes: ['DHCP options'],
    says: [
      'name servers, domain or NTP servers of the nodes change; nodes take that with their next lease, within minutes or when they start',
    ],
  },
  {
    name: 'an endpoint that failed, and one that gets another subnet',
    environment: 'served',
    taint: 'aws_vpc_endpoint.Endpoints_s3',
    edits: [['served.yml', 'us-west-2a', 'us-west-2b']],
    changes: ['endpoints changed', 'endpoints replaced', 'subnet replaced'],
    says: [
      'subnet 172.24.2.0/24 is REPLACED (zone us-west-2a → us-west-2b): delete its nodes first, because AWS refuses to delete a subnet that is in use',
      's3: endpoints are REPLACED; nodes do not reach these services in between',
      'logs: subnets, route tables or security groups of the endpoints change in place',
    ],
  },
];
