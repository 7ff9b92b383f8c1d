import { startDeadline, timeoutHeader, timeoutIn } from '../../../terraform/plugin/deadline';

it.each([
  ['2H', 7_200_000],
  ['3M', 180_000],
  ['5S', 5000],
  ['7m', 7],
  ['9000u', 9],
  ['1000000n', 1],
  ['99999999H', 359_999_996_400_000],
  [undefined, undefined],
  ['', undefined],
  ['5', undefined],
  ['S', undefined],
  ['123456789S', undefined],
  ['-1S', undefined],
])('the header grpc-timeout %p is %p milliseconds', (header, milliseconds) => {
  expect(timeoutIn(header)).toBe(milliseconds);
});

it.each([
  [0, '0m'],
  [-5, '0m'],
  [1.2, '2m'],
  [99_999_999, '99999999m'],
  [100_000_000, '100000S'],
  [1e15, '99999999S'],
])('%p milliseconds are the header %p', (milliseconds, header) => {
  expect(timeoutHeader(milliseconds)).toBe(header);
});

it('expires once, unless it is stopped, or lies beyond what a timer can wait', async () => {
  const expired: string[] = [];
  startDeadline(1, () => expired.push('short'));
  startDeadline(1, () => expired.push('stopped'))();
  startDeadline(2 ** 40, () => expired.push('far'));
  startDeadline(undefined, () => expired.push('none'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(expired).toEqual(['short']);
});
