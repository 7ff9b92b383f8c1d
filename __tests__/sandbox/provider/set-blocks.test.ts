import type { ResourceType } from '../../../sandbox/provider/resource-type';
import { meaning, replacedSetBlocks, withPriorElements } from '../../../sandbox/provider/set-blocks';
import { EMPTY_BEHAVIOUR } from '../../../sandbox/schemas/schema';

const TYPE: ResourceType = {
  name: 'docker_container',
  schema: { version: 0, block: {} },
  behaviour: EMPTY_BEHAVIOUR,
  further: { replacingBlocks: { volumes: ['path'], mounts: ['options.subpath'] } },
};

it('does not distinguish what is not set from zero, nor the order', () => {
  expect(meaning([{ a: 'x', b: null }, { a: 'y' }])).toBe(
    meaning([
      { a: 'y', c: false, d: 0, e: [], f: {} },
      { b: '', a: 'x' },
    ]),
  );
  expect(meaning([{ a: 'x' }])).not.toBe(meaning([{ a: 'x', b: true }]));
});

it('keeps the elements of the state that mean the same as the planned ones', () => {
  const prior = [
    { target: '/b', read_only: false },
    { target: '/a', read_only: true },
  ];
  expect(
    withPriorElements(
      [
        { target: '/a', read_only: true },
        { target: '/b', read_only: null },
      ],
      prior,
    ),
  ).toEqual([
    { target: '/a', read_only: true },
    { target: '/b', read_only: false },
  ]);
  expect(withPriorElements([{ target: '/c' }], null)).toEqual([{ target: '/c' }]);
});

it.each([
  ['the same', { volumes: [{ path: '/a' }] }, { volumes: [{ path: '/a' }] }, []],
  ['a changed element', { volumes: [{ path: '/a' }] }, { volumes: [{ path: '/b' }] }, [['volumes']]],
  ['a new element', { volumes: [] }, { volumes: [{ path: '/b' }] }, [['volumes']]],
  [
    'a changed element without a member that replaces',
    { mounts: [{ path: '/a' }] },
    { mounts: [{ path: '/b' }] },
    [],
  ],
  [
    'a changed element with such a member',
    { mounts: [{ path: '/a' }] },
    { mounts: [{ path: '/a', options: [{ subpath: 'x' }] }] },
    [['mounts']],
  ],
  ['another number of elements', { mounts: [{ path: '/a' }] }, { mounts: [] }, [['mounts']]],
  ['a block that nothing is recorded of', { labels: [] }, { labels: [{ label: 'a' }] }, []],
])('finds what %s replaces', (_, prior, planned, paths) => {
  expect(replacedSetBlocks(TYPE, prior, planned)).toEqual(paths);
});
