import { networkInterfaces } from 'node:os';
import { askHost, type HostAnswer } from '../../base/ask-program';
import type { Processes } from '../../base/process';
import type { GatewayDaemon } from '../../model/gateway/host';
import { bgpSessions } from './bgp-summary';
import type { DaemonConnection } from './daemon-connection';
import { libreswanConnections } from './libreswan-status';
import { swanctlConnections } from './swanctl-sas';

/** One tunnel as the daemons of the gateway host see it. */
export interface DaemonTunnel {
  /** The name of its connection in the daemon: `dev-aws-default-1`. */
  readonly connection: string;
  /** `down` also where the daemon does not know the connection at all. */
  readonly ike: 'established' | 'connecting' | 'down';
  /** Pairs of child SAs that carry packets: 0 means that nothing passes, even with IKE established. */
  readonly children: number;
  /** Bytes that the present child SAs have carried. Every rekeying starts again at 0. */
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  /** Only where the routing is `bgp`. The state is `unknown` where FRR does not answer, and `none` where it has no such neighbour. */
  readonly bgp?: { readonly state: string; readonly prefixes?: number };
}

/** A tunnel that the daemons are asked about. */
export interface AskedTunnel {
  readonly connection: string;
  readonly cloudInsideAddress: string;
  readonly outsideAddress: string;
  readonly routing: 'static' | 'bgp';
}

/** What the daemons report, or why they report nothing. */
export interface DaemonView {
  /** Whether this machine has the controller's address and the daemon answers. */
  readonly onGateway: boolean;
  /** Why this is not the gateway, or which program did not answer. */
  readonly because?: string;
  /** The tunnels in the order of the question; none where this is not the gateway. */
  readonly tunnels: readonly DaemonTunnel[];
}

/** A daemon that needs longer counts as one that does not answer. */
const PATIENCE_SECONDS = 5;

/**
 * Asks the daemons of this very machine about tunnels, if it is the gateway host. Changes nothing. A daemon that hangs is not
 * waited for longer than some seconds.
 */
export async function daemonView(
  site: { readonly daemon: GatewayDaemon; readonly version: number; readonly controllerAddress: string },
  tunnels: readonly AskedTunnel[],
  processes: Processes,
): Promise<DaemonView> {
  const off = (because: string): DaemonView => ({ onGateway: false, because, tunnels: [] });
  if (!isHere(site.controllerAddress))
    return off(`no interface of this machine has the controller's address ${site.controllerAddress}`);
  const ask = (command: string, ...args: readonly string[]): Promise<HostAnswer> =>
    askHost(processes, command, args, { seconds: PATIENCE_SECONDS });
  const connections = await (site.daemon === 'libreswan' ? askLibreswan(ask) : askStrongswan(ask));
  if (typeof connections === 'string') return off(connections);
  const hasBgp = tunnels.some(({ routing }) => routing === 'bgp');
  const frr = hasBgp ? await ask('vtysh', '-c', 'show bgp summary json') : undefined;
  const sessions = frr?.kind === 'ended' && frr.exitCode === 0 ? bgpSessions(frr.stdout) : undefined;
  return {
    onGateway: true,
    ...(frr && !sessions ? { because: noAnswer('FRR', 'vtysh', frr) } : {}),
    tunnels: tunnels.map((tunnel): DaemonTunnel => {
      const { name: _, peer: __, ...seen } = connectionOf(connections, tunnel);
      const bgp = sessions
        ? (sessions.get(tunnel.cloudInsideAddress) ?? { state: 'none' })
        : { state: 'unknown' };
      return { connection: tunnel.connection, ...seen, ...(tunnel.routing === 'bgp' ? { bgp } : {}) };
    }),
  };
}

type Ask = (command: string, ...args: readonly string[]) => Promise<HostAnswer>;

async function askLibreswan(ask: Ask): Promise<readonly DaemonConnection[] | string> {
  const status = await ask('ipsec', 'status');
  // The message without a running pluto differs between versions. This line is in every answer of a running one.
  const isAnswer =
    status.exitCode === 0 && status.lines.some((line) => line.includes('Total IPsec connections:'));
  if (!isAnswer) return noAnswer('libreswan', 'ipsec', status);
  const traffic = await ask('ipsec', 'trafficstatus');
  return libreswanConnections(status.stdout, traffic.stdout);
}

async function askStrongswan(ask: Ask): Promise<readonly DaemonConnection[] | string> {
  const answer = await ask('swanctl', '--list-sas', '--raw');
  const isAnswer = answer.exitCode === 0 && answer.stdout.includes('list-sas reply {');
  return isAnswer ? swanctlConnections(answer.stdout) : noAnswer('strongSwan', 'swanctl', answer);
}

/** Finds a connection by its name, or else by its other end: the controller manual's form has other names. */
function connectionOf(
  connections: readonly DaemonConnection[],
  { connection, outsideAddress }: AskedTunnel,
): DaemonConnection {
  return (
    connections.find(({ name }) => name === connection) ??
    connections.find(({ peer }) => peer === outsideAddress) ?? { name: connection, ike: 'down', children: 0 }
  );
}

function isHere(address: string): boolean {
  return Object.values(networkInterfaces()).some((entries) =>
    entries?.some((entry) => entry.address === address),
  );
}

function noAnswer(daemon: string, program: string, { kind, lines }: HostAnswer): string {
  if (kind === 'absent') return `${daemon} is not installed here (no ${program})`;
  if (kind === 'silent') return `${daemon} does not answer within ${PATIENCE_SECONDS} seconds`;
  // Before the reason the programs print messages about their own configuration.
  const unrelated = /Can't open configuration file|^plugin .* failed to load/;
  const reason = lines.find((line) => !unrelated.test(line))?.trim();
  const root = process.getuid?.() === 0 ? '' : '; try it as root';
  return `${daemon} does not answer here${reason === undefined ? '' : `: ${reason}`}${root}`;
}
