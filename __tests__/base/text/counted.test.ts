import { counted } from '../../../base/text/counted';

test.each([
  [counted(0, 'stack'), '0 stacks'],
  [counted(1, 'stack'), '1 stack'],
  [counted(2, 'stack'), '2 stacks'],
  [counted(1, 'prefix', 'prefixes'), '1 prefix'],
  [counted(2, 'prefix', 'prefixes'), '2 prefixes'],
])('%s', (text, expected) => {
  expect(text).toBe(expected);
});
