import { durationText } from '../../../base/text/duration-text';

test.each([
  [0, '0 s'],
  [0.9, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [725, '12 min 5 s'],
  [3599, '59 min 59 s'],
  [3600, '1 h'],
  [3601, '1 h'],
  [3660, '1 h 1 min'],
  [86_399, '23 h 59 min'],
  [86_400, '1 d'],
  [90_000, '1 d 1 h'],
  [2_764_800, '32 d'],
])('%p s are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
