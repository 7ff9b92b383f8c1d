import { isHealthy, outcomeOf } from '../../../sandbox/docker/program';

it.each([
  [['true'], 0, ''],
  [['/bin/false'], 1, ''],
  [['/bin/busybox', 'echo', 'a', 'b'], 0, 'a b\n'],
  [['sh', '-c', 'exit 3'], 3, ''],
  [['bash', '-c', 'exit'], 0, ''],
  [['sh', '-c', 'echo hello'], 0, 'hello\n'],
])('knows how %j ends', (words, exitCode, output) => {
  expect(outcomeOf(words)).toEqual({ exitCode, output });
});

it.each([[['nginx']], [['sh']], [['sh', '-c', 'true && sleep 5']], [[]]])('lets %j go on', (words) => {
  expect(outcomeOf(words)).toBeUndefined();
});

it.each([
  [['CMD', 'curl', '-f', 'http://localhost/'], true],
  [['CMD', 'false'], false],
  [['CMD-SHELL', 'exit 1'], false],
  [['CMD-SHELL', 'curl -f http://localhost/ || exit 1'], true],
  [['NONE'], undefined],
  [[], undefined],
])('judges the test %j', (test, healthy) => {
  expect(isHealthy(test)).toBe(healthy);
});
