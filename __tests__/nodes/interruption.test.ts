import { CloudStandIn } from './cloud-stand-in';
import { NodeOnDisk, until } from './node-on-disk';
import { sampleNode } from './sample-node';

let polls: number;
let notices: Readonly<Record<string, string>>;
/** Says what is in `notices` from the third look on; the first one fails. */
const cloud = new CloudStandIn(({ method, url }) => {
  if (method === 'PUT') return { body: 'IMDS' };
  if (url.endsWith('instance-action')) polls++;
  if (polls === 1) return { status: 500 };
  const body = polls < 3 ? undefined : notices[url.slice('/latest/meta-data/'.length)];
  return body === undefined ? undefined : { body };
});
beforeAll(() => cloud.start());
afterAll(() => cloud.stop());

let node: NodeOnDisk;
beforeEach(() => {
  polls = 0;
  node = new NodeOnDisk(sampleNode({ watchInterruption: true }), cloud.url);
  node.stub('docker', '');
  node.write('/etc/kakehashi/leave.d/pool', '#!/bin/sh\necho "$1" >"$KAKEHASHI_ROOT/left"\n', 0o755);
  node.write('/etc/kakehashi/leave.d/README', 'not a program\n');
});
afterEach(() => node.remove());

it('logs the notice, leaves the pools and stops the base container, once', async () => {
  notices = { 'spot/instance-action': '{"action":"terminate","time":"2026-11-29T08:24:00Z"}' };
  const { code, output } = await node.run('interruption');
  expect(code).toBe(0);
  const notice = 'spot interruption: {"action":"terminate","time":"2026-11-29T08:24:00Z"}';
  expect(output).toContain('kakehashi-interruption: the metadata service does not answer\n');
  expect(output).toContain(`kakehashi-interruption: ${notice}\n`);
  expect(output).toContain('kakehashi-interruption: runs pool\n');
  expect(node.read('left')).toBe(`${notice}\n`);
  expect(node.calls('docker')).toEqual(['docker stop -t 60 kakehashi-base']);
  expect(JSON.parse(node.read('/run/kakehashi/interruption.json') ?? '')).toMatchObject({ notice });
  expect(node.calls('shutdown')).toEqual([]);
});

it('only logs a recommendation, once', async () => {
  notices = { 'events/recommendations/rebalance': '{"noticeTime":"2026-11-29T08:22:00Z"}' };
  const run = node.run('interruption');
  await until(() => polls > 5);
  expect(node.read('left')).toBeUndefined();
  expect(node.calls('docker')).toEqual([]);
  notices = { 'spot/instance-action': '{}' };
  const { output } = await run;
  expect(output.split('rebalance recommendation')).toHaveLength(2);
});
