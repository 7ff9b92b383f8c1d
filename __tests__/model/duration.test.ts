import fc from 'fast-check';
import { DURATION_OR_HOURS_PATTERN, parseDuration, parseDurationOrHours } from '../../model/duration';

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

it.each([
  ['0.83', 2988],
  ['0.25', 900],
  ['1', 3600],
  ['0.0001', 0],
  ['0.000138888', 0],
  ['0.000138889', 1],
  ['0.1', 360],
  ['0.333333333', 1200],
  ['100.5', 361_800],
  ['50m', 3000],
])('%s as hours or a duration is %i seconds', (text, seconds) => {
  expect(parseDurationOrHours(text)).toBe(seconds);
  expect(text).toMatch(new RegExp(DURATION_OR_HOURS_PATTERN));
});

it.each(['.5', '1.', '1e3', '-1', '0x10', '1,5', '1.5h', '', ' 1', '1\n'])(
  '%j is neither hours nor a duration',
  (text) => {
    expect(() => parseDurationOrHours(text)).toThrow('must be a duration like');
  },
);

it('rounds hours to the nearest second, whatever they are', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(9999), (whole, fraction) => {
      const seconds = parseDurationOrHours(`${whole}.${String(fraction).padStart(4, '0')}`);
      const exact = (whole * 10_000 + fraction) * 3600;
      expect(Math.abs(seconds * 10_000 - exact)).toBeLessThanOrEqual(5000);
    }),
  );
});
