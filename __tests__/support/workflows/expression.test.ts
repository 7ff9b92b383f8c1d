import { evaluate, interpolate } from './expression';

const CONTEXTS = {
  github: { event: { number: 7, sha: 'abc' }, repository: 'Octo/net' },
  matrix: { shard: '1/1' },
  needs: {},
};
const FUNCTIONS = { fromJSON: (text: unknown) => JSON.parse(String(text)), cancelled: () => false };
const value = (text: string) => evaluate(text, CONTEXTS, FUNCTIONS);

test.each<readonly [string, unknown]>([
  ["'it''s'", "it's"],
  ['1', 1],
  ['null', null],
  ['github.event.number', 7],
  ["github.event['sha']", 'abc'],
  ['github.event.pull_request.head.sha', null],
  ['github.event.pull_request.number || github.event.sha', 'abc'],
  ["github.repository == 'octo/NET'", true],
  ['github.event.number != 8 && !cancelled()', true],
  ['github.event.none == null', true],
  ["(false || 'x') && 'y'", 'y'],
  ['fromJSON(\'{"a":[1,2]}\').a[1]', 2],
])('%s', (text, expected) => expect(value(text)).toEqual(expected));

test.each(['github.', "'open", 'nothing.there', 'unknown()', 'a b', '1 +'])('%s is refused', (text) =>
  expect(() => value(text)).toThrow(),
);

test('a text with expressions; one that is an expression keeps its type', () => {
  expect(interpolate('x-${{ github.event.number }}-${{ github.event.none }}', CONTEXTS, FUNCTIONS)).toBe(
    'x-7-',
  );
  expect(interpolate('${{ github.event.number }}', CONTEXTS, FUNCTIONS)).toBe(7);
});
