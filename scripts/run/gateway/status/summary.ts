import { counted } from '../../../../base/text/counted';
import type { DaemonTunnel } from '../../../../gateway/status/daemon-view';
import type { Session } from '../../../session/session';
import type { GatewayView } from './gateway-view';
import type { TunnelTelemetry } from './telemetry';

/** One tunnel of an environment, as the cloud sees it. */
export interface TunnelStatus {
  /** `aws/default`. */
  readonly network: string;
  readonly cloud: TunnelTelemetry;
}

/** Shows the tunnels, network by network: what the cloud says, beside it what the gateway says. */
export function showStatus(session: Session, tunnels: readonly TunnelStatus[], view: GatewayView): void {
  const { report, environment } = session;
  const rows = tunnels.map(({ network, cloud }) => {
    const daemon = view.tunnels.get(`${network}/${cloud.insideCidr}`);
    report.event({
      type: 'tunnel_status',
      environment,
      network,
      tunnel: cloud.insideCidr,
      outside_address: cloud.outsideAddress,
      cloud: {
        status: cloud.status,
        message: cloud.message,
        ...(cloud.since === undefined ? {} : { since: cloud.since }),
        accepted_routes: cloud.acceptedRoutes,
      },
      ...(daemon === undefined
        ? {}
        : {
            gateway: {
              ike: daemon.ike,
              children: daemon.children,
              ...(daemon.bgp === undefined ? {} : { bgp: daemon.bgp.state }),
            },
          }),
    });
    return { network, cloud, daemon, columns: [cloud.insideCidr, cloud.outsideAddress, cloudWords(cloud)] };
  });
  const widths = [0, 1, 2].map((index) =>
    Math.max(...rows.map(({ columns }) => columns[index]?.length ?? 0)),
  );
  let shown = '';
  for (const { network, cloud, daemon, columns } of rows) {
    if (network !== shown)
      report.say(`${shown === '' ? '' : '\n'}${environment}/${network}   ${cloud.connection}`);
    shown = network;
    const cells = columns.map((text, index) => text.padEnd(widths[index] ?? 0)).join('   ');
    report.say(`  ${`${cells}   ${daemon === undefined ? '' : daemonWords(daemon)}`.trimEnd()}`);
  }
  report.say(`\n${summary(rows)}`);
  if (view.because === undefined) return;
  report.say(`the gateway's own view is ${view.onGateway ? 'not complete' : 'left out'}: ${view.because}`);
}

/** `UP since 2026-11-22T01:02:03Z, 1 route`. */
function cloudWords({ status, message, since, acceptedRoutes }: TunnelTelemetry): string {
  const why = message === '' ? '' : ` (${message})`;
  const routes = acceptedRoutes > 0 ? `, ${counted(acceptedRoutes, 'route')}` : '';
  return `cloud ${status}${since === undefined ? '' : ` since ${since}`}${why}${routes}`;
}

/** `gateway IKE established, 1 child SA, BGP Established (1 prefix)`. */
function daemonWords({ ike, children, bgp }: DaemonTunnel): string {
  const prefixes = bgp?.prefixes === undefined ? '' : ` (${counted(bgp.prefixes, 'prefix', 'prefixes')})`;
  const session = bgp === undefined ? '' : `, BGP ${bgp.state}${prefixes}`;
  return `gateway IKE ${ike}, ${counted(children, 'child SA')}${session}`;
}

interface Row {
  readonly cloud: TunnelTelemetry;
  readonly daemon: DaemonTunnel | undefined;
}

/** How many are up, and where the two ends disagree. */
function summary(rows: readonly Row[]): string {
  const up = rows.filter(({ cloud }) => cloud.status === 'UP').length;
  const differ = rows.filter(
    ({ cloud, daemon }) => daemon !== undefined && (cloud.status === 'UP') !== daemon.children > 0,
  );
  const words = differ.map(({ cloud }) => cloud.insideCidr).join(', ');
  return `${up} of ${rows.length} tunnels UP${words === '' ? '' : `; the ends disagree about ${words}`}`;
}
