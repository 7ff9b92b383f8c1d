import { listedNodes, listedNodesText } from '../../../../scripts/run/nodes/listed-nodes';

const NOW = '2026-11-30T12:00:00Z';
const node = { address: '172.30.2.4', instance_id: 'i-1' };
const group = (more: object) => ({
  provider: 'aws',
  network: 'aws/default',
  kind: 'fixed',
  nodes: { n1: node, n2: node },
  max: 2,
  spot: false,
  user: 'ubuntu',
  ssh_port: 20022,
  ...more,
});
const lease = (end: string | null, ended: readonly string[] = []) => ({
  start: null,
  end,
  seconds: null,
  idle: null,
  ended,
});

beforeEach(() => {
  process.env.TF_VAR_now = NOW;
});
afterEach(() => {
  delete process.env.TF_VAR_now;
});

test.each<[string, object, unknown, string]>([
  ['fixed', group({}), lease('2026-11-30T12:30:00Z'), '2 nodes until 2026-11-30 12:30 UTC'],
  [
    'one of which ended',
    group({}),
    lease('2026-11-30T12:30:00Z', ['n2']),
    '1 node until 2026-11-30 12:30 UTC',
  ],
  ['without a lease', group({}), null, '2 nodes'],
  ['idle alone', group({}), lease(null, ['n1', 'n2']), '0 nodes'],
  [
    'elastic',
    group({ kind: 'elastic', nodes: {}, max: 10 }),
    lease('2026-12-01T00:00:00Z'),
    'up to 10 nodes until 2026-12-01 00:00 UTC',
  ],
  ['over', group({}), lease('2026-11-30T12:00:00Z'), 'its lease is over'],
])('a group, %s', (_, nodes, leaseValue, text) => {
  const found = listedNodes({ nodes: { value: { workers: nodes } }, lease: { value: leaseValue } });
  expect(found && listedNodesText(found)).toBe(text);
});

test('a stack without a group, and one with damaged outputs, has none', () => {
  expect(listedNodes({})).toBeUndefined();
  expect(listedNodes({ nodes: { value: { workers: 3 } } })).toBeUndefined();
});
