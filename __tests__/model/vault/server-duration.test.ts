import { readServerDuration } from '../../../model/vault/server-duration';

test.each([
  ['', 0],
  ['90', 90],
  ['2d', 172_800],
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['500ms', 0.5],
  ['-5s', -5],
  [1.9, 1],
  [null, 0],
])('%j is %d seconds', (text, seconds) => {
  expect(readServerDuration(text)).toEqual({ seconds });
});

test.each([
  ['abc', 'time: invalid duration "abc"'],
  ['10 s', 'time: unknown unit " s" in duration "10 s"'],
  ['10.5', 'time: missing unit in duration "10.5"'],
  ['1.5d', 'strconv.ParseInt: parsing "1.5": invalid syntax'],
])('%j is refused in the words of the server', (text, problem) => {
  expect(readServerDuration(text)).toEqual({ problem });
});
