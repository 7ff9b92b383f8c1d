import { setTimeout as delay } from 'node:timers/promises';
import { Interrupted } from '../../../base/interrupted';
import { inParallel } from '../../../base/pool';
import { counted } from '../../../base/text/counted';
import { DEFAULT_BOOT_SECONDS } from '../../../model/nodes/lease';
import type { NodeState } from '../../../model/nodes/node-state';
import type { Session } from '../../session/session';
import { askSsh, type SshAnswer } from './ssh-answer';

/** A node that is waited for. */
export interface AwaitedNode {
  readonly address: string;
  /** The port whose answer means that it is ready. */
  readonly port: number;
  /** The stacks that it is of, or may be. */
  readonly stacks: readonly string[];
  /** How long it may take. @default 1000 */
  readonly seconds?: number;
}

const ANSWER_SECONDS = 4;

/** How nodes are asked. */
export interface Asking {
  readonly ask: (node: AwaitedNode, stop: AbortSignal) => Promise<SshAnswer>;
  /** How long it is until they are asked again. */
  readonly pollSeconds: number;
}

/** By a connection to each; VCP's SDK asks about every five seconds. */
export const BY_CONNECTION: Asking = {
  ask: ({ address, port }, stop) => askSsh(address, port, ANSWER_SECONDS, stop),
  pollSeconds: 5,
};

const AT_ONCE = 50;

/**
 * Waits until sshd answers on all nodes, as seen from here. It shows progress as the hands-on does: seconds, and how many are ready.
 *
 * A node that answers with nothing at the end is UNKNOWN: the way to it may be missing. One whose host says that nothing listens is BOOTING.
 *
 * @returns the states, by address
 * @throws {@link Interrupted}
 */
export async function awaitNodes(
  { report, stop }: Pick<Session, 'report' | 'stop'>,
  nodes: readonly AwaitedNode[],
  { ask, pollSeconds }: Asking,
): Promise<ReadonlyMap<string, NodeState>> {
  const states = new Map<string, NodeState>(nodes.map(({ address }) => [address, 'UNKNOWN']));
  const started = Date.now();
  const since = () => Math.round((Date.now() - started) / 1000);
  const isOpen = ({ address, seconds = DEFAULT_BOOT_SECONDS }: AwaitedNode) =>
    states.get(address) !== 'RUNNING' && since() < seconds;
  let shown = '';
  for (let open = nodes; open.length > 0; open = open.filter(isOpen)) {
    await inParallel(open, AT_ONCE, async (node) => {
      const answer = await ask(node, stop);
      states.set(node.address, answer === 'ssh' ? 'RUNNING' : answer === 'closed' ? 'BOOTING' : 'UNKNOWN');
    });
    if (stop.aborted) throw new Interrupted();
    const text = progressText([...states.values()]);
    report.screen.redraw([`wait      ${since()} s   ${text}`]);
    if (text !== shown) report.say(`wait      ${since()} s   ${text}`);
    shown = text;
    if (open.some(isOpen))
      await delay(pollSeconds * 1000, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) throw new Interrupted();
  }
  report.screen.redraw([]);
  return states;
}

/** `2 nodes RUNNING, 1 BOOTING` */
function progressText(states: readonly NodeState[]): string {
  const of = (state: NodeState) => states.filter((one) => one === state).length;
  const parts = (['RUNNING', 'BOOTING', 'UNKNOWN'] as const).filter((state) => of(state) > 0);
  return parts
    .map((state, index) => `${index === 0 ? counted(of(state), 'node') : of(state)} ${state}`)
    .join(', ');
}
