import type { HostAnswer } from '../../../../base/ask-program';
import { lastLogLines } from '../../../../scripts/kinds/docker/last-log-lines';

const UNHEALTHY = {
  summary: 'Error: Unable to start container',
  detail: 'container failed to be in healthy state',
};

/** An engine with these containers: what inspect and logs answer. */
const engine = (containers: Readonly<Record<string, readonly [state: string, log: string]>>) => ({
  docker: async (args: readonly string[]): Promise<HostAnswer> => {
    const found = containers[args.at(-1) ?? ''];
    const text =
      found === undefined ? 'Error: No such container' : args[0] === 'logs' ? found[1] : `${found[0]}\n`;
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return { kind: 'ended', exitCode: found === undefined ? 1 : 0, lines, stdout: text };
  },
});

it.each<[string, readonly [string, string], readonly string[]]>([
  [
    'is unhealthy',
    ['running|unhealthy|0', 'starting\nno database\n'],
    ['web: unhealthy; the last lines of its log:', '  | starting', '  | no database'],
  ],
  [
    'has exited',
    ['exited||127', 'sh: x: not found'],
    ['web: exited with 127; the last lines of its log:', '  | sh: x: not found'],
  ],
  ['says nothing', ['exited||1', ''], ['web: exited with 1; its log is empty']],
  ['was made and never started', ['created||128', ''], ['web: created; its log is empty']],
  ['is well', ['running|healthy|0', 'all right'], []],
  ['has no health check', ['running||0', 'all right'], []],
  [
    'has more than what fits on a screen',
    ['exited||1', Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')],
    [
      'web: exited with 1; the last lines of its log:',
      ...Array.from({ length: 15 }, (_, index) => `  | line ${index + 25}`),
    ],
  ],
  [
    'colours its lines',
    ['exited||1', '\u001b[31mred\u001b[0m'],
    ['web: exited with 1; the last lines of its log:', '  | \\u001b[31mred\\u001b[0m'],
  ],
])('tells what a container said that %s', async (_, container, lines) => {
  expect(await lastLogLines(engine({ web: container }), [UNHEALTHY], ['web'])).toEqual(lines);
});

it('tells that a container is gone with its log', async () => {
  const gone = { summary: 'Error: Unable to read Docker container', detail: 'container exited immediately' };
  expect(await lastLogLines(engine({}), [gone], ['web'])).toEqual([
    'web: not on the host any more, and its log neither: the provider removes a container that ends at once',
  ]);
});

it('asks nobody for other errors', async () => {
  const other = { summary: 'Error: port is already allocated', detail: '' };
  const nobody = {
    docker: () => {
      throw new Error('asked');
    },
  };
  expect(await lastLogLines(nobody, [other], ['web'])).toEqual([]);
});
