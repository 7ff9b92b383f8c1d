import { goDuration } from '../../../constructs/docker/go-duration';

it.each([
  [0, '0s'],
  [30, '30s'],
  [60, '1m0s'],
  [90, '1m30s'],
  [3600, '1h0m0s'],
  [3661, '1h1m1s'],
])('writes %i seconds as Go does: %s', (seconds, text) => {
  expect(goDuration(seconds)).toBe(text);
});
