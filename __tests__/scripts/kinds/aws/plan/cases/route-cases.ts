import { type TrafficCase, without } from './case';

/** Routes from the nodes to the site. */
export const ROUTE_CASES: readonly TrafficCase[] = [
  {
    name: 'a network of the site is added',
    environment: 'lab',
    edits: [['base.yml', '[10.0.2.0/24]', '[10.0.2.0/24, 10.0.8.0/24]']],
    changes: ['ingress added', 'site network added'],
    says: ['ingress newly allowed: tcp 22 from 10.0.8.0/24', 'nodes reach 10.0.8.0/24 through the tunnels'],
  },
  {
    name: 'a network of the site is gone',
    environment: 'lab',
    configure: (resources) => {
      without('aws_route', 'Vpn_To-10_0_2_0-24-Private')(resources);
      without('aws_vpn_connection_route', 'Vpn_To-10_0_2_0-24')(resources);
    },
    changes: ['site network removed'],
    says: ['nodes no longer reach 10.0.2.0/24 through the tunnels'],
  },
  {
    name: 'mesh',
    environment: 'lab',
    edits: [['base.yml', 'asn: 65000', 'mesh: true\n  asn: 65000']],
    changes: ['site network added'],
    says: ['nodes reach 172.23.0.0/16, 172.27.0.0/16, 172.29.0.0/16 through the tunnels'],
  },
  {
    name: 'a route to the site that failed',
    environment: 'lab',
    taint: 'aws_route.Vpn_To-10_0_2_0-24-Private',
    changes: ['route to the site replaced'],
    says: [
      'the route to 10.0.2.0/24 is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment',
    ],
  },
  {
    name: 'a route of the connection that failed',
    environment: 'lab',
    taint: 'aws_vpn_connection_route.Vpn_To-10_0_2_0-24',
    changes: ['route to the site replaced'],
    says: [
      'the route to 10.0.2.0/24 is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment',
    ],
  },
  {
    name: 'propagation is removed',
    environment: 'bgp',
    configure: without('aws_vpn_gateway_route_propagation', 'Vpn_Propagation-Private'),
    changes: ['propagation removed'],
    says: [
      'the routes that the site announces over BGP are withdrawn from 172.29.2.0/24, 172.29.3.0/24: the site and nodes no longer reach each other',
    ],
  },
  {
    name: 'a propagation that failed',
    environment: 'bgp',
    taint: 'aws_vpn_gateway_route_propagation.Vpn_Propagation-Private',
    changes: ['route to the site replaced'],
    says: [
      'the propagation of BGP routes is REPLACED (its creation had failed): traffic between the site and nodes breaks for a moment',
    ],
  },
];
