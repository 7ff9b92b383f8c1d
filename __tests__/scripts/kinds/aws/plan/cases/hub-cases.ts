import { type TrafficCase, without } from './case';
import { FURTHER_SITE, type HUB_ENVIRONMENTS } from './hub-files';

type HubCase = TrafficCase<(typeof HUB_ENVIRONMENTS)[number]>;

const hub = (from: string, to: string): HubCase['edits'] => [['hub.yml', from, to]];
const flat = (create: string): HubCase['edits'] => [['flat.yml', '{}', create]];

/** Transit gateways with their tables and their VPN. */
export const HUB_CASES: readonly HubCase[] = [
  {
    name: 'a hub is destroyed',
    environment: 'hub',
    args: ['-destroy'],
    changes: ['hub destroyed'],
    says: [
      'the transit gateway is DESTROYED, with its route tables and its VPN: networks on it no longer reach the site',
    ],
  },
  {
    name: 'a hub that failed',
    environment: 'hub',
    taint: 'aws_ec2_transit_gateway.Hub',
    changes: ['hub replaced'],
    says: [
      'the transit gateway is REPLACED (its creation had failed), with its route tables; AWS refuses that while networks or a VPN are attached',
      'destroy the networks of the hub first, and apply the hub once with vpn: none',
    ],
  },
  {
    name: 'a hub that is no longer known',
    environment: 'hub',
    forget: 'aws_ec2_transit_gateway.Hub',
    changes: ['hub added'],
    says: ['a transit gateway is created, and the VPN connection moves to it'],
  },
  {
    name: 'another ASN of a hub with BGP',
    environment: 'hub',
    edits: hub('{ route', '{ amazon_side_asn: 64600, route'),
    changes: ['hub ASN'],
    says: [
      "AWS's ASN changes from 64512 to 64600, which AWS refuses while a VPN with BGP is attached",
      'apply once with vpn: none, then with the new number, then with the VPN again',
    ],
  },
  {
    name: 'another ASN of a hub with static routes',
    environment: 'flat',
    edits: flat('{ amazon_side_asn: 64600 }'),
    changes: ['hub ASN'],
    says: ["AWS's ASN changes from 64512 to 64600; static routes do not use the ASN"],
  },
  {
    name: 'one tunnel at a time',
    environment: 'hub',
    edits: hub('{ route', '{ ecmp: false, route'),
    changes: ['hub paths'],
    says: ['AWS sends over one tunnel at a time; the gateway host does when it has loaded its new files'],
  },
  {
    name: 'attachments of others are accepted',
    environment: 'hub',
    edits: hub('{ route', '{ auto_accept: true, route'),
    changes: ['hub shared'],
    says: ['attachments of other accounts are accepted by themselves; no traffic is affected'],
  },
  {
    name: 'another description',
    environment: 'hub',
    configure: ({ aws_ec2_transit_gateway: gateways }) =>
      Object.assign(gateways?.Hub ?? {}, { description: 'mine' }),
    changes: ['hub options'],
    says: ['description of the transit gateway changes; no traffic is affected'],
  },
  {
    name: 'a further table',
    environment: 'hub',
    edits: hub('two: {}', 'two: {}, three: {}'),
    changes: ['hub table added'],
    says: ['the hub gets route table three; no traffic is affected'],
  },
  {
    name: 'a table less',
    environment: 'hub',
    edits: hub(', two: {}', ''),
    changes: ['hub table removed'],
    says: [
      'route table two of the hub is DESTROYED: networks that are still in it no longer reach the site, and then AWS refuses to delete it',
      'apply such networks with another route_table first, alone (--stack)',
    ],
  },
  {
    name: 'other tables',
    environment: 'hub',
    edits: hub('one: {}, two: {}', 'three: {}, four: {}'),
    changes: ['hub table added', 'hub table removed'],
    says: [
      'route tables one and two of the hub are DESTROYED: networks that are still in them no longer reach the site, and then AWS refuses to delete them',
      'apply such networks with another route_table first, alone (--stack)',
      'the hub gets route tables four and three; no traffic is affected',
    ],
  },
  {
    name: 'table one that failed',
    environment: 'hub',
    taint: 'aws_ec2_transit_gateway_route_table.Hub_Table-one',
    changes: ['hub table replaced'],
    says: [
      'route table one of the hub is REPLACED (its creation had failed); AWS refuses that while a network is in it',
      'apply the networks of the hub again: the site and the others do not know them before',
    ],
  },
  {
    name: 'table site that failed',
    environment: 'hub',
    taint: 'aws_ec2_transit_gateway_route_table.Hub_Table-site',
    changes: ['hub table replaced'],
    says: [
      'route table site of the hub is REPLACED (its creation had failed); AWS refuses that while a network is in it',
      'apply the networks of the hub again: the site and the others do not know them before',
    ],
  },
  {
    name: 'shared with another account',
    environment: 'hub',
    edits: hub("['123456789012']", "['123456789012', '210987654321']"),
    changes: ['hub shared'],
    says: ['210987654321 may attach networks to the hub'],
  },
  {
    name: 'shared with nobody',
    environment: 'hub',
    edits: hub("['123456789012']", '[]'),
    changes: ['hub no longer shared'],
    says: ['123456789012 may no longer attach networks to the hub; what is attached stays'],
  },
  {
    name: 'shared with another account instead',
    environment: 'hub',
    edits: hub("['123456789012']", "['210987654321']"),
    changes: ['hub no longer shared', 'hub shared'],
    says: [
      '123456789012 may no longer attach networks to the hub; what is attached stays',
      '210987654321 may attach networks to the hub',
    ],
  },
  {
    name: 'a share that failed',
    environment: 'hub',
    taint: 'aws_ram_resource_share.Hub_Share',
    changes: ['hub shared'],
    says: ['the hub is shared anew (its creation had failed); what is attached stays'],
  },
  {
    name: 'shared for the first time',
    environment: 'flat',
    edits: flat("{ share: ['123456789012'] }"),
    changes: ['hub shared'],
    says: ['123456789012 may attach networks to the hub'],
  },
  {
    name: 'vpn: none of a hub with BGP',
    environment: 'hub',
    edits: hub('vpn: { routing: bgp }', 'vpn: none'),
    changes: ['VPN logs destroyed', 'VPN removed'],
    says: [
      'the VPN connection is DESTROYED: the site and nodes no longer reach each other',
      'the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected',
    ],
  },
  {
    name: 'vpn: none of a hub with static routes',
    environment: 'flat',
    edits: flat('{ vpn: none }'),
    changes: ['VPN logs destroyed', 'VPN removed'],
    says: [
      'the VPN connection is DESTROYED: the site and nodes no longer reach each other',
      'the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected',
    ],
  },
  {
    name: 'a VPN that is no longer known',
    environment: 'hub',
    forget: 'aws_vpn_connection.Vpn_Connection',
    changes: ['VPN added'],
    says: [
      'a VPN connection to 198.51.100.10 is created: the tunnels come up when the gateway host has loaded its new files',
    ],
  },
  {
    name: 'static routes to BGP',
    environment: 'flat',
    edits: flat('{ vpn: { routing: bgp } }'),
    changes: ['VPN connection replaced', 'hub paths'],
    says: [
      'the VPN connection is REPLACED (routing static routes → BGP): both tunnels are down from the apply until the gateway host has loaded its new files; AWS gives it new outside addresses and keys',
      'AWS sends over both tunnels at once; the gateway host does when it has loaded its new files',
    ],
  },
  {
    name: 'acceleration',
    environment: 'hub',
    edits: hub('vpn: { ', 'vpn: { acceleration: true, '),
    changes: ['VPN connection replaced'],
    says: [
      'the VPN connection is REPLACED (acceleration changes): both tunnels are down from the apply until the gateway host has loaded its new files; AWS gives it new outside addresses and keys',
    ],
  },
  {
    name: 'a network of the site is added',
    environment: 'flat',
    edits: FURTHER_SITE,
    changes: ['site network added'],
    says: ['networks of the hub reach 10.0.8.0/24 through the tunnels'],
  },
  {
    name: 'a network of the site is gone',
    environment: 'flat',
    configure: without('aws_ec2_transit_gateway_route', 'Vpn_To-10_0_2_0-24-flat'),
    changes: ['site network removed'],
    says: ['networks of the hub no longer reach 10.0.2.0/24 through the tunnels'],
  },
  {
    name: 'a route to the site that failed',
    environment: 'flat',
    taint: 'aws_ec2_transit_gateway_route.Vpn_To-10_0_2_0-24-flat',
    changes: ['route to the site replaced'],
    says: [
      'the route of the hub to 10.0.2.0/24 is REPLACED (its creation had failed): traffic between the site and networks of the hub breaks for a moment',
    ],
  },
  {
    name: "the VPN's propagation is gone",
    environment: 'hub',
    configure: without('aws_ec2_transit_gateway_route_table_propagation', 'Vpn_Propagation-one'),
    changes: ['propagation removed'],
    says: [
      'the propagation of BGP routes in the hub is DESTROYED: the site and networks of the hub no longer reach each other',
    ],
  },
  {
    name: "the VPN's propagation failed",
    environment: 'hub',
    taint: 'aws_ec2_transit_gateway_route_table_propagation.Vpn_Propagation-one',
    changes: ['route to the site replaced'],
    says: [
      'the propagation of BGP routes in the hub is REPLACED (its creation had failed): traffic between the site and networks of the hub breaks for a moment',
    ],
  },
  {
    name: "the VPN's propagation is no longer known",
    environment: 'hub',
    forget: 'aws_ec2_transit_gateway_route_table_propagation.Vpn_Propagation-one',
    changes: ['site network added'],
    says: [
      'the propagation of BGP routes in the hub is created: the site and networks of the hub reach each other through it',
    ],
  },
  {
    name: "the VPN's association is gone",
    environment: 'hub',
    configure: without('aws_ec2_transit_gateway_route_table_association', 'Vpn_Association'),
    changes: ['propagation removed'],
    says: [
      'the association of the VPN with a route table of the hub is DESTROYED: the site and networks of the hub no longer reach each other',
    ],
  },
  {
    name: "the VPN's association failed",
    environment: 'hub',
    taint: 'aws_ec2_transit_gateway_route_table_association.Vpn_Association',
    changes: ['route to the site replaced'],
    says: [
      'the association of the VPN with a route table of the hub is REPLACED (its creation had failed): traffic between the site and networks of the hub breaks for a moment',
    ],
  },
  {
    name: "the VPN's association is no longer known",
    environment: 'hub',
    forget: 'aws_ec2_transit_gateway_route_table_association.Vpn_Association',
    changes: ['site network added'],
    says: [
      'the association of the VPN with a route table of the hub is created: the site and networks of the hub reach each other through it',
    ],
  },
  {
    name: 'tags of a hub',
    environment: 'hub',
    edits: hub('{ route', '{ tags: { owner: me }, route'),
    changes: ['tags'],
    says: ['tags of 8 resources change; no traffic is affected'],
  },
  {
    name: "the site's address",
    environment: 'hub',
    edits: [['base.yml', '198.51.100.10', '198.51.100.99']],
    changes: ['site address changed'],
    says: [
      "the site's public address changes from 198.51.100.10 to 198.51.100.99: both tunnels are down from the apply until the gateway host has loaded its new files; AWS keeps its outside addresses and keys",
      'apply the other environments of the gateway host too: flat, off, own, spoke',
      'the folder gateway/198.51.100.10, with its keys, stays on disk until you remove it',
    ],
  },
  {
    name: "an option of a hub's tunnels",
    environment: 'hub',
    edits: hub('routing: bgp', 'routing: bgp, tunnel_options: { dpd_timeout_seconds: 60 }'),
    changes: ['tunnel options'],
    says: [
      'DPD timeout 30 → 60, both tunnels: they restart one after the other, and the other one carries the traffic',
    ],
  },
];
