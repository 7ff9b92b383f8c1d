import { Interrupted } from '../../../../base/interrupted';
import type { SshAnswer } from '../../../../scripts/run/nodes/ssh-answer';
import { type Asking, type AwaitedNode, awaitNodes } from '../../../../scripts/run/nodes/wait';

const node = (address: string, seconds?: number): AwaitedNode => ({
  address,
  port: 22,
  stacks: [],
  ...(seconds === undefined ? {} : { seconds }),
});

/** Answers one after the other for each address; the last of them stays. */
function asking(
  answers: Readonly<Record<string, readonly SshAnswer[]>>,
): Asking & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    pollSeconds: 0,
    ask: async ({ address }) => {
      const turn = asked.filter((one) => one === address).length;
      asked.push(address);
      const all = answers[address] ?? [];
      return all[Math.min(turn, all.length - 1)] ?? 'unreachable';
    },
  };
}

function session(stop = new AbortController()) {
  const said: string[] = [];
  const report = { say: (line: string) => said.push(line), screen: { redraw: () => undefined } };
  return { said, session: { report, stop: stop.signal } as never };
}

test('asks until all are ready, and those that are only once', async () => {
  const { said, session: own } = session();
  const by = asking({ a: ['ssh'], b: ['unreachable', 'closed', 'ssh'] });
  const states = await awaitNodes(own, [node('a'), node('b')], by);
  expect([...states]).toEqual([
    ['a', 'RUNNING'],
    ['b', 'RUNNING'],
  ]);
  expect(by.asked).toEqual(['a', 'b', 'b', 'b']);
  expect(said).toEqual([
    'wait      0 s   1 node RUNNING, 1 UNKNOWN',
    'wait      0 s   1 node RUNNING, 1 BOOTING',
    'wait      0 s   2 nodes RUNNING',
  ]);
});

test('what does not answer in its time stays as it was seen last', async () => {
  const by = asking({ a: ['closed'], b: ['unreachable'] });
  const states = await awaitNodes(session().session, [node('a', 0), node('b', 0)], by);
  expect([...states.values()]).toEqual(['BOOTING', 'UNKNOWN']);
});

test('is interrupted by Ctrl-C', async () => {
  const stop = new AbortController();
  const by: Asking = { pollSeconds: 60, ask: async () => 'closed' };
  const waiting = awaitNodes(session(stop).session, [node('a')], by);
  setTimeout(() => stop.abort(), 20);
  await expect(waiting).rejects.toThrow(Interrupted);
});
