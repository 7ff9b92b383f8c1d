import type { TrafficCase } from './case';
import type { HUB_ENVIRONMENTS } from './hub-files';

type TwoGatewayCase = TrafficCase<(typeof HUB_ENVIRONMENTS)[number]>;

const OTHER = "the tunnels of the site's other gateway carry the traffic";

/** Connections to two gateways of the site, of which one goes on carrying the traffic: of a hub, and of a network. */
export const TWO_GATEWAY_CASES: readonly TwoGatewayCase[] = (
  [
    ['double', '2'],
    ['both', '3'],
  ] as const
).flatMap(([environment, tens]): readonly TwoGatewayCase[] => [
  {
    name: `a gateway goes (${environment})`,
    environment,
    edits: [[`${environment}.yml`, `    west: { public_ip: 198.51.100.${tens}1, address: 10.0.2.3 }\n`, '']],
    changes: ['VPN logs destroyed', 'VPN removed'],
    says: [
      `the VPN connection is DESTROYED (gateway 198.51.100.${tens}1): ${OTHER}`,
      'the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected',
    ],
  },
  {
    name: `a gateway has another address (${environment})`,
    environment,
    edits: [[`${environment}.yml`, `198.51.100.${tens}1`, `198.51.100.${tens}2`]],
    changes: ['site address changed'],
    says: [
      `the site's public address changes from 198.51.100.${tens}1 to 198.51.100.${tens}2: ${OTHER}; AWS keeps its outside addresses and keys`,
      `the folder gateway/198.51.100.${tens}1, with its keys, stays on disk until you remove it`,
    ],
  },
  {
    name: `an option of all tunnels (${environment})`,
    environment,
    edits: [
      [`${environment}.yml`, 'routing: bgp', 'routing: bgp, tunnel_options: { dpd_timeout_seconds: 60 }'],
    ],
    changes: ['tunnel options'],
    says: [
      'DPD timeout 30 → 60, both tunnels: they restart one after the other, and the other one carries the traffic',
    ],
  },
]);
