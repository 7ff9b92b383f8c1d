import { listed } from '../../../base/text/listed';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j', (words, text) => {
  expect(listed(words)).toBe(text);
});
