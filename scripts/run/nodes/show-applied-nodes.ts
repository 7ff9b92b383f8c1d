import { timeText } from '../../../base/text/time-text';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Session } from '../../session/session';
import { diskReader, groupStates } from './group-states';
import { type GroupWithNodes, viewOf } from './group-view';
import { leaseTime } from './lease-time';

/** How many groups are shown, and how many addresses of one: `kakehashi nodes` shows all. */
const MOST = 5;

/** After an apply: the node groups, a line each, with the addresses of their nodes and the ends of their leases. */
export async function showAppliedNodes(session: Session, loaded: Loaded): Promise<void> {
  if (loaded.catalog.groups.length === 0) return;
  const command = `kakehashi nodes ${session.environment}${session.simulated ? ' --sandbox' : ''}`;
  const read = diskReader(session, loaded);
  if (read === undefined) {
    session.report.say(`\nnodes     ${command} shows them`);
    return;
  }
  const states = await groupStates(loaded, read, 1);
  const lines = states.map((state) => lineOf(viewOf(state, leaseTime())));
  const more = lines.length - MOST;
  const shown = [...lines.slice(0, MOST), ...(more > 0 ? [`… ${more} more: ${command}`] : [])];
  session.report.say();
  for (const [index, line] of shown.entries())
    session.report.say(`${index === 0 ? 'nodes     ' : '          '}${line}`);
}

/** `workers: 2 nodes until 2026-11-30 07:19 UTC: 172.30.2.4, 172.30.2.5`. */
function lineOf({ view, nodes }: GroupWithNodes): string {
  const { group, kind, size, max, lease_end: end, state } = view;
  if (state !== 'RUNNING') return `${group}: ${state === 'ENDED' ? 'its lease is over' : 'not applied'}`;
  const count = kind === 'elastic' ? max : (size ?? max);
  const words = `${kind === 'elastic' ? 'up to ' : ''}${count} ${count === 1 ? 'node' : 'nodes'}`;
  const until = end === undefined ? '' : ` until ${timeText(end)}`;
  const addresses = nodes.flatMap((node) => (node.state === 'ENDED' || !node.address ? [] : [node.address]));
  const listed = [
    ...addresses.slice(0, MOST),
    ...(addresses.length > MOST ? [`… ${addresses.length - MOST} more`] : []),
  ];
  return `${group}: ${words}${until}${listed.length === 0 ? '' : `: ${listed.join(', ')}`}`;
}
