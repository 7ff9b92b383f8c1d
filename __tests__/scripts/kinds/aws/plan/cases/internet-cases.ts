import { lab, type TrafficCase, without } from './case';

/** The way from the nodes to the Internet. */
export const INTERNET_CASES: readonly TrafficCase[] = [
  {
    name: 'egress nat to none',
    environment: 'lab',
    edits: [
      ['lab.yml', 'egress: nat', 'egress: none'],
      ['lab.yml', '      public_subnet: 172.30.1.0/24\n', ''],
    ],
    changes: ['nodes lose Internet access', 'public subnet destroyed'],
    says: [
      'the NAT gateway (public address address 1) is DESTROYED: nodes lose Internet access',
      'public subnet 172.30.1.0/24 is DESTROYED; no nodes are in it',
    ],
  },
  {
    name: 'egress none to nat',
    environment: 'bgp',
    edits: [['bgp.yml', 'egress: none', 'public_subnet: 172.29.1.0/24\n      egress: nat']],
    changes: ['nodes get Internet access', 'public subnet added'],
    says: [
      'a NAT gateway is added: nodes get Internet access; their public address is one that is known after the apply',
      'public subnet 172.29.1.0/24 is added',
    ],
  },
  {
    name: 'egress nat to nat-per-zone',
    environment: 'lab',
    edits: [
      ['lab.yml', 'egress: nat', 'egress: nat-per-zone'],
      ['lab.yml', 'within: default', 'within: default, public_subnet: 172.30.4.0/24'],
    ],
    changes: ['another NAT gateway', 'public subnet added'],
    says: [
      'nodes in 172.30.3.0/24 use another NAT gateway: open connections to the Internet break once; their public address changes from address 1 to one that is known after the apply',
      'public subnet 172.30.4.0/24 is added',
    ],
  },
  {
    name: 'egress nat-per-zone to nat',
    environment: 'zones',
    edits: [
      ['zones.yml', 'egress: nat-per-zone', 'egress: nat'],
      ['zones.yml', ', public_subnet: 172.27.4.0/24', ''],
    ],
    changes: ['another NAT gateway', 'public subnet destroyed'],
    says: [
      'nodes in 172.27.3.0/24 use another NAT gateway: open connections to the Internet break once; their public address changes from address 1 to address 2',
      'public subnet 172.27.4.0/24 is DESTROYED; no nodes are in it',
    ],
  },
  {
    name: 'egress nat-per-zone to none',
    environment: 'zones',
    edits: [
      ['zones.yml', 'egress: nat-per-zone', 'egress: none'],
      ['zones.yml', ', public_subnet: 172.27.4.0/24', ''],
      ['zones.yml', '      public_subnet: 172.27.1.0/24\n', ''],
    ],
    changes: ['nodes lose Internet access', 'public subnet destroyed'],
    says: [
      'the NAT gateway (public address address 1) is DESTROYED: nodes in 172.27.2.0/24 lose Internet access',
      'the NAT gateway (public address address 2) is DESTROYED: nodes in 172.27.3.0/24 lose Internet access',
      'public subnet 172.27.1.0/24 is DESTROYED; no nodes are in it',
      'public subnet 172.27.4.0/24 is DESTROYED; no nodes are in it',
    ],
  },
  {
    name: 'another block of the public subnet',
    environment: 'lab',
    edits: lab('172.30.1.0', '172.30.9.0'),
    changes: ['Internet access interrupted'],
    says: [
      'public subnet 172.30.1.0/24 is REPLACED (CIDR block → 172.30.9.0/24), with its NAT gateway: nodes have no Internet access in between; their public address stays address 1',
    ],
  },
  {
    name: 'a NAT gateway that failed',
    environment: 'lab',
    taint: 'aws_nat_gateway.Network_Public_Nat-default',
    changes: ['Internet access interrupted'],
    says: [
      'the NAT gateway is REPLACED (its creation had failed): nodes have no Internet access in between; their public address stays address 1',
    ],
  },
  {
    name: 'a NAT gateway of one zone that failed',
    environment: 'zones',
    taint: 'aws_nat_gateway.Network_Public_Nat-second',
    changes: ['Internet access interrupted'],
    says: [
      'the NAT gateway is REPLACED (its creation had failed): nodes in 172.27.3.0/24 have no Internet access in between; their public address stays address 1',
    ],
  },
  {
    name: 'an Elastic IP that failed',
    environment: 'lab',
    taint: 'aws_eip.Network_Public_Address-default',
    changes: ['public address changed'],
    says: [
      'the Elastic IP of the NAT gateway is REPLACED (its creation had failed): nodes have no Internet access in between; their public address changes from address 1 to one that is known after the apply',
    ],
  },
  {
    name: 'an Internet gateway that failed',
    environment: 'lab',
    taint: 'aws_internet_gateway.Network_Public_InternetGateway',
    changes: ['Internet access interrupted'],
    says: [
      'the Internet gateway is REPLACED (its creation had failed): nodes have no Internet access in between; their public address stays address 1',
    ],
  },
  {
    name: 'the route to the Internet is gone',
    environment: 'lab',
    configure: without('aws_route', 'Network_Private-Out'),
    changes: ['nodes lose Internet access'],
    says: ['the route to the Internet is DESTROYED: nodes lose Internet access'],
  },
  {
    name: 'the public route to the Internet is gone',
    environment: 'lab',
    configure: without('aws_route', 'Network_Public_ToInternet'),
    changes: ['nodes lose Internet access'],
    says: ['the route to the Internet is DESTROYED: nodes lose Internet access'],
  },
  {
    name: 'a public route that failed',
    environment: 'lab',
    taint: 'aws_route.Network_Public_ToInternet',
    changes: ['Internet access interrupted'],
    says: [
      'the route to the Internet is REPLACED (its creation had failed): nodes have no Internet access in between; their public address stays address 1',
    ],
  },
  {
    name: 'a public association that failed',
    environment: 'lab',
    taint: 'aws_route_table_association.Network_Public_Subnet-default-Table',
    changes: ['Internet access interrupted'],
    says: [
      'the route table association of a public subnet is REPLACED (its creation had failed): nodes have no Internet access in between; their public address stays address 1',
    ],
  },
  {
    name: 'a public table that failed',
    environment: 'lab',
    taint: 'aws_route_table.Network_Public_Table',
    changes: ['Internet access interrupted'],
    says: [
      'a route table on the way to the Internet is REPLACED (its creation had failed): nodes have no Internet access in between; their public address stays address 1',
    ],
  },
];
