import { meaning, withPriorElements } from '../../../sandbox/provider/set-blocks';

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
