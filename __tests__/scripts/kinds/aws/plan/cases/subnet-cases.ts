import { lab, SECOND, SECOND_ZONE, type TrafficCase } from './case';

/** Subnets of nodes, and their route tables. */
export const SUBNET_CASES: readonly TrafficCase[] = [
  {
    name: 'the table of the nodes that failed',
    environment: 'lab',
    taint: 'aws_route_table.Network_Private',
    changes: ['node table replaced'],
    says: [
      "the nodes' route table is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment; nodes have no Internet access in between",
    ],
  },
  {
    name: 'the table of one zone that failed',
    environment: 'zones',
    taint: 'aws_route_table.Network_Private-second',
    changes: ['node table replaced'],
    says: [
      "the nodes' route table is REPLACED (its creation had failed): traffic between the site and nodes in 172.27.3.0/24 breaks for a moment; nodes in 172.27.3.0/24 have no Internet access in between",
    ],
  },
  {
    name: 'the main association that failed',
    environment: 'bgp',
    taint: 'aws_main_route_table_association.Network_Main',
    changes: ['node table replaced'],
    says: [
      "the association of the nodes' route table is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment",
    ],
  },
  {
    name: 'a subnet of nodes is gone',
    environment: 'lab',
    edits: lab(SECOND, ''),
    changes: ['subnet destroyed'],
    says: [
      'subnet 172.30.3.0/24 is DESTROYED: delete its nodes first, because AWS refuses to delete a subnet that is in use',
    ],
  },
  {
    name: 'a zone is gone',
    environment: 'zones',
    edits: [['zones.yml', SECOND_ZONE, '']],
    changes: ['public subnet destroyed', 'subnet destroyed'],
    says: [
      'subnet 172.27.3.0/24 is DESTROYED: delete its nodes first, because AWS refuses to delete a subnet that is in use',
      'public subnet 172.27.4.0/24 is DESTROYED; no nodes are in it',
    ],
  },
  {
    name: 'another block of a subnet',
    environment: 'lab',
    edits: lab('172.30.3.0', '172.30.7.0'),
    changes: ['subnet replaced'],
    says: [
      'subnet 172.30.3.0/24 is REPLACED (CIDR block → 172.30.7.0/24): delete its nodes first, because AWS refuses to delete a subnet that is in use; new nodes get addresses of 172.30.7.0/24',
    ],
  },
  {
    name: 'another zone of a subnet',
    environment: 'lab',
    edits: lab('ap-northeast-1c', 'ap-northeast-1d'),
    changes: ['subnet replaced'],
    says: [
      'subnet 172.30.3.0/24 is REPLACED (zone ap-northeast-1c → ap-northeast-1d): delete its nodes first, because AWS refuses to delete a subnet that is in use',
    ],
  },
  {
    name: 'another zone of the first subnet',
    environment: 'lab',
    edits: lab('ap-northeast-1a', 'ap-northeast-1d'),
    changes: ['Internet access interrupted', 'subnet replaced'],
    says: [
      'subnet 172.30.2.0/24 is REPLACED (zone ap-northeast-1a → ap-northeast-1d): delete its nodes first, because AWS refuses to delete a subnet that is in use',
      'public subnet 172.30.1.0/24 is REPLACED (zone ap-northeast-1a → ap-northeast-1d), with its NAT gateway: nodes in 172.30.3.0/24 have no Internet access in between; their public address stays address 1',
    ],
  },
  {
    name: 'the only nodes and their public subnet in another zone',
    environment: 'lab',
    edits: [
      ['lab.yml', SECOND, ''],
      ['lab.yml', '1a', '1d'],
    ],
    changes: ['public subnet replaced', 'subnet destroyed', 'subnet replaced'],
    says: [
      'subnet 172.30.3.0/24 is DESTROYED: delete its nodes first, because AWS refuses to delete a subnet that is in use',
      'subnet 172.30.2.0/24 is REPLACED (zone ap-northeast-1a → ap-northeast-1d): delete its nodes first, because AWS refuses to delete a subnet that is in use',
      'public subnet 172.30.1.0/24 is REPLACED (zone ap-northeast-1a → ap-northeast-1d); no nodes are in it',
    ],
  },
  {
    name: 'a subnet of nodes is added',
    environment: 'lab',
    edits: lab(
      '  second:',
      `${SECOND.replace('second', 'third').replace('172.30.3.', '172.30.5.')}  second:`,
    ),
    changes: ['subnet added'],
    says: ['subnet 172.30.5.0/24 is added, with Internet access through NAT address 1'],
  },
  {
    name: 'a subnet without Internet access is added',
    environment: 'bgp',
    edits: [
      [
        'bgp.yml',
        '  second:',
        `${SECOND.replace('second', 'third').replace('172.30.3.', '172.29.5.').replace('northeast-1', 'northeast-3')}  second:`,
      ],
    ],
    changes: ['subnet added'],
    says: ['subnet 172.29.5.0/24 is added, without Internet access'],
  },
  {
    name: 'a zone is added',
    environment: 'zones',
    edits: [
      [
        'zones.yml',
        '  second:',
        `${SECOND_ZONE.replace('second', 'third').replace('.3.', '.5.').replace('.4.', '.6.').replace('1c', '1d')}  second:`,
      ],
    ],
    changes: ['public subnet added', 'subnet added'],
    says: [
      'subnet 172.27.5.0/24 is added, with Internet access through a new NAT gateway',
      'public subnet 172.27.6.0/24 is added',
    ],
  },
  {
    name: 'the table of nodes without VPN and NAT that failed',
    environment: 'plain',
    taint: 'aws_route_table.Network_Private',
    changes: ['node table replaced'],
    says: ["the nodes' route table is REPLACED (its creation had failed)"],
  },
];
