import type { DaemonTunnel } from './daemon-view';
import type { GatewayView } from './gateway-view';
import type { TunnelStatus, TunnelTelemetry } from './tunnel-telemetry';

/** The tunnels for the screen, network by network: what the cloud reports, and beside it what the gateway reports. */
export function statusLines(
  environment: string,
  tunnels: readonly TunnelStatus[],
  view: GatewayView,
): readonly string[] {
  const rows = tunnels.map(({ network, cloud }) => ({
    network,
    cloud,
    daemon: view.tunnels.get(`${network}/${cloud.insideCidr}`),
    columns: [cloud.insideCidr, cloud.outsideAddress, cloudCell(cloud)],
  }));
  const widths = [0, 1, 2].map((index) =>
    Math.max(...rows.map(({ columns }) => columns[index]?.length ?? 0)),
  );
  const lines: string[] = [];
  let shown = '';
  for (const { network, cloud, daemon, columns } of rows) {
    if (network !== shown)
      lines.push(`${shown === '' ? '' : '\n'}${environment}/${network}   ${cloud.connection}`);
    shown = network;
    const cells = columns.map((text, index) => text.padEnd(widths[index] ?? 0)).join('   ');
    lines.push(`  ${`${cells}   ${daemon === undefined ? '' : daemonCell(daemon)}`.trimEnd()}`);
  }
  lines.push(`\n${summary(rows)}`);
  if (view.because !== undefined) {
    const state = view.onGateway ? 'shown only in part' : 'not shown';
    lines.push(`the state of the tunnels on the gateway is ${state}: ${view.because}`);
  }
  return lines;
}

/** `cloud UP since 2026-11-22T01:02:03Z, 1 route`. */
function cloudCell({ status, message, since, acceptedRoutes }: TunnelTelemetry): string {
  const why = message === '' ? '' : ` (${message})`;
  const routes = acceptedRoutes > 0 ? `, ${acceptedRoutes} ${acceptedRoutes === 1 ? 'route' : 'routes'}` : '';
  return `cloud ${status}${since === undefined ? '' : ` since ${since}`}${why}${routes}`;
}

/** `gateway IKE established, 1 child SA, BGP Established (1 prefix)`. */
function daemonCell({ ike, children, bgp }: DaemonTunnel): string {
  const prefixes =
    bgp?.prefixes === undefined ? '' : ` (${bgp.prefixes} ${bgp.prefixes === 1 ? 'prefix' : 'prefixes'})`;
  const session = bgp === undefined ? '' : `, BGP ${bgp.state}${prefixes}`;
  return `gateway IKE ${ike}, ${children} child ${children === 1 ? 'SA' : 'SAs'}${session}`;
}

interface Row {
  readonly cloud: TunnelTelemetry;
  readonly daemon: DaemonTunnel | undefined;
}

/** How many tunnels are up, and where the two ends disagree. */
function summary(rows: readonly Row[]): string {
  const up = rows.filter(({ cloud }) => cloud.status === 'UP').length;
  const unknown = rows.filter(({ cloud }) => cloud.status === 'UNKNOWN').length;
  const differ = rows.filter(
    ({ cloud, daemon }) =>
      daemon !== undefined && cloud.status !== 'UNKNOWN' && (cloud.status === 'UP') !== daemon.children > 0,
  );
  const cidrs = differ.map(({ cloud }) => cloud.insideCidr).join(', ');
  const disagreement = cidrs === '' ? '' : `; the ends disagree about ${cidrs}`;
  return `${up} of ${rows.length} ${rows.length === 1 ? 'tunnel' : 'tunnels'} UP${unknown === 0 ? '' : `, ${unknown} not reported by the cloud`}${disagreement}`;
}
