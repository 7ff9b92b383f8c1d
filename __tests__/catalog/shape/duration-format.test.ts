import { duration } from '../../../catalog/shape/duration-format';

const format = duration('30m', '180m');

it.each([
  ['30m', 1800],
  ['1800s', 1800],
  ['3h', 10800],
  ['2h59m60s', 10800],
])('takes %s', (text, seconds) => {
  expect(format.parse(text)).toBe(seconds);
});

it.each(['1799s', '29m59s', '10801s', '3h1s', '1d'])('refuses %s', (text) => {
  expect(() => format.parse(text)).toThrow(`must be a duration from 30m to 180m, got "${text}"`);
});

it('has a pattern for editors, which takes every form of one', () => {
  const pattern = new RegExp(format.pattern ?? '');
  for (const text of ['30m', '1800s', '1h30m', '2d']) expect(text).toMatch(pattern);
  for (const text of ['30', '30 m', '1m1h']) expect(text).not.toMatch(pattern);
});
