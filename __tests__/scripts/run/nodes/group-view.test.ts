import type { NodeState } from '../../../../model/nodes/node-state';
import { rounded, viewOf } from '../../../../scripts/run/nodes/group-view';
import { groupWith, leaseWith, outputWith, START, stateWith } from './node-lab';

const MINUTE = 60_000;
const statesOf = (...args: Parameters<typeof viewOf>) =>
  viewOf(...args).nodes.map(({ node, state }) => `${node ?? '-'} ${state}`);

describe('a group from outputs alone', () => {
  test('has what is known of it, and nodes in states that nobody has asked for', () => {
    const priced = stateWith({ group: groupWith({ pricePerHour: 0.1, unitGroup: 'handson' }) });
    expect(viewOf(priced, START + 20 * MINUTE)).toEqual({
      view: {
        group: 'workers',
        provider: 'aws',
        network: 'aws/default',
        kind: 'fixed',
        state: 'RUNNING',
        size: 2,
        max: 2,
        spot: false,
        unit_group: 'handson',
        lease_start: '2026-11-29T22:00:00Z',
        lease_end: '2026-11-29T22:50:00Z',
        lease_left_seconds: 1800,
        idle_seconds: 900,
        ended: [],
        cost_left: 0.1,
        gone: false,
      },
      nodes: [
        { group: 'workers', node: 'n1', state: 'UNKNOWN', address: '172.30.2.4', instance_id: 'i-1' },
        { group: 'workers', node: 'n2', state: 'UNKNOWN', address: '172.30.2.5', instance_id: 'i-2' },
      ],
    });
  });

  test('has ended with its lease', () => {
    const { view } = viewOf(stateWith(), START + 50 * MINUTE);
    expect([view.state, view.size, view.lease_left_seconds]).toEqual(['ENDED', 0, 0]);
    expect(statesOf(stateWith(), START + 50 * MINUTE)).toEqual(['n1 ENDED', 'n2 ENDED']);
    expect(viewOf(stateWith(), START + 50 * MINUTE - 1000).view.state).toBe('RUNNING');
  });

  test('has nodes that ended by themselves, also where the state has them no more', () => {
    const { n1 } = outputWith().nodes;
    const state = stateWith({
      output: outputWith({ nodes: n1 ? { n1 } : {} }),
      lease: leaseWith({ ended: ['n2'] }),
    });
    expect(statesOf(state, START)).toEqual(['n1 UNKNOWN', 'n2 ENDED']);
    expect(viewOf(state, START).view).toMatchObject({ size: 1, ended: ['n2'] });
  });

  test('is not applied, or gone from the catalog', () => {
    const { view } = viewOf({ name: 'workers', group: groupWith(), stacks: [] }, START);
    expect(view).toMatchObject({ state: 'NOT_APPLIED', size: 0, max: 2, idle_seconds: 900, gone: false });
    const { name, output, stacks } = stateWith();
    const gone = output === undefined ? { name, stacks } : { name, stacks, output };
    expect(viewOf(gone, START).view).toMatchObject({ state: 'RUNNING', gone: true, network: 'aws/default' });
  });
});

describe('a group whose cloud was asked', () => {
  test('has nodes as it reports them, and ENDED where it reports none', () => {
    const cloud = new Map([['i-1', { instanceId: 'i-1', state: 'STOPPED' as NodeState }]]);
    expect(statesOf(stateWith(), START, { cloud })).toEqual(['n1 STOPPED', 'n2 ENDED']);
  });

  test('has the members of an elastic one, whose number is not known before', () => {
    const elastic = stateWith({
      group: groupWith({ kind: 'elastic', nodes: [], most: 10 }),
      output: outputWith({ kind: 'elastic', nodes: {}, max: 10 }),
    });
    expect(viewOf(elastic, START).view).not.toHaveProperty('size');
    const members = new Map([
      ['workers', [{ address: '172.30.2.9', instanceId: 'i-9', state: 'RUNNING' as NodeState }]],
    ]);
    expect(viewOf(elastic, START, { members })).toMatchObject({
      view: { size: 1, max: 10 },
      nodes: [{ group: 'workers', state: 'RUNNING', address: '172.30.2.9', instance_id: 'i-9' }],
    });
  });

  test('has what waiting found out before what the cloud says', () => {
    const waited = new Map<string, NodeState>([['172.30.2.4', 'BOOTING']]);
    expect(statesOf(stateWith(), START, { waited })).toEqual(['n1 BOOTING', 'n2 UNKNOWN']);
  });
});

test.each([
  [0, 0],
  [0.2, 0.2],
  [0.201, 0.21],
  [0.1 + 0.2, 0.3],
])('%d dollars are shown as %d: never less than what is paid', (dollars, shown) => {
  expect(rounded(dollars)).toBe(shown);
});
