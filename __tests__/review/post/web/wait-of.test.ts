import { waitOf } from '../../../../review/post/web/wait-of';

const DATE = 'Mon, 30 Nov 2026 12:00:00 GMT';
const NOW = Date.parse(DATE) / 1000;

function ms(status: number, headers: Readonly<Record<string, string>> = {}, text = '', backOff = 4000) {
  return waitOf(new Response(null, { status, headers: { date: DATE, ...headers } }), text, backOff)?.ms;
}

it.each<[string, number | undefined, number | undefined]>([
  ['an answer', ms(200), undefined],
  [
    'a refusal',
    ms(403, { 'x-ratelimit-remaining': '12' }, 'Resource not accessible by integration'),
    undefined,
  ],
  ['another refusal', ms(404), undefined],
  ['a refused body', ms(422), undefined],
  ['too many requests, for so many seconds', ms(429, { 'retry-after': '30' }), 30_000],
  ['too many requests, until a date', ms(429, { 'retry-after': 'Mon, 30 Nov 2026 12:00:10 GMT' }), 10_000],
  [
    'too many requests, until a date that is over',
    ms(429, { 'retry-after': 'Mon, 30 Nov 2026 11:00:00 GMT' }),
    0,
  ],
  ['too many requests, for a time that is not said', ms(429), 60_000],
  ['too many requests, for a time that is nonsense', ms(429, { 'retry-after': 'soon' }), 60_000],
  ['nonsense that could be taken for a date', ms(429, { 'retry-after': '-5' }), 60_000],
  ['a part of a second', ms(429, { 'retry-after': '1.5' }), 60_000],
  ['a time longer than a run', ms(429, { 'retry-after': '9999999999' }), 9_999_999_999_000],
  ['a date in an old form', ms(429, { 'retry-after': 'Monday, 30-Nov-26 12:00:10 GMT' }), 10_000],
  [
    'the primary limit',
    ms(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 90) }),
    91_000,
  ],
  ["GitLab's limit", ms(429, { 'ratelimit-reset': String(NOW + 5) }), 6000],
  ['a secondary limit with a time', ms(403, { 'retry-after': '7' }), 7000],
  ['a secondary limit without', ms(403, {}, 'You have exceeded a secondary rate limit'), 60_000],
  ['the earlier name of that', ms(403, {}, 'You have triggered an abuse detection mechanism'), 60_000],
  ['an error of the server', ms(502), 4000],
  ['maintenance for longer than the back-off', ms(503, { 'retry-after': '9' }), 9000],
  ['maintenance for less', ms(503, { 'retry-after': '1' }), 4000],
  ['a timeout of the server', ms(408), 4000],
])('%s', (_, found, wanted) => {
  expect(found).toBe(wanted);
});

it("goes by the server's clock", () => {
  const wrongHere = ms(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 1) });
  expect(wrongHere).toBe(2000);
});
