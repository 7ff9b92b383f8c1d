import {
  DEFAULT_BOOT_SECONDS,
  DEFAULT_IDLE_SECONDS,
  DEFAULT_LEASE_SECONDS,
  hoursText,
  parseBootTimeout,
  parseIdle,
  parseLease,
} from '../../../model/nodes/lease';

it("has condor_annex's defaults, as its question shows them", () => {
  expect([DEFAULT_LEASE_SECONDS, DEFAULT_IDLE_SECONDS, DEFAULT_BOOT_SECONDS]).toEqual([3000, 900, 1000]);
  expect([DEFAULT_LEASE_SECONDS, DEFAULT_IDLE_SECONDS].map(hoursText)).toEqual(['0.83', '0.25']);
  expect([0, 36, 3600, 3582, 360_000].map(hoursText)).toEqual(['0.00', '0.01', '1.00', '1.00', '100.00']);
});

it.each([
  ['10m', 600],
  ['365d', 31_536_000],
  ['50m', 3000],
  ['1h30m', 5400],
  ['2d', 172_800],
  ['0.83', 2988],
  ['3', 10_800],
])('a lease of %s is %i seconds', (text, seconds) => expect(parseLease(text)).toBe(seconds));

it.each(['9m59s', '365d1s', '90s', '0.16', '0', '8761'])('a lease of %s is refused', (text) => {
  expect(() => parseLease(text)).toThrow(`must be a duration from 10m to 365d, got "${text}"`);
});

it('bounds the idle time and the boot time-out', () => {
  expect([parseIdle('5m'), parseIdle('7d'), parseIdle('0.25')]).toEqual([300, 604_800, 900]);
  expect(() => parseIdle('299s')).toThrow('must be a duration from 5m to 7d, got "299s"');
  expect(() => parseIdle('7d1s')).toThrow('must be a duration from 5m to 7d');
  expect([parseBootTimeout('120s'), parseBootTimeout('1000s'), parseBootTimeout('1h')]).toEqual([
    120, 1000, 3600,
  ]);
  expect(() => parseBootTimeout('119s')).toThrow('must be a duration from 120s to 3600s');
  expect(() => parseBootTimeout('3601s')).toThrow('must be a duration from 120s to 3600s');
});
