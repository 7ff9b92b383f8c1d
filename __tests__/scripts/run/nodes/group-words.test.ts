import type { Stack } from '../../../../catalog/kinds/registry';
import { groupWords, requestText, termsText } from '../../../../scripts/run/nodes/group-words';
import { tryLoad } from '../../../catalog/folder-of';
import { groupWith, leaseWith } from './node-lab';

test.each([
  [
    'a lease, an idle time and a price',
    groupWith({ machine: 'm7i.large', pricePerHour: 0.1 }),
    'workers: 2 nodes of m7i.large for 0.83 hours, until 2026-11-29 22:50 UTC at the latest; each ends after being idle for 0.25 hours; at most 0.17 USD',
  ],
  [
    'as many nodes as are needed',
    groupWith({ kind: 'elastic', most: 10, nodes: [] }),
    'workers: up to 10 nodes for 0.83 hours, until 2026-11-29 22:50 UTC at the latest; each ends after being idle for 0.25 hours',
  ],
])('a group with %s', (_, group, text) => {
  expect(termsText(group, leaseWith())).toBe(text);
});

test('a group that nothing ends has a price an hour', () => {
  const { leaseSeconds: _lease, idleSeconds: _idle, ...endless } = groupWith({ pricePerHour: 0.1 });
  expect(termsText(endless, undefined)).toBe('workers: 2 nodes, which nothing ends; 0.20 USD an hour');
  expect(requestText(endless)).toBe(
    'workers: will request 2 nodes until somebody removes them. Cost: 0.20 USD an hour.',
  );
});

test('the question is that of condor_annex', () => {
  expect(requestText(groupWith())).toBe(
    'workers: will request 2 nodes for 0.83 hours. Each will terminate after being idle for 0.25 hours.',
  );
});

describe('a plan', () => {
  const { loaded } = tryLoad({ 'dev.yml': "cci_version: '1.0'\n" });
  const stack: Stack = {
    id: 'dev-nodes-workers',
    kind: 'aws-network',
    place: { region: 'ap-northeast-1' },
    backend: { type: 'local', settings: {}, prefix: '' },
    group: 'nodes/workers',
    members: [],
    requires: [],
    gone: false,
  };
  const words = (more: Partial<Parameters<typeof groupWords>[0]>) => {
    if (loaded === undefined) throw new Error('not loaded');
    const { catalog } = loaded;
    return groupWords({
      stack,
      loaded: { ...loaded, catalog: { ...catalog, groups: [groupWith()] }, stacks: [stack] },
      resources: [],
      outputs: {},
      ended: [],
      ...more,
    });
  };
  const later = leaseWith({ end: '2126-11-29T22:50:00Z' });

  test('without changes of nodes says nothing', () => expect(words({})).toEqual([]));

  test('that makes nodes says until when', () => {
    const create = { address: 'aws_instance.N["n1"]', resourceType: 'aws_instance', action: 'create' };
    expect(words({ resources: [create], outputs: { lease: { after: later, changed: [] } } })).toEqual([
      'workers: 2 nodes for 0.83 hours, until 2126-11-29 22:50 UTC at the latest; each ends after being idle for 0.25 hours',
    ]);
    expect(words({ resources: [{ ...create, action: 'update' }] })).toEqual([]);
  });

  test('of another length of a running lease says from when it counts', () => {
    const longer = { ...later, seconds: 7200, end: '2126-11-30T00:00:00Z' };
    expect(words({ outputs: { lease: { before: later, after: longer, changed: ['end'] } } })).toEqual([
      'workers: its lease is 2 h instead of 50 min, still from its start at 2026-11-29 22:00 UTC, so it ends at 2126-11-30 00:00 UTC; renew starts it from now',
    ]);
    const renewed = { ...longer, start: '2126-11-29T22:00:00Z' };
    expect(words({ outputs: { lease: { before: later, after: renewed, changed: ['end'] } } })).toEqual([]);
  });

  test('after the end of a lease says so', () => {
    const over = leaseWith({ end: '2020-01-01T00:00:00Z' });
    expect(words({ outputs: { lease: { before: over, after: over, changed: [] } } })).toEqual([
      'workers: its lease is over; renew makes new nodes',
    ]);
  });

  test('names nodes that ended by themselves', () => {
    expect(words({ ended: ['n1', 'n2'] })).toEqual(['n1 and n2 ended by themselves; renew makes them anew']);
  });
});
