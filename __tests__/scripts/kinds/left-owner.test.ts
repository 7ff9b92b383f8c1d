import { bearsTags } from '../../../scripts/kinds/left-owner';

const OURS = { Name: 'dev-workers-n1', 'kakehashi:group': 'dev/workers', project: 'x' };

test.each([
  ['all tags', { tags_all: OURS }, { tags_all: OURS }, true],
  [
    'another project tag, which tells nothing',
    { tags_all: { ...OURS, project: 'y' } },
    { tags_all: OURS },
    true,
  ],
  ['another group', { tags_all: { ...OURS, 'kakehashi:group': 'dev/x' } }, { tags_all: OURS }, false],
  ['no tags', {}, { tags: OURS }, false],
  ['no tags, where none are planned', {}, { name: 'x' }, true],
  [
    'tag blocks',
    { tag: [{ key: 'kakehashi:group', value: 'dev/workers' }] },
    { tag: [{ key: 'kakehashi:group', value: 'dev/workers', propagate_at_launch: true }] },
    true,
  ],
  [
    'labels of an engine, and those of a plan',
    { labels: { 'kakehashi:node': 'web1' } },
    { labels: [{ label: 'kakehashi:node', value: 'web1' }] },
    true,
  ],
  [
    'labels of another node',
    { labels: [{ label: 'kakehashi:node', value: 'web2' }] },
    { labels: [{ label: 'kakehashi:node', value: 'web1' }] },
    false,
  ],
])('%s', (_, found, planned, expected) => {
  expect(bearsTags(found, planned)).toBe(expected);
});
