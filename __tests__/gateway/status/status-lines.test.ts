import type { DaemonTunnel } from '../../../gateway/status/daemon-view';
import { noGatewayView } from '../../../gateway/status/gateway-view';
import { statusLines } from '../../../gateway/status/status-lines';
import type { TunnelStatus, TunnelTelemetry } from '../../../gateway/status/tunnel-telemetry';

const CLOUD: TunnelTelemetry = {
  insideCidr: '169.254.100.0/30',
  outsideAddress: '203.0.113.1',
  cloudInsideAddress: '169.254.100.1',
  connection: 'vpn-1',
  status: 'UP',
  message: '',
  acceptedRoutes: 0,
};
const status = (network: string, cloud: Partial<TunnelTelemetry> = {}): TunnelStatus => ({
  network,
  cloud: { ...CLOUD, ...cloud },
});
const DAEMON: DaemonTunnel = { connection: 'dev-aws-default-1', ike: 'established', children: 1 };

it('shows one tunnel of a network, and why the gateway is not asked', () => {
  expect(statusLines('dev', [status('aws/default')], noGatewayView('the catalog has no site'))).toEqual([
    'dev/aws/default   vpn-1',
    '  169.254.100.0/30   203.0.113.1   cloud UP',
    '\n1 of 1 tunnel UP',
    'the state of the tunnels on the gateway is not shown: the catalog has no site',
  ]);
});

it('shows three tunnels of one network and one of another below each other, in columns', () => {
  const tunnels = [
    status('aws/default', { since: '2026-01-02T03:04:05Z', acceptedRoutes: 1 }),
    status('aws/default', { insideCidr: '169.254.100.4/30', status: 'DOWN', message: 'IPSEC IS DOWN' }),
    status('aws/default', { insideCidr: '169.254.100.128/30', acceptedRoutes: 2 }),
    status('aws/osaka', { insideCidr: '169.254.100.8/30', connection: 'vpn-2' }),
  ];
  const bgp = { state: 'Established', prefixes: 2 };
  const view = {
    onGateway: true,
    because: 'FRR does not answer',
    tunnels: new Map([
      ['aws/default/169.254.100.0/30', { ...DAEMON, bgp }],
      ['aws/default/169.254.100.4/30', { ...DAEMON, ike: 'down', children: 0 }],
      ['aws/default/169.254.100.128/30', { ...DAEMON, children: 0 }],
    ] as const),
  };
  expect(statusLines('dev', tunnels, view)).toEqual([
    'dev/aws/default   vpn-1',
    '  169.254.100.0/30     203.0.113.1   cloud UP since 2026-01-02T03:04:05Z, 1 route   gateway IKE established, 1 child SA, BGP Established (2 prefixes)',
    '  169.254.100.4/30     203.0.113.1   cloud DOWN (IPSEC IS DOWN)                     gateway IKE down, 0 child SAs',
    '  169.254.100.128/30   203.0.113.1   cloud UP, 2 routes                             gateway IKE established, 0 child SAs',
    '\ndev/aws/osaka   vpn-2',
    '  169.254.100.8/30     203.0.113.1   cloud UP',
    '\n3 of 4 tunnels UP; the ends disagree about 169.254.100.128/30',
    'the state of the tunnels on the gateway is shown only in part: FRR does not answer',
  ]);
});
