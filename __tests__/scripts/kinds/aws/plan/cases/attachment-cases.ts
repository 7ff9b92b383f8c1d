import { type TrafficCase, without } from './case';
import { FURTHER_SITE, type HUB_ENVIRONMENTS, ON_HUB } from './hub-files';

type AttachmentCase = TrafficCase<(typeof HUB_ENVIRONMENTS)[number]>;

const spoke = (from: string, to: string): AttachmentCase['edits'] => [['spoke.yml', from, to]];

/** Networks on a hub, and those that come to one. */
export const ATTACHMENT_CASES: readonly AttachmentCase[] = [
  {
    name: 'vpn: none of a network on a hub',
    environment: 'spoke',
    edits: spoke(ON_HUB, 'none'),
    changes: ['attachment removed'],
    says: [
      'the network leaves the transit gateway of its hub: the site and nodes no longer reach each other',
    ],
  },
  {
    name: 'from a hub to a VPN of its own',
    environment: 'spoke',
    edits: spoke(ON_HUB, '{}'),
    changes: ['VPN moved from a hub'],
    says: [
      'the network leaves the transit gateway of its hub, and a VPN connection of its own is created: the site and nodes do not reach each other from the apply until the gateway host has loaded its new files',
    ],
  },
  {
    name: 'from a hub to a VPN of its own with BGP',
    environment: 'spoke',
    edits: spoke(ON_HUB, '{ routing: bgp }'),
    changes: ['VPN moved from a hub'],
    says: [
      'the network leaves the transit gateway of its hub, and a VPN connection of its own is created: the site and nodes do not reach each other from the apply until the gateway host has loaded its new files',
    ],
  },
  {
    name: 'another hub',
    environment: 'spoke',
    edits: [
      ['spoke.yml', 'environment: hub', 'environment: flat'],
      ['spoke.yml', 'route_table: one', 'route_table: flat'],
    ],
    changes: ['hub changed'],
    says: [
      'the network moves to the transit gateway of another hub: the site and nodes do not reach each other from the apply until the gateway host has loaded its new files',
    ],
  },
  {
    name: 'another table',
    environment: 'spoke',
    edits: spoke('table: one', 'table: two'),
    changes: ['hub table changed'],
    says: [
      'the network moves to another route table of its hub: traffic between the site and nodes breaks for a moment',
    ],
  },
  {
    name: 'an attachment that failed',
    environment: 'spoke',
    taint: 'aws_ec2_transit_gateway_vpc_attachment.Vpn_Attachment',
    changes: ['attachment replaced'],
    says: [
      "the network's attachment to the transit gateway is REPLACED (its creation had failed): the site and nodes do not reach each other for some minutes during the apply",
    ],
  },
  {
    name: "interfaces in the nodes' subnets",
    environment: 'spoke',
    edits: spoke('{ ap-northeast-1a: 172.30.9.0/28 }', 'auto'),
    changes: ['attachment subnets'],
    says: [
      "the transit gateway's interfaces are in other subnets: connections through one that goes break once",
    ],
  },
  {
    name: 'interfaces in another block',
    environment: 'spoke',
    edits: spoke('172.30.9.0/28', '172.30.9.16/28'),
    changes: ['attachment subnets'],
    says: [
      "the transit gateway's interfaces are in other subnets: connections through one that goes break once",
    ],
  },
  {
    name: 'interfaces in a further zone',
    environment: 'spoke',
    edits: spoke('172.30.9.0/28', '172.30.9.0/28, ap-northeast-1c: 172.30.9.16/28'),
    changes: ['attachment subnets'],
    says: [
      "the transit gateway's interfaces are in other subnets: connections through one that goes break once",
    ],
  },
  {
    name: 'another table, and other subnets of the interfaces',
    environment: 'spoke',
    edits: [
      ['spoke.yml', 'table: one', 'table: two'],
      ['spoke.yml', '{ ap-northeast-1a: 172.30.9.0/28 }', 'auto'],
    ],
    changes: ['attachment subnets', 'hub table changed'],
    says: [
      'the network moves to another route table of its hub: traffic between the site and nodes breaks for a moment',
      "the transit gateway's interfaces are in other subnets: connections through one that goes break once",
    ],
  },
  {
    name: "the network's association is gone",
    environment: 'spoke',
    configure: without('aws_ec2_transit_gateway_route_table_association', 'Vpn_Association'),
    changes: ['propagation removed'],
    says: [
      'the association of the network with a route table of the hub is DESTROYED: the site and nodes no longer reach each other',
    ],
  },
  {
    name: "the network's association failed",
    environment: 'spoke',
    taint: 'aws_ec2_transit_gateway_route_table_association.Vpn_Association',
    changes: ['route to the site replaced'],
    says: [
      'the association of the network with a route table of the hub is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment',
    ],
  },
  {
    name: "the network's association is no longer known",
    environment: 'spoke',
    forget: 'aws_ec2_transit_gateway_route_table_association.Vpn_Association',
    changes: ['site network added'],
    says: [
      'the association of the network with a route table of the hub is created: the site and nodes reach each other through it',
    ],
  },
  {
    name: "the network's propagation is gone",
    environment: 'spoke',
    configure: without('aws_ec2_transit_gateway_route_table_propagation', 'Vpn_Propagation-site'),
    changes: ['propagation removed'],
    says: [
      "the propagation of the network's block in the hub is DESTROYED: the site and nodes no longer reach each other",
    ],
  },
  {
    name: "the network's propagation failed",
    environment: 'spoke',
    taint: 'aws_ec2_transit_gateway_route_table_propagation.Vpn_Propagation-site',
    changes: ['route to the site replaced'],
    says: [
      "the propagation of the network's block in the hub is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment",
    ],
  },
  {
    name: "the network's propagation is no longer known",
    environment: 'spoke',
    forget: 'aws_ec2_transit_gateway_route_table_propagation.Vpn_Propagation-site',
    changes: ['site network added'],
    says: [
      "the propagation of the network's block in the hub is created: the site and nodes reach each other through it",
    ],
  },
  {
    name: 'a route through a hub that failed',
    environment: 'spoke',
    taint: 'aws_route.Vpn_To-10_0_2_0-24-Private',
    changes: ['route to the site replaced'],
    says: [
      'the route to 10.0.2.0/24 is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment',
    ],
  },
  {
    name: 'a network of the site is added, through a hub',
    environment: 'spoke',
    edits: FURTHER_SITE,
    changes: ['site network added'],
    says: ['nodes reach 10.0.8.0/24 through the tunnels'],
  },
  {
    name: 'another block of a VPC on a hub',
    environment: 'spoke',
    edits: spoke('172.30.', '172.27.'),
    changes: ['VPC replaced'],
    says: [
      'the VPC is REPLACED (CIDR block 172.30.0.0/16 → 172.27.0.0/16), with all its subnets',
      'delete all its nodes first, because AWS refuses to delete a VPC that is in use; new nodes get other addresses',
      'the site reaches no node from the apply until the gateway host has loaded its new files; the tunnels and their keys stay',
    ],
  },
  {
    name: 'a network on a hub is destroyed',
    environment: 'spoke',
    args: ['-destroy'],
    changes: ['VPC destroyed'],
    says: [
      'VPC 172.30.0.0/16 is DESTROYED, with all that is in it: the site and its nodes no longer reach each other',
      'delete all its nodes first, because AWS refuses to delete a VPC that is in use',
    ],
  },
  {
    name: "the nodes' table that failed, on a hub",
    environment: 'spoke',
    taint: 'aws_route_table.Network_Private',
    changes: ['node table replaced'],
    says: [
      "the nodes' route table is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment",
    ],
  },
  {
    name: 'another zone of nodes and interfaces',
    environment: 'spoke',
    edits: [['spoke.yml', 'ap-northeast-1a', 'ap-northeast-1c']],
    changes: ['attachment subnets', 'subnet replaced'],
    says: [
      'subnet 172.30.2.0/24 is REPLACED (zone ap-northeast-1a → ap-northeast-1c): delete its nodes first, because AWS refuses to delete a subnet that is in use',
      "the transit gateway's interfaces are in other subnets: connections through one that goes break once",
    ],
  },
  {
    name: 'from a VPN of its own to a hub',
    environment: 'own',
    edits: [['own.yml', '{ routing: bgp }', ON_HUB.replace('.30.', '.29.')]],
    changes: ['VPN logs destroyed', 'VPN moved to a hub'],
    says: [
      'the VPN connection is DESTROYED, and the network is attached to the transit gateway of its hub: the site and nodes do not reach each other from the apply until the gateway host has loaded its new files',
      'the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected',
    ],
  },
  {
    name: 'onto a hub',
    environment: 'off',
    edits: [['off.yml', 'vpn: none', `vpn: ${ON_HUB.replace('.30.', '.28.')}`]],
    changes: ['attachment added'],
    says: [
      'the network is attached to the transit gateway of its hub: the site and nodes reach each other when the gateway host has loaded its new files',
    ],
  },
];
