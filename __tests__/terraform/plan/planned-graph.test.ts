import { PlannedGraph } from '../../../terraform/plan/planned-graph';
import { plannedReferences } from '../../../terraform/plan/references';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';

function resource(
  address: string,
  actions: readonly string[],
  more: Partial<ScrubbedChange> = {},
): ScrubbedChange {
  const type = address.split('.')[0] ?? '';
  return { address, type, actions, replacedBy: [], before: {}, after: {}, changed: [], ...more };
}

const KEPT = resource('a_net.Kept', ['no-op'], { before: { id: 'net-1' }, after: { id: 'net-1' } });
const REPLACED = resource('a_net.Replaced', ['delete', 'create'], {
  before: { id: 'net-2' },
  replacedBy: ['size'],
});
const REFERENCES = { 'a_host.H': { net: ['a_net.Replaced'] } };
const graphOf = (host: ScrubbedChange) =>
  new PlannedGraph({ changes: [host, REPLACED], unchanged: [KEPT], references: REFERENCES });

it('finds what a value names, and what the configuration names where the value is not known yet', () => {
  const host = resource('a_host.H', ['update'], { before: { net: 'net-1' }, after: {} });
  const graph = graphOf(host);
  expect(graph.target(host, 'net', 'a_net', 'before')).toBe(KEPT);
  expect(graph.target(host, 'net', 'a_net', 'after')).toBe(REPLACED);
});

it('finds nothing for a value that is taken away, for what is not of the plan, and before a creation', () => {
  const host = resource('a_host.H', ['create'], { after: { net: null, other: 'net-9' } });
  const graph = graphOf(host);
  expect(graph.target(host, 'net', 'a_net', 'after')).toBeUndefined();
  expect(graph.target(host, 'other', 'a_net', 'after')).toBeUndefined();
  expect(graph.target(host, 'net', 'a_net', 'before')).toBeUndefined();
});

it('tells the root of a replacement from what is replaced with it', () => {
  const host = resource('a_host.H', ['delete', 'create'], { before: { net: 'net-2' }, replacedBy: ['net'] });
  const graph = graphOf(host);
  expect(graph.isRootOfReplacement(REPLACED)).toBe(true);
  expect(graph.isRootOfReplacement(host)).toBe(false);
  expect(graph.isRootOfReplacement({ ...host, replacedBy: ['net', 'size'] })).toBe(true);
  expect(graph.isRootOfReplacement({ ...host, replacedBy: [], reason: 'replace_because_tainted' })).toBe(
    true,
  );
});

it('keeps of a configuration only what refers to resources', () => {
  expect(
    plannedReferences({
      root_module: {
        resources: [
          {
            address: 'a_host.H',
            mode: 'managed',
            expressions: {
              net: { references: ['a_net.Kept.id', 'a_net.Kept'] },
              secret: { constant_value: 'hidden' },
              blocks: [{ a: { references: ['a_net.Kept.id'] } }],
            },
          },
          { address: 'data.a_zones.Z', mode: 'data' },
        ],
      },
    }),
  ).toEqual({ 'a_host.H': { net: ['a_net.Kept'] } });
  expect(plannedReferences(undefined)).toEqual({});
});
