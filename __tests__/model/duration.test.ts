import fc from 'fast-check';
import { parseDuration } from '../../model/duration';

it.each([
  ['0s', 0],
  ['90s', 90],
  ['50m', 3000],
  ['1h30m', 5400],
  ['2d', 172800],
  ['1d1h1m1s', 90061],
  ['007s', 7],
  ['47h59m59s', 172799],
])('%s is %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

it.each(['', 's', '1', '1.5h', '-1m', '1 h', ' 1h', '1h ', '1H', '1m1h', '1h1h', '1w', '1h\n', 'h1', '１m'])(
  '%j is none',
  (text) => {
    expect(() => parseDuration(text)).toThrow(/^must be a duration like 50m, 90s, 1h30m or 2d, got /);
  },
);

it('says how to name the unit of a number', () => {
  expect(() => parseDuration('3600')).toThrow('got "3600"; name the unit: 3600s');
  expect(() => parseDuration('0.5')).toThrow('got "0.5"; name the unit: 1s');
});

it('is the sum of its parts, whatever they are', () => {
  const part = fc.nat(1000);
  fc.assert(
    fc.property(part, part, part, part, (d, h, m, s) => {
      expect(parseDuration(`${d}d${h}h${m}m${s}s`)).toBe(((d * 24 + h) * 60 + m) * 60 + s);
    }),
  );
});
