import { compareTexts } from '../../../base/text/compare-texts';

it('orders by code stacks, not as a locale does', () => {
  expect(['b', 'ä', 'a', 'B', '10', '9', 'a'].sort(compareTexts)).toEqual([
    '10',
    '9',
    'B',
    'a',
    'a',
    'b',
    'ä',
  ]);
  expect(compareTexts('a', 'a')).toBe(0);
});
